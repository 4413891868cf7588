// The end of a task: asked to stop, failed to start, ended by itself.
import { tell } from './service-events.ts';
import { deregisterTargets, drainMs } from './targets.ts';
import type { TaskState } from './task-state.ts';
import { after, wake, wakeServiceOf } from './world.ts';
import type { World } from './world.ts';

export interface StopReason {
  readonly stopCode: string;
  readonly stoppedReason: string;
}

/**
 * Stops a task that is alive. With `drain`, its targets are drained first (DEACTIVATING), as the scheduler does;
 * StopTask does not wait for that.
 */
export function stopTask(world: World, task: TaskState, reason: StopReason, drain: boolean): void {
  if (task.desiredStatus === 'STOPPED') return;
  const ran = task.lastStatus === 'RUNNING';
  begin(world, task, reason);
  if (!ran) {
    deprovision(world, task);
    return;
  }
  const wait = drain ? drainMs(world, task) : 0;
  if (wait > 0) setStatus(task, 'DEACTIVATING');
  after(world, task, wait, 'stopping');
}

function begin(world: World, task: TaskState, { stopCode, stoppedReason }: StopReason): void {
  task.desiredStatus = 'STOPPED';
  task.stopCode = stopCode;
  task.stoppedReason = stoppedReason;
  task.stoppingAt = world.now;
  task.timers = [];
}

/** SIGTERM is sent. */
export function sendTerm(world: World, task: TaskState): void {
  setStatus(task, 'STOPPING');
  task.targets.length = 0;
  const patience = Math.min(...task.containers.map((container) => container.stopTimeoutMs), Infinity);
  after(world, task, Math.min(world.settings.pace.stoppingMs, patience), 'exited');
  const service = task.service === null ? undefined : world.state.services.get(task.service);
  if (service === undefined) return;
  service.justStopped.push(task.id);
  wake(world, service, 0);
}

/** Its containers are gone; those that ran until now ended with 0. */
export function deprovision(world: World, task: TaskState): void {
  for (const container of task.containers) {
    if (container.lastStatus === 'RUNNING') container.exitCode = 0;
    container.lastStatus = 'STOPPED';
  }
  task.targets.length = 0;
  task.executionStoppedAt = world.now;
  setStatus(task, 'DEPROVISIONING');
  after(world, task, world.settings.pace.deprovisioningMs, 'stopped');
}

/** The container at `index` could not be pulled or started: the task never reaches RUNNING. */
export function failStart(world: World, task: TaskState, index: number): void {
  const container = task.containers[index];
  if (container === undefined) return;
  const { outcome } = container;
  const name = outcome.kind === 'cannot-pull' ? 'CannotPullContainerError' : 'CannotStartContainerError';
  const given = outcome.kind === 'cannot-pull' || outcome.kind === 'cannot-start' ? outcome.reason : '';
  const reason = /^\w+(Error|Exception)\b/u.test(given) ? given : `${name}: ${given}`;
  container.reason = reason;
  // On EC2 the reason stands at the container, on Fargate at the task, too (AWS: stopped-task-error-codes).
  const stoppedReason = task.launchType === 'FARGATE' ? reason : 'Task failed to start';
  begin(world, task, { stopCode: 'TaskFailedToStart', stoppedReason });
  task.failure = 'start';
  deprovision(world, task);
}

/** A container ends by itself; an essential one takes the task with it. */
export function exitContainer(world: World, task: TaskState, index: number): void {
  const container = task.containers[index];
  if (container === undefined || container.outcome.kind !== 'exits' || container.lastStatus !== 'RUNNING')
    return;
  container.lastStatus = 'STOPPED';
  container.exitCode = container.outcome.exitCode;
  container.reason = container.outcome.reason ?? null;
  if (!container.essential) return;
  begin(world, task, {
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
  });
  task.failure = 'exit';
  const service = task.service === null ? undefined : world.state.services.get(task.service);
  if (service !== undefined) deregisterTargets(world, service, [task]);
  deprovision(world, task);
  wakeServiceOf(world, task);
}

export function setStatus(task: TaskState, status: TaskState['lastStatus']): void {
  task.lastStatus = status;
  task.version += 1;
}

export function tellStopped(world: World, taskIds: readonly string[], serviceKey: string): void {
  const service = world.state.services.get(serviceKey);
  if (service === undefined || taskIds.length === 0) return;
  const list = taskIds.map((id) => `(task ${id})`).join(' ');
  tell(world, service, `has stopped ${taskIds.length} running tasks: ${list}.`);
}
