// The time is up.
import { revisionName } from '../arn.ts';
import { deploymentOf, primaryOf } from '../deployments.ts';
import type { Verdict } from '../verdict.ts';
import type { JudgeInput } from './input.ts';
import { drainingTasks, isUp, wantedOf } from './steady.ts';
import { duration, ourCounts, ourRevision, tasks } from './words.ts';

export function timedOut(input: JudgeInput): Verdict | null {
  if (input.now < input.deadline) return null;
  const after = `After ${duration(input.deadline - input.startedAt)}`;
  return { kind: 'timed-out', reason: `${after} ${whatIs(input)}.` };
}

function whatIs(input: JudgeInput): string {
  const { snapshot, deployment, taskDefinition, now } = input;
  if (snapshot.status !== 'ACTIVE') return `the service is ${snapshot.status}`;
  const ours = deployment === null ? primaryOf(snapshot) : deploymentOf(snapshot, deployment);
  if (!ours) {
    const primary = primaryOf(snapshot);
    return `our deployment of ${ourRevision(input)} is not there${primary ? `, PRIMARY is ${primary.id}` : ''}`;
  }
  if (deployment === null && revisionName(ours.taskDefinition) !== revisionName(taskDefinition)) {
    return `the running deployment ${ours.id} still has ${revisionName(ours.taskDefinition)} and not ${ourRevision(input)}`;
  }
  const draining = drainingTasks(snapshot, ours);
  const old = draining === 0 ? '' : `, ${tasks(draining)} of older deployments left`;
  if (isUp(snapshot, ours, now, wantedOf(input, ours))) {
    const unhealthy = snapshot.containerHealth?.unhealthy ?? 0;
    const but = [
      ...(draining > 0 ? [`${tasks(draining)} of older deployments still drain`] : []),
      ...(unhealthy > 0 ? [`the containers of ${tasks(unhealthy)} are UNHEALTHY`] : []),
    ];
    return `${ourCounts(input, ours)}, but ${but.join(' and ')}`;
  }
  const stage = snapshot.serviceDeployment?.lifecycleStage;
  const at = stage === undefined ? '' : ` at ${stage}`;
  const state = ours.rolloutState ? `, the rollout is ${ours.rolloutState}${at}` : '';
  return `${ourCounts(input, ours)}, ${ours.pending} pending, ${ours.failed} failed${old}${state}`;
}
