// Host ports that Docker chooses in place of fixed ones.
import type { JsonObject } from '@bamboo-ecs/release';
import { numberOf, objectsOf, textOf } from '../json.ts';

/** Null where no port can be changed: with the network modes host and awsvpc the host port is the container's. */
export function withDynamicPorts(
  task: JsonObject,
): { readonly task: JsonObject; readonly ports: readonly number[] } | null {
  if ((textOf(task, 'networkMode') ?? 'bridge') !== 'bridge') return null;
  const containers = objectsOf(task, 'containerDefinitions');
  const ports = containers.flatMap((container) =>
    objectsOf(container, 'portMappings').flatMap((mapping) => {
      const port = numberOf(mapping, 'hostPort') ?? 0;
      return port > 0 ? [port] : [];
    }),
  );
  if (ports.length === 0) return null;
  const containerDefinitions = containers.map((container) => ({
    ...container,
    portMappings: objectsOf(container, 'portMappings').map((mapping) => ({ ...mapping, hostPort: 0 })),
  }));
  return { task: { ...task, containerDefinitions }, ports };
}
