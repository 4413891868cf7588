// Ours is PRIMARY and not failed: is it up?
import { taskCause } from '../causes/task-cause.ts';
import { isFull, othersWithTasks, taskCount } from '../deployments.ts';
import { flagOf, numberOf, objectOf, textOf } from '../json.ts';
import { hasSettled } from '../settled.ts';
import type { DeploymentSnapshot, ServiceSnapshot } from '../snapshot.ts';
import type { Verdict } from '../verdict.ts';
import { isUnderWay } from '../watching/service-deployment.ts';
import { clockAhead } from './fail-after.ts';
import type { JudgeInput } from './input.ts';
import { ourCounts, ourRevision, tasks } from './words.ts';

export function steady(input: JudgeInput, ours: DeploymentSnapshot): Verdict | null {
  if (
    !isUp(input.snapshot, ours, input.now, wantedOf(input, ours)) ||
    drainingTasks(input.snapshot, ours) > 0
  )
    return null;
  if (hasJustCrashed(input)) return null;
  const health = input.snapshot.containerHealth;
  // ECS called it COMPLETED a while ago; a container that fails its check now is about to be replaced.
  if (health && health.unhealthy > 0) return null;
  if (ours.desired === 0) return { kind: 'steady', reason: unproven(input) };
  const healthy = health && health.healthy > 0 ? `, the containers of ${tasks(health.healthy)} HEALTHY` : '';
  return {
    kind: 'steady',
    reason: `${ourCounts(input, ours)}${healthy}${unprovenRest(input, ours)}, no older task is left.`,
  };
}

function unprovenRest({ completedWith }: JudgeInput, { running, desired }: DeploymentSnapshot): string {
  if (running >= desired) return '';
  return completedWith !== undefined && completedWith < desired
    ? `: it was COMPLETED with ${completedWith}; ${desired - completedWith} more are wanted since, which are not proven`
    : ', enough for its early success criteria; the rest is not proven';
}

/** What was asked for after ECS had called it COMPLETED (auto scaling) is no part of the rollout. */
export function wantedOf({ completedWith }: JudgeInput, { desired }: DeploymentSnapshot): number {
  return completedWith === undefined || completedWith === 0 ? desired : Math.min(desired, completedWith);
}

function unproven(input: JudgeInput): string {
  const daemon = textOf(input.snapshot.definition, 'schedulingStrategy') === 'DAEMON';
  const why = daemon ? 'no container instance takes its tasks' : 'its desired count is 0';
  return `The service has ${ourRevision(input)}, but ${why}: no task was started, so nothing is proven.`;
}

/** With every task up again a crash may be the beginning of a loop: after so long without one it is not. */
const quietMs = 10_000;

function hasJustCrashed(input: JudgeInput): boolean {
  const { stopped, now, deadline } = input;
  if (now >= deadline) return false;
  const ahead = clockAhead(input);
  return stopped.some((task) => now + ahead - (task.stoppedAt ?? 0) < quietMs && taskCause(task) !== null);
}

/**
 * COMPLETED and still all there; where the server says no rolloutState, by counts and events. A service deployment must be
 * SUCCESSFUL, too: tasks that are all up are not the end of one that bakes, shifts traffic or waits for a hook.
 */
export function isUp(
  snapshot: ServiceSnapshot,
  ours: DeploymentSnapshot,
  now: number,
  wanted = ours.desired,
): boolean {
  const { serviceDeployment } = snapshot;
  if (serviceDeployment && isUnderWay(serviceDeployment)) return false;
  if (ours.rolloutState === 'COMPLETED') return ours.running >= enough(snapshot, wanted);
  return ours.rolloutState === undefined && isFull(ours) && hasSettled(snapshot, ours, now);
}

export function drainingTasks(snapshot: ServiceSnapshot, ours: DeploymentSnapshot): number {
  return taskCount(othersWithTasks(snapshot, ours));
}

/** With earlySuccessCriteria a deployment counts as done before the last task is up ("DeploymentConfiguration", ECS API Reference). */
export function enough({ definition }: ServiceSnapshot, desired: number): number {
  const early = objectOf(objectOf(definition, 'deploymentConfiguration'), 'earlySuccessCriteria');
  const percent = flagOf(early, 'enable') ? (numberOf(early, 'healthyPercent') ?? 100) : 100;
  return Math.ceil((desired * Math.min(percent, 100)) / 100);
}
