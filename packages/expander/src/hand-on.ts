// bamboo.properties: what the build hands on to later stages and to the deployment, by Bamboo's inject task.
import type { RunContext } from '@bamboo-ecs/program';

export interface HandedOn {
  /** Empty for an ignored branch. */
  readonly version: string;
  readonly project: string;
  readonly tag: string;
  readonly branch: string;
  /** Whether the release is in the repository now. */
  readonly published: boolean;
  readonly identity: string;
  readonly manifestSha256: string;
}

/** Every key, before anything is known. The keys are a promise: `${bamboo.inject.version}`, `bamboo_inject_manifest_sha256`. */
export function handOnNothing(context: RunContext): void {
  context.handOn({
    version: '',
    project: '',
    tag: '',
    branch: '',
    published: 'false',
    outcome: 'failed',
    identity: '',
    'manifest.sha256': '',
  });
}

export function handOn(
  context: RunContext,
  { manifestSha256, published, ...texts }: Partial<HandedOn>,
): void {
  context.handOn({
    ...texts,
    ...(published === undefined ? {} : { published: String(published) }),
    ...(manifestSha256 === undefined ? {} : { 'manifest.sha256': manifestSha256 }),
  });
}
