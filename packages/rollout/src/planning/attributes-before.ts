// What an update changes on the service besides its revision, as it was before: what a roll-back puts back.
import { differences } from '@bamboo-ecs/release';
import type { JsonObject } from '@bamboo-ecs/release';
import { member, without } from '../json.ts';

/**
 * Members of an UpdateService request; empty when the update changes none. What DescribeServices does not tell (Service Connect,
 * volumes) cannot be put back, and is left away.
 */
export function attributesBefore(definition: JsonObject, request: JsonObject): JsonObject {
  const sent = without(request, 'cluster', 'service', 'taskDefinition', 'desiredCount', 'forceNewDeployment');
  const before = Object.entries(sent).flatMap(([name, value]) => {
    const had = member(definition, name);
    if (had === undefined || had === null) return [];
    return differences('service-update', definition, { [name]: value }).length > 0 ? [[name, had]] : [];
  });
  return Object.fromEntries(before) as JsonObject;
}
