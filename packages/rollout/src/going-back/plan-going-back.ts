// The plan of a roll-back by hand: to one revision, with the service's attributes and desired count as they were then.
import { differences } from '@bamboo-ecs/release';
import type { Difference, JsonObject } from '@bamboo-ecs/release';
import { revisionName, sameRevision } from '../arn.ts';
import { hasWorked, isWorthKeeping, primaryOf } from '../deployments.ts';
import { numberOf, without } from '../json.ts';
import { tagKeys, type Plan } from '../plan.ts';
import { attributesBefore } from '../planning/attributes-before.ts';
import { isDaemon } from '../planning/requests.ts';
import { isMarkedFailed, referenceTag, tagOf } from '../planning/tags.ts';
import { describedOnly } from '../rollback/registered-again.ts';
import type { ServiceSnapshot, TaskDefinitionSnapshot } from '../snapshot.ts';

export interface GoingBackInput {
  readonly cluster: string;
  readonly service: ServiceSnapshot;
  /** What runs; null when it could not be read. */
  readonly running: TaskDefinitionSnapshot | null;
  readonly target: TaskDefinitionSnapshot;
  /** The UpdateService request of the target's release as it was sent; null when it is not known. */
  readonly update: JsonObject | null;
  /** The desired count while the target was steady; undefined when nobody noted it. */
  readonly desired: number | undefined;
  /** Does auto scaling own the desired count? Null: could not be asked. */
  readonly scalable: boolean | null;
  /** Why the attributes are not known, and the like. */
  readonly notes: readonly string[];
}

/** An `update` pinned to the target, with the notes on it that a killed run needs. Should it fail, what runs now comes back if it worked. */
export function planGoingBack(input: GoingBackInput): Plan {
  const { cluster, service, running, target } = input;
  const primary = primaryOf(service);
  const reference = primary?.taskDefinition || service.taskDefinition;
  const { send, notes } = desiredCount(input);
  const request: JsonObject = {
    ...(input.update ? without(input.update, 'taskDefinition', 'desiredCount', 'forceNewDeployment') : {}),
    cluster,
    service: service.name,
    ...(send !== undefined && { desiredCount: send }),
  };
  const attributes = differences(
    'service-update',
    service.definition,
    without(request, 'cluster', 'service'),
  );
  const before = attributesBefore(service.definition, request);
  const version = tagOf(target, 'version');
  const versionBefore = tagOf(running, 'version');
  const worked =
    primary && isWorthKeeping(primary) && !isMarkedFailed(running) && running?.status === 'ACTIVE';
  const from = referenceTag(revisionName(reference));
  const keepsCount = input.scalable === true || isDaemon(service.definition);
  return {
    action: 'update',
    reason: `The service goes back from ${label(versionBefore, reference)} to ${label(version, target.arn)}.`,
    cluster,
    service: service.name,
    differences: [
      ...(running ? revisionDifferences(running, target) : []),
      ...attributes.map((one) => ({ ...one, path: `${ofService}${one.path}` })),
    ],
    notes: [...input.notes, ...notes],
    adoptRevision: target.arn,
    retag: { [tagKeys.outcome]: 'returning', ...(from && { [tagKeys.returnedFrom]: from }) },
    request,
    ...(version && { version }),
    ...(versionBefore && { versionBefore }),
    ...(primary && { primaryBefore: primary.id }),
    ...(worked && { rollbackTo: revisionName(reference) }),
    ...(worked && !keepsCount && { rollbackDesired: service.desired }),
    ...(send !== undefined && { desiredSent: send }),
    ...(worked && Object.keys(before).length > 0 && { rollbackAttributes: before }),
  };
}

const ofService = 'service.';

function revisionDifferences(
  running: TaskDefinitionSnapshot,
  target: TaskDefinitionSnapshot,
): readonly Difference[] {
  const wanted = without(target.definition, ...describedOnly);
  return differences('task-definition', running.definition, wanted).map((one) => ({
    ...one,
    path: `taskDefinition.${one.path}`,
  }));
}

function label(version: string | undefined, reference: string): string {
  return version === undefined ? revisionName(reference) : `${version} (${revisionName(reference)})`;
}

function desiredCount(input: GoingBackInput): { send?: number; notes: readonly string[] } {
  const { service, desired, update, scalable } = input;
  const wanted = desired ?? (update ? numberOf(update, 'desiredCount') : undefined);
  if (wanted === undefined || isDaemon(service.definition)) return { notes: [] };
  if (wanted === service.desired) return { notes: [] };
  if (scalable === true)
    return { notes: [`Auto scaling owns the desired count: it stays ${service.desired}.`] };
  const change = `The desired count goes from ${service.desired} back to ${wanted}, as it was then.`;
  const unsure = scalable === null ? ['Whether auto scaling owns it could not be asked.'] : [];
  return { send: wanted, notes: [change, ...unsure] };
}

/** May ECS itself be told to stop the deployment in flight? It goes back to the last one that worked, and leaves the attributes. */
export function canBeStopped({ service, target }: GoingBackInput, plan: Plan): boolean {
  const primary = primaryOf(service);
  const sameTarget = service.deployments.some(
    (other) => other !== primary && hasWorked(other) && sameRevision(other.taskDefinition, target.arn),
  );
  const sameService = !plan.differences.some(({ path }) => path.startsWith(ofService));
  return primary?.rolloutState === 'IN_PROGRESS' && sameTarget && sameService;
}
