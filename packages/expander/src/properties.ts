// bamboo.properties: what the build hands on to later stages and to the deployment, by Bamboo's inject task.
import { formatProperties } from '@bamboo-ecs/bamboo';
import type { RunContext } from '@bamboo-ecs/program';
import path from 'node:path';

/** The keys are a promise: `${bamboo.inject.version}`, `bamboo_inject_manifest_sha256`. */
export interface HandedOn {
  /** Empty for an ignored branch. */
  readonly version: string;
  readonly project: string;
  readonly tag: string;
  readonly branch: string;
  /** Whether the release is in the repository now. */
  readonly published: boolean;
  /** `ignored`, `version`, `expanded`, `published`, `already-published`, `replaced`, `completed`, `failed`. */
  readonly outcome: string;
  readonly identity?: string;
  readonly manifestSha256?: string;
}

export async function writeProperties(context: RunContext, handedOn: HandedOn): Promise<void> {
  const text = formatProperties({
    version: handedOn.version,
    project: handedOn.project,
    tag: handedOn.tag,
    branch: handedOn.branch,
    published: String(handedOn.published),
    outcome: handedOn.outcome,
    identity: handedOn.identity ?? '',
    'manifest.sha256': handedOn.manifestSha256 ?? '',
  });
  await context.files.write(path.join(context.out, 'bamboo.properties'), text);
}
