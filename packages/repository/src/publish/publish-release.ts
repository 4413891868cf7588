// The protocol of publication: look, copies, manifest last, look again.
import { maxManifestBytes, parseManifest, serializeManifest, sha256Hex } from '@bamboo-ecs/release';
import type { Manifest } from '@bamboo-ecs/release';
import { manifestPathOf, releaseFolder } from '../layout.ts';
import { RepositoryError, type RepositoryPort } from '../port.ts';
import { problemText } from '../problem-text.ts';
import { readStoredManifest } from '../stored-manifest.ts';
import { completePublished } from './complete-published.ts';
import { decide } from './decide.ts';
import { masked } from './masked.ts';
import { putCopies } from './copies.ts';
import type { Publication, PublishedFile, PublishOptions } from './publication.ts';
import { putManifest } from './put-manifest.ts';

/**
 * Publishes a release, or finds that it is published: running it again is always safe.
 *
 * - The same identity there (of a RELEASE, also the same revision with a digest that only one of the two knows): its copies are completed, its manifest stays, and *its* sha256 is handed on.
 * - Another identity: a RELEASE refuses (`conflict`), a MILESTONE replaces it if the policy says so.
 * - Copies without a manifest, left by a publication that broke off: they are set right, the manifest is written last.
 *
 * Readers read the manifest only, which carries the descriptors: they see the release before or after, never half of it.
 * What was written is looked at; a manifest of somebody else in its place afterwards is told as `conflict`.
 */
export async function publishRelease(options: PublishOptions): Promise<Publication> {
  return masked(options.mask, () => publish(options));
}

async function publish(options: PublishOptions): Promise<Publication> {
  const { port, manifest, policy, properties } = options;
  const text = checkedText(manifest);
  const manifestPath = manifestPathOf(manifest.project, manifest.version);
  const stored = await readStoredManifest(port, manifest.project, manifest.version);
  const decision = decide(stored, manifest, policy, `${port.address}/${manifestPath}`);
  if (decision.kind === 'refuse') throw decision.error;
  if (decision.kind === 'keep') {
    const kept = await completePublished(port, decision.manifest, decision.sha256, properties);
    return { ...kept, warnings: [...decision.warnings, ...kept.warnings] };
  }

  const before = await putFirstCopies(options, decision.replaces);
  const written = await putManifest(options, text, stored);
  if (written.kind === 'same-release') {
    return completePublished(port, written.manifest, written.sha256, properties);
  }
  const after = await putCopies(port, manifest, properties);
  const leftOver = before.filter(({ outcome }) => outcome !== 'written').length;
  const completed = !decision.replaces && leftOver > 0;
  return {
    outcome: decision.replaces ? 'replaced' : completed ? 'completed' : 'published',
    manifestSha256: sha256Hex(text),
    manifestPath,
    identity: manifest.identity,
    files: [...before, { path: manifestPath, outcome: decision.replaces ? 'replaced' : 'written' }],
    warnings: [
      ...decision.warnings,
      ...(completed ? before.flatMap(leftOverWarning) : []),
      ...after.filter(({ outcome }) => outcome !== 'already-there').map(overtakenWarning),
    ],
  };
}

/** The bytes of the manifest, provided that a reader would take them: what cannot be read back is not published. */
function checkedText(manifest: Manifest): string {
  const text = serializeManifest(manifest);
  const parsed = parseManifest(text, manifest);
  if (parsed.ok && Buffer.byteLength(text) <= maxManifestBytes) return text;
  const reasons = parsed.ok ? `It is larger than ${maxManifestBytes} bytes.` : problemText(parsed.problems);
  throw new RepositoryError(
    'misconfigured',
    `The manifest of ${manifest.project} ${manifest.version} could not be read again, so it is not published. ${reasons}`,
    'Look at the project name, the version and the sizes of the descriptors.',
  );
}

/** Nothing of this release can be read yet: what hinders the copies hinders the publication. */
async function putFirstCopies(options: PublishOptions, replaces: boolean): Promise<readonly PublishedFile[]> {
  const { port, manifest, properties } = options;
  try {
    return await putCopies(port, manifest, properties);
  } catch (error) {
    const refused = error instanceof RepositoryError && ['conflict', 'forbidden'].includes(error.kind);
    if (!refused || replaces || !(await isLeftBehind(port, manifest))) throw error;
    throw new RepositoryError(
      error.kind,
      `${manifest.project} ${manifest.version} cannot be published: an earlier publication of it broke off and left other contents behind, which may not be replaced. ${error.message}`,
      `Raise the version number; or let an administrator delete the folder of this version, which has no manifest, and run this again. ${error.hint}`,
      { cause: error },
    );
  }
}

/** A user who may not write at all is refused as well: only where a copy lies is there something that was left behind. */
async function isLeftBehind(port: RepositoryPort, manifest: Manifest): Promise<boolean> {
  for (const { name } of manifest.descriptors) {
    const path = `${releaseFolder(manifest.project, manifest.version)}/${name}`;
    if ((await port.stat(path).catch(() => null)) !== null) return true;
  }
  return false;
}

function leftOverWarning({ path, outcome }: PublishedFile): readonly string[] {
  if (outcome !== 'replaced') return [];
  return [`${path} was left behind by a publication that broke off, with other contents; it was replaced.`];
}

function overtakenWarning({ path }: PublishedFile): string {
  return `${path} was changed by another publication at the same time; it was written again.`;
}
