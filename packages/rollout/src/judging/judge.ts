// Snapshot → verdict. It never asks anything; null means: go on watching.
import { deploymentOf, primaryOf } from '../deployments.ts';
import type { Verdict } from '../verdict.ts';
import { judgeByCounts } from './by-counts.ts';
import { rolledBack, stoppedBySomebody } from './by-service-deployment.ts';
import { crashLoop } from './crash-loop.ts';
import type { JudgeInput } from './input.ts';
import { noRoom } from './no-room.ts';
import { paused } from './paused.ts';
import { replaced } from './replaced.ts';
import { serviceGone } from './service-gone.ts';
import { steady } from './steady.ts';
import { timedOut } from './timed-out.ts';
import { isUnderWay } from '../watching/service-deployment.ts';
import { ourRevision, quoted } from './words.ts';

/**
 * The verdict on the deployment with our id, never on "the service looks well": a roll-back by ECS leaves a healthy
 * service behind and is a failure all the same.
 */
export function judge(input: JudgeInput): Verdict | null {
  const gone = serviceGone(input);
  if (gone) return gone;
  if (input.snapshot.status !== 'ACTIVE') return timedOut(input);
  return input.deployment === null ? judgeByCounts(input) : judgeDeployment(input, input.deployment);
}

function judgeDeployment(input: JudgeInput, id: string): Verdict | null {
  const { snapshot } = input;
  const back = rolledBack(input);
  if (back) return back;
  const ours = deploymentOf(snapshot, id);
  if (ours?.rolloutState === 'FAILED') {
    const why = ours.rolloutStateReason ? `: ${quoted(ours.rolloutStateReason)}` : '';
    return { kind: 'failed', reason: `ECS gave up the deployment of ${ourRevision(input)}${why}.` };
  }
  const primary = primaryOf(snapshot);
  if (!ours || primary !== ours) {
    // ECS itself says that ours goes on, or waits for its turn: whatever is listed as PRIMARY meanwhile has not taken its place.
    const { serviceDeployment } = snapshot;
    const goesOn = serviceDeployment !== undefined && isUnderWay(serviceDeployment);
    return (goesOn ? null : replaced(input, ours, primary)) ?? timedOut(input);
  }
  return (
    stoppedBySomebody(input, ours) ??
    steady(input, ours) ??
    crashLoop(input, ours) ??
    noRoom(input, ours) ??
    paused(input, ours) ??
    timedOut(input)
  );
}
