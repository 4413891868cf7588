import { formatVersion } from '@bamboo-ecs/release';
import type { Version } from '@bamboo-ecs/release';
import { manifestPathOf } from '../layout.ts';
import type { RepositoryPort } from '../port.ts';
import { listVersions } from './list-versions.ts';

export interface FindNewestOptions {
  readonly port: RepositoryPort;
  readonly project: string;
  /** Whether a version will do: `(version) => fitsRange(range, version)`. */
  readonly accept: (version: Version) => boolean;
}

export interface NewestRelease {
  /** Null when none will do. */
  readonly version: Version | null;
  /** Newer ones that would do, but were never published to the end: worth a warning. */
  readonly incomplete: readonly Version[];
}

/** For `latest RELEASE` and ranges: the newest accepted version that has a manifest. Requests: one, and one for each version looked at. */
export async function findNewestRelease({
  port,
  project,
  accept,
}: FindNewestOptions): Promise<NewestRelease> {
  const versions = await listVersions({ port, project });
  const incomplete: Version[] = [];
  for (const version of versions.filter(accept).toReversed()) {
    const found = await port.stat(manifestPathOf(project, formatVersion(version)));
    if (found !== null) return { version, incomplete };
    incomplete.push(version);
  }
  return { version: null, incomplete };
}
