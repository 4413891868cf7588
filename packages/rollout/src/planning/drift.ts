// Differences between what is there and what is wanted, under the names of the plan.
import { differences, formatDifference } from '@bamboo-ecs/release';
import type { Difference, JsonObject } from '@bamboo-ecs/release';
import { without } from '../json.ts';
import type { Situation } from './situation.ts';

/** Of the task definition (`taskDefinition.…`) and of the service (`service.…`). */
export function plannedDifferences(situation: Situation, request: JsonObject): readonly Difference[] {
  const { running, wanted } = situation;
  const revision = running ? differences('task-definition', running.definition, wanted.taskDefinition) : [];
  return [...named('taskDefinition', revision), ...serviceDifferences(situation, request)];
}

/** What somebody changed on the service since, one line each. */
export function driftNotes(situation: Situation, request: JsonObject): readonly string[] {
  return serviceDifferences(situation, request).map(
    (difference) => `The service differs from its descriptor: ${formatDifference(difference)}`,
  );
}

function serviceDifferences({ service }: Situation, request: JsonObject): readonly Difference[] {
  const wanted = without(request, 'cluster', 'service', 'forceNewDeployment');
  return named('service', differences('service-update', service.definition, wanted));
}

function named(prefix: string, found: readonly Difference[]): readonly Difference[] {
  return found.map((difference) => ({ ...difference, path: `${prefix}.${difference.path}` }));
}
