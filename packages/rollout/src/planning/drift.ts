// Differences between what is there and what is wanted, under the names of the plan.
import { differences, formatDifference } from '@bamboo-ecs/release';
import type { Difference, JsonObject } from '@bamboo-ecs/release';
import { without } from '../json.ts';
import type { ServiceSnapshot } from '../snapshot.ts';
import { isDaemon } from './requests.ts';
import type { Situation } from './situation.ts';

/** Of the task definition (`taskDefinition.…`) and of the service (`service.…`). */
export function plannedDifferences(situation: Situation, request: JsonObject): readonly Difference[] {
  const { running, wanted } = situation;
  const revision = running ? differences('task-definition', running.definition, wanted.taskDefinition) : [];
  return [...named('taskDefinition', revision), ...serviceDifferences(situation, request)];
}

/** What somebody changed on the service since, one line each. */
export function driftNotes(situation: Situation, request: JsonObject): readonly string[] {
  return serviceDifferences(situation, request).map(asDrift);
}

/** The same for a release whose UpdateService request was sent as it stands; `keepsCount`: the desired count is not ours. */
export function driftFrom(
  service: ServiceSnapshot,
  update: JsonObject,
  { keepsCount }: { readonly keepsCount: boolean },
): readonly string[] {
  const own = keepsCount || isDaemon(service.definition) ? ['desiredCount'] : [];
  const wanted = without(update, 'taskDefinition', ...own);
  return serviceDifferences({ service }, wanted).map(({ path, from, to }) => {
    const now = from === undefined ? 'not set' : JSON.stringify(from);
    const then = to === undefined ? 'without it' : `with ${JSON.stringify(to)}`;
    return `${path} is ${now} now, it was installed ${then}.`;
  });
}

function asDrift(difference: Difference): string {
  return `The service differs from its descriptor: ${formatDifference(difference)}`;
}

function serviceDifferences(
  { service }: Pick<Situation, 'service'>,
  request: JsonObject,
): readonly Difference[] {
  const wanted = without(request, 'cluster', 'service', 'forceNewDeployment');
  return named('service', differences('service-update', service.definition, wanted));
}

function named(prefix: string, found: readonly Difference[]): readonly Difference[] {
  return found.map((difference) => ({ ...difference, path: `${prefix}.${difference.path}` }));
}
