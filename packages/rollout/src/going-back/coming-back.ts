// Is an older release on its way back already: by ECS itself, by an installation that failed, by a roll-back that was cut off?
import { revisionName, sameRevision } from '../arn.ts';
import { isInProgress, primaryOf } from '../deployments.ts';
import { isMarkedFailed, tagOf } from '../planning/tags.ts';
import type { DeploymentSnapshot, ServiceSnapshot, TaskDefinitionSnapshot } from '../snapshot.ts';

export interface ComingBackInput {
  readonly now: number;
  readonly service: ServiceSnapshot;
  /** The revision of the PRIMARY deployment. */
  readonly running: TaskDefinitionSnapshot | null;
  /** Revisions that are newer than it, as far as they were looked at. */
  readonly later: readonly TaskDefinitionSnapshot[];
}

/** One sentence, or null. What comes back is watched, and never gone back from: that would be one release too far. */
export function comingBack({ now, service, running, later }: ComingBackInput): string | null {
  const primary = primaryOf(service);
  if (!primary) return null;
  const what = revisionName(primary.taskDefinition);
  const from = tagOf(running, 'returnedFrom');
  if (tagOf(running, 'outcome') === 'returning' && from !== undefined)
    return `A roll-back from ${from} to ${what} was begun and not seen to its end: it is gone on with.`;
  if (!isInProgress(service, primary, now)) return null;
  if (rollsBack(service, primary)) return `ECS is rolling back to ${what} already: that is watched.`;
  const failed = later.find(
    (revision) => isMarkedFailed(revision) && replacedThis(revision, primary.taskDefinition),
  );
  return failed
    ? `${tagOf(failed, 'version') ?? revisionName(failed.arn)} failed, and ${what} is coming back already: that is watched.`
    : null;
}

function replacedThis(revision: TaskDefinitionSnapshot, taskDefinition: string): boolean {
  return sameRevision(tagOf(revision, 'replaces') ?? '', taskDefinition);
}

/**
 * "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/…" ("How the Amazon ECS deployment circuit breaker detects
 * failures") stands at the deployment that failed; some servers say it of the one that comes back.
 */
function rollsBack({ deployments }: ServiceSnapshot, primary: DeploymentSnapshot): boolean {
  return deployments.some((one) => {
    const reason = one.rolloutStateReason ?? '';
    if (!/roll(?:ing|ed) back/iu.test(reason)) return false;
    return one === primary || (one.rolloutState === 'FAILED' && reason.includes(primary.id));
  });
}
