// Where to go back to when the installation fails: the last revision that is known to have worked.
import { revisionName, sameRevision } from '../arn.ts';
import { hasWorked, primaryOf } from '../deployments.ts';
import type { DeploymentSnapshot } from '../snapshot.ts';
import type { Situation } from './situation.ts';
import { isMarkedFailed, tagOf } from './tags.ts';

export interface RollbackTarget {
  /** `family:revision` */
  readonly revision?: string;
  /** Nothing works that a failure could go back to, and nothing runs that would be lost. */
  readonly first: boolean;
  readonly note?: string;
}

/**
 * `installing`: the revision that is going to run, when it exists already; it is never its own way back.
 * Not "revision − 1": the revision before may be one that failed.
 */
export function rollbackTarget(situation: Situation, installing: string | undefined): RollbackTarget {
  const candidates = [
    ...workingDeployments(situation).map(({ taskDefinition }) => taskDefinition),
    tagOf(situation.running, 'replaces'),
  ];
  const found = candidates.find(
    (candidate) => candidate && !(installing && sameRevision(candidate, installing)),
  );
  if (!found) {
    const empty = situation.service.running + situation.service.pending === 0;
    return empty
      ? { first: true }
      : { first: false, note: 'No revision is known that worked before: a failure cannot be rolled back.' };
  }
  const { running } = situation;
  if (running && sameRevision(found, running.arn) && running.status !== 'ACTIVE') {
    return {
      first: false,
      note: `${revisionName(found)} runs but is deregistered: ECS cannot go back to it.`,
    };
  }
  return { revision: revisionName(found), first: false };
}

/** The PRIMARY deployment first, then the younger before the older; without those that a run has marked as failed. */
function workingDeployments({ service, running }: Situation): DeploymentSnapshot[] {
  const primary = primaryOf(service);
  const others = service.deployments
    .filter((deployment) => deployment !== primary)
    .toSorted((left, right) => right.createdAt - left.createdAt);
  return [...(primary ? [primary] : []), ...others].filter(
    (deployment) =>
      hasWorked(deployment) &&
      !(running && isMarkedFailed(running) && sameRevision(deployment.taskDefinition, running.arn)),
  );
}
