// All places where a project's releases may lie: with {tag} in the address, RELEASE and MILESTONE are two.
import type { RunContext } from '@bamboo-ecs/program';
import { tags } from '@bamboo-ecs/release';
import type { RepositoryPort } from '@bamboo-ecs/repository';
import type { InstallerPorts } from '../ports.ts';

/** Opens each address once. Throws `RunStopped` when the setting `repository` is missing or wrong. */
export async function openStores(
  context: RunContext,
  ports: InstallerPorts,
): Promise<readonly RepositoryPort[]> {
  const stores = new Map<string, RepositoryPort>();
  for (const tag of tags) {
    const port = await ports.openRepository(context, tag);
    if (!stores.has(port.address)) stores.set(port.address, port);
  }
  return [...stores.values()];
}

/** Names of the projects that are there, for a hint; none where they cannot be listed. */
export async function projectsIn(stores: readonly RepositoryPort[]): Promise<readonly string[]> {
  const lists = await Promise.all(stores.map(async (port) => port.list('').catch(() => [])));
  return [...new Set(lists.flat())].toSorted();
}
