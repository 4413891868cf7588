// Which way to a registry needs no question: tasks of this service run, and their images came the same way.
import { sameRevision } from '../arn.ts';
import { primaryOf } from '../deployments.ts';
import { objectOf, objectsOf, textOf } from '../json.ts';
import type { ServiceSnapshot, TaskDefinitionSnapshot } from '../snapshot.ts';
import { networkOf, type NetworkUse } from './network.ts';

/**
 * The images of `references` whose registry no running task has fetched from in these very subnets. `current`: the revision that
 * the service runs; without it nothing is proven.
 */
export function unprovenImages(
  references: readonly string[],
  use: NetworkUse | null,
  service: ServiceSnapshot,
  current: TaskDefinitionSnapshot | null,
): readonly string[] {
  if (use === null || current === null || service.status !== 'ACTIVE') return references;
  const primary = primaryOf(service);
  if (!primary || primary.running === 0 || !sameRevision(primary.taskDefinition, current.arn))
    return references;
  const now = networkOf(
    objectOf(objectOf(service.definition, 'networkConfiguration'), 'awsvpcConfiguration') ?? {},
  );
  const same =
    use.publicIp === now.publicIp &&
    use.subnets.every((id) => now.subnets.includes(id)) &&
    // With one subnet it is known which one the running tasks are in.
    now.subnets.length === 1;
  if (!same) return references;
  const proven = new Set(
    objectsOf(current.definition, 'containerDefinitions').map((one) =>
      registryOf(textOf(one, 'image') ?? ''),
    ),
  );
  return references.filter((reference) => !proven.has(registryOf(reference)));
}

/** The first part where it can only be a host ("Docker image reference": it has a dot or a port, or is localhost). */
function registryOf(reference: string): string {
  const [first = '', ...rest] = reference.split('/');
  return rest.length > 0 && (/[.:]/u.test(first) || first === 'localhost')
    ? first.toLowerCase()
    : 'docker.io';
}
