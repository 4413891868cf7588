// A task definition reduced to what decides where a task fits.
import type { JsonObject } from '@bamboo-ecs/release';
import { member, objectsOf, textOf } from '../json.ts';

const containerMembers = ['cpu', 'memory', 'memoryReservation', 'resourceRequirements', 'portMappings'];

/**
 * No image, no commands, no health checks: those take time, which the forecast knows otherwise. `drop`: expressions of placement
 * constraints that are left out.
 */
export function plainDefinition(definition: JsonObject, drop: ReadonlySet<string>): JsonObject {
  const constraints = objectsOf(definition, 'placementConstraints').filter(
    (constraint) => !drop.has(textOf(constraint, 'expression') ?? ''),
  );
  return {
    ...picked(definition, ['networkMode', 'cpu', 'memory']),
    placementConstraints: constraints,
    containerDefinitions: objectsOf(definition, 'containerDefinitions').map((container, index) => ({
      ...picked(container, containerMembers),
      name: `container-${index}`,
      image: 'image',
      essential: true,
      // The time to stop is the pace's, whatever the container grants itself.
      stopTimeout: 1_000_000,
    })),
  };
}

function picked(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = member(object, key);
      return value === undefined || value === null ? [] : [[key, value] as const];
    }),
  );
}
