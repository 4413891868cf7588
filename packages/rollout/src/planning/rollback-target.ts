// Where to go back to when the installation fails: the last revision that is known to have worked.
import { revisionName, sameRevision } from '../arn.ts';
import { hasWorked, isWorthKeeping, primaryOf } from '../deployments.ts';
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
      revision: revisionName(found),
      first: false,
      note: `${revisionName(found)} runs but is deregistered: ECS cannot go back to it. A failure registers the same once more.`,
    };
  }
  return { revision: revisionName(found), first: false, ...skipped(situation, found, installing) };
}

/** Why not to what runs now; nothing where that failed, which is told besides. */
function skipped(
  { primary, running }: Situation,
  found: string,
  installing: string | undefined,
): { readonly note?: string } {
  const now = primary?.taskDefinition ?? '';
  if (!primary || isMarkedFailed(running) || sameRevision(now, found)) return {};
  if (installing !== undefined && sameRevision(now, installing)) return {};
  const version = tagOf(running, 'version');
  const what = version === undefined ? revisionName(now) : `${version} (${revisionName(now)})`;
  const state = primary.rolloutState ? ` (${primary.rolloutState})` : '';
  return {
    note: `${what} is not steady${state}, ${primary.running} of ${primary.desired} tasks run: a failure goes back to ${revisionName(found)}, which was.`,
  };
}

/** The PRIMARY deployment first, then the younger before the older; without those that a run has marked as failed. */
function workingDeployments({ service, running }: Situation): DeploymentSnapshot[] {
  const primary = primaryOf(service);
  const others = service.deployments
    .filter((deployment) => deployment !== primary)
    .toSorted((left, right) => right.createdAt - left.createdAt);
  // What could not be read may be marked as failed: then only running tasks speak for it.
  const keep = primary && (running ? isWorthKeeping(primary) : hasWorked(primary));
  return [...(keep ? [primary] : []), ...others.filter(hasWorked)].filter(
    (deployment) =>
      !(running && isMarkedFailed(running) && sameRevision(deployment.taskDefinition, running.arn)),
  );
}
