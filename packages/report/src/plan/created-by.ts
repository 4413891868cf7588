import { differences } from '@bamboo-ecs/release';
import type { Difference, JsonObject } from '@bamboo-ecs/release';
import type { Plan } from '@bamboo-ecs/rollout';

/** Said by the plan already, or nobody's business. */
const left = new Set(['cluster', 'serviceName', 'clientToken', 'taskDefinition', 'tags']);

/**
 * What a service that is created begins with, as differences from nothing: all that is stated, ECS's defaults too. Secrets are
 * masked in it. Empty for other plans.
 */
export function createdBy({ action, register, request }: Plan): readonly Difference[] {
  if (action !== 'create') return [];
  return [
    ...fromNothing('task-definition', 'taskDefinition', register?.request),
    ...fromNothing('service-definition', 'service', request),
  ];
}

function fromNothing(
  kind: 'task-definition' | 'service-definition',
  name: string,
  request: JsonObject | undefined,
): readonly Difference[] {
  return differences(kind, {}, request ?? {}, { stated: true }).flatMap(({ path, to }) =>
    to === undefined || left.has(path.split('.')[0] ?? '') ? [] : [{ path: `${name}.${path}`, to }],
  );
}
