// The same release is published already: only its copies may be missing.
import type { Manifest } from '@bamboo-ecs/release';
import { manifestPathOf, releaseFolder } from '../layout.ts';
import { RepositoryError } from '../port.ts';
import type { RepositoryPort } from '../port.ts';
import { putCopies } from './copies.ts';
import type { Publication, PublishedFile } from './publication.ts';

/**
 * A copy that may not be replaced is a warning here: the release is whole without it. Each descriptor is tried, so that
 * one refusal leaves the others no worse.
 */
export async function completePublished(
  port: RepositoryPort,
  manifest: Manifest,
  manifestSha256: string,
  properties: Readonly<Record<string, string>>,
): Promise<Publication> {
  const copies: PublishedFile[] = [];
  const warnings: string[] = [];
  for (const descriptor of manifest.descriptors) {
    try {
      copies.push(...(await putCopies(port, { ...manifest, descriptors: [descriptor] }, properties)));
    } catch (error) {
      if (!(error instanceof RepositoryError) || !['conflict', 'forbidden'].includes(error.kind)) throw error;
      const path = `${releaseFolder(manifest.project, manifest.version)}/${descriptor.name}`;
      copies.push({ path, outcome: 'differs' });
      warnings.push(
        `${path} is not what was published, and it may not be set right. The release itself is whole: installations read the manifest. ${error.message}`,
      );
    }
  }
  const manifestPath = manifestPathOf(manifest.project, manifest.version);
  const done = copies.some(({ outcome }) => outcome === 'written' || outcome === 'replaced');
  return {
    outcome: done ? 'completed' : 'already-published',
    manifestSha256,
    manifestPath,
    identity: manifest.identity,
    files: [...copies, { path: manifestPath, outcome: 'already-there' }],
    warnings,
  };
}
