// A release out of the repository: whole, unchanged and ours, or an error that says what is the matter.
import type { Manifest, Problem } from '@bamboo-ecs/release';
import { manifestPathOf } from '../layout.ts';
import { RepositoryError } from '../port.ts';
import type { RepositoryPort } from '../port.ts';
import { problemText } from '../problem-text.ts';
import { describeBuild } from '../publish/describe-build.ts';
import { readStoredManifest } from '../stored-manifest.ts';
import { explainMissing } from './explain-missing.ts';

export interface ReadReleaseOptions {
  readonly port: RepositoryPort;
  readonly project: string;
  /** `1.0.15.RELEASE` */
  readonly version: string;
  /** What the build handed on: exactly this manifest or none. */
  readonly expectedManifestSha256?: string;
}

export interface ReadRelease {
  readonly manifest: Manifest;
  /** Over its bytes, lower-case hex. */
  readonly manifestSha256: string;
}

/** Every checksum in the manifest and its identity are verified. Throws `RepositoryError`: `not-found`, `corrupt`, `foreign`, or what the place itself throws. */
export async function readRelease(options: ReadReleaseOptions): Promise<ReadRelease> {
  const { port, project, version } = options;
  const stored = await readStoredManifest(port, project, version);
  if (stored.kind === 'none') throw await explainMissing(port, project, version);
  const expected = options.expectedManifestSha256?.trim().toLowerCase();
  if (expected !== undefined && expected !== '' && expected !== stored.sha256) {
    throw differs(options, expected, stored.sha256, stored.kind === 'manifest' ? stored.manifest : null);
  }
  if (stored.kind === 'unreadable') throw unreadable(options, stored.problems);
  return { manifest: stored.manifest, manifestSha256: stored.sha256 };
}

function differs(
  { port, project, version }: ReadReleaseOptions,
  expected: string,
  found: string,
  manifest: Manifest | null,
): RepositoryError {
  const by = manifest ? ` It was published by ${describeBuild(manifest.provenance)}.` : '';
  return new RepositoryError(
    'corrupt',
    `${project} ${version} in ${port.address} is not the release that the build handed on: its manifest has sha256 ${found}, expected ${expected}.${by}`,
    version.endsWith('.MILESTONE')
      ? 'A newer build has replaced this MILESTONE since: deploy the result of that build (in Bamboo: make a new release from it).'
      : 'The build was published anew since, or the file was changed: deploy the result of the newest build, and look at who changed the file.',
  );
}

const damage = new Set(['manifest-checksum', 'manifest-identity']);

function unreadable(
  { port, project, version }: ReadReleaseOptions,
  problems: readonly Problem[],
): RepositoryError {
  const place = `${port.address}/${manifestPathOf(project, version)}`;
  const changed = problems.some(({ code }) => damage.has(code));
  const hint = problems.find((problem) => problem.hint !== undefined)?.hint;
  return new RepositoryError(
    changed ? 'corrupt' : 'foreign',
    `${place} ${changed ? 'was changed after it was published' : 'is no manifest of this release'}. ${problemText(problems)}`,
    hint ?? 'Look at who put it there; publish the release again from its build.',
  );
}
