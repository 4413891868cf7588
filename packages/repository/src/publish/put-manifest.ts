// The step that makes a release readable, and the look at whose manifest is there afterwards.
import { sha256Hex } from '@bamboo-ecs/release';
import type { Manifest } from '@bamboo-ecs/release';
import { manifestPathOf } from '../layout.ts';
import { RepositoryError } from '../port.ts';
import type { RepositoryPort } from '../port.ts';
import type { StoredManifest } from '../stored-manifest.ts';
import { readStoredManifest } from '../stored-manifest.ts';
import { problemText } from '../problem-text.ts';
import { describeLostRace } from './conflict.ts';
import { putCopies } from './copies.ts';
import type { PublishOptions } from './publication.ts';

export type Written =
  | { readonly kind: 'ours' }
  /** Somebody else published the same release meanwhile. */
  | { readonly kind: 'same-release'; readonly manifest: Manifest; readonly sha256: string };

/** `before`: what was there when we looked; the write is exclusive when that was nothing. */
export async function putManifest(
  options: PublishOptions,
  text: string,
  before: StoredManifest,
): Promise<Written> {
  const { port, manifest } = options;
  const { project, version } = manifest;
  const path = manifestPathOf(project, version);
  const refusal = await writeOrConflict(options, path, text, before.kind === 'none');
  const now = await readStoredManifest(port, project, version);
  const place = `${port.address}/${path}`;
  if (now.kind !== 'none' && now.sha256 === sha256Hex(text)) return { kind: 'ours' };
  // Unchanged since our look: nobody else came, the place itself refused.
  const same =
    now.kind === before.kind &&
    (now.kind === 'none' || (before.kind !== 'none' && now.sha256 === before.sha256));
  if (refusal && same) throw refusal;
  if (now.kind === 'manifest') {
    if (now.manifest.identity === manifest.identity) {
      return { kind: 'same-release', manifest: now.manifest, sha256: now.sha256 };
    }
    await restoreCopies(port, now.manifest);
    throw describeLostRace(now.manifest, manifest, place);
  }
  const found =
    now.kind === 'none' ? 'it is not there' : `another file is there: ${problemText(now.problems)}`;
  throw new RepositoryError(
    'corrupt',
    `${place} was written, and when it is read ${found}`,
    'Run this again. If it stays so, look at what changes files between this machine and the repository.',
  );
}

/** The conflict, if the place tells one: what it means shows when the manifest is read. */
async function writeOrConflict(
  { port, properties }: PublishOptions,
  path: string,
  text: string,
  exclusive: boolean,
): Promise<RepositoryError | null> {
  try {
    await port.write(path, Buffer.from(text), { properties, contentType: 'application/json', exclusive });
    return null;
  } catch (error) {
    if (error instanceof RepositoryError && error.kind === 'conflict') return error;
    throw error;
  }
}

/** We may have laid our copies over those of the winner. What hinders this is not told: the lost race is. */
async function restoreCopies(port: RepositoryPort, winner: Manifest): Promise<void> {
  try {
    await putCopies(port, winner, {});
  } catch (error) {
    if (!(error instanceof RepositoryError)) throw error;
  }
}
