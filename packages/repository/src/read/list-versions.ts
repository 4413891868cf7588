import { compareVersions, formatVersion, parseVersion } from '@bamboo-ecs/release';
import type { Version } from '@bamboo-ecs/release';
import type { RepositoryPort } from '../port.ts';

export interface ListVersionsOptions {
  readonly port: RepositoryPort;
  readonly project: string;
}

/**
 * The versions of a project, lowest first: one request. Folders with other names are passed over. A version whose
 * publication broke off is among them (to know it would take a request for each): `findNewestRelease` leaves it out, and
 * `readRelease` tells it.
 */
export async function listVersions({ port, project }: ListVersionsOptions): Promise<readonly Version[]> {
  const names = await port.list(project);
  return names.flatMap(versionOf).toSorted(compareVersions);
}

/** Only the form that we write ourselves: ` 1.2.3.RELEASE` is somebody else's folder. */
function versionOf(name: string): readonly Version[] {
  const parsed = parseVersion(name);
  return parsed.ok && formatVersion(parsed.value) === name ? [parsed.value] : [];
}
