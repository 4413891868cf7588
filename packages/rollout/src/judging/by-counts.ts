// An update that started no deployment (attributes only): nothing but the counts can tell.
import { revisionName, sameRevision } from '../arn.ts';
import { othersWithTasks, primaryOf } from '../deployments.ts';
import type { DeploymentSnapshot } from '../snapshot.ts';
import type { Verdict } from '../verdict.ts';
import { crashLoop } from './crash-loop.ts';
import type { JudgeInput } from './input.ts';
import { isFirstMiss, isFresh } from './service-gone.ts';
import { timedOut } from './timed-out.ts';
import { ourCounts, ourRevision, quoted } from './words.ts';

export function judgeByCounts(input: JudgeInput): Verdict | null {
  const { snapshot, taskDefinition } = input;
  const primary = primaryOf(snapshot);
  if (!primary) return timedOut(input);
  if (!sameRevision(primary.taskDefinition, taskDefinition))
    return otherRevision(input, primary) ?? timedOut(input);
  if (primary.rolloutState === 'FAILED') {
    const why = primary.rolloutStateReason ? `: ${quoted(primary.rolloutStateReason)}` : '';
    return { kind: 'failed', reason: `The deployment of ${ourRevision(input)} has FAILED${why}.` };
  }
  return countsRight(input, primary) ?? crashLoop(input, primary) ?? timedOut(input);
}

function countsRight(input: JudgeInput, primary: DeploymentSnapshot): Verdict | null {
  const { snapshot } = input;
  const right =
    primary.rolloutState !== 'IN_PROGRESS' &&
    primary.running === primary.desired &&
    primary.pending === 0 &&
    othersWithTasks(snapshot, primary).length === 0;
  if (!right) return null;
  const unproven = primary.desired === 0 ? '; the desired count is 0, so nothing is proven' : '';
  return {
    kind: 'steady',
    reason: `The update started no deployment; ${ourCounts(input, primary)}, nothing is in progress${unproven}.`,
  };
}

/** Some servers name the new revision on the service and leave the deployment as it was: that is never taken for success. */
function otherRevision(input: JudgeInput, primary: DeploymentSnapshot): Verdict | null {
  const fromBefore = isFresh(input) || isFirstMiss(input);
  if (fromBefore || sameRevision(input.snapshot.taskDefinition, input.taskDefinition)) return null;
  return {
    kind: 'superseded',
    reason: `Another deployment, ${primary.id} of ${revisionName(primary.taskDefinition)}, has taken the place of ${ourRevision(input)}.`,
  };
}
