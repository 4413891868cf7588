// Stopping tasks of a service, with the events that AWS tells about it.
import { tell } from './service-events.ts';
import type { ServiceState } from './service-state.ts';
import { deregisterTargets } from './targets.ts';
import type { TaskState } from './task-state.ts';
import { stopTask } from './task-stop.ts';
import type { World } from './world.ts';

/** The normal end of a replaced or surplus task; not a failure. The id is the task's own deployment (captured events). */
export function scalingReason(task: TaskState): string {
  return `Scaling activity initiated by (deployment ${task.startedBy})`;
}

export function retire(
  world: World,
  service: ServiceState,
  tasks: readonly TaskState[],
  reasonOf: (task: TaskState) => string = scalingReason,
): void {
  if (tasks.length === 0) return;
  service.steadyAt = null;
  service.settledAt = null;
  // Before the targets are taken out: they are the reason of some.
  const reasons = tasks.map((task) => [task, reasonOf(task)] as const);
  const pending = tasks.filter((task) => task.lastStatus !== 'RUNNING');
  if (pending.length > 0) tell(world, service, `stopped ${pending.length} pending tasks.`);
  const draining = tasks.filter((task) => task.lastStatus === 'RUNNING' && task.targets.length > 0);
  deregisterTargets(world, service, draining);
  if (draining.length > 0)
    tell(world, service, `has begun draining connections on ${draining.length} tasks.`);
  for (const [task, stoppedReason] of reasons) {
    stopTask(world, task, { stopCode: 'ServiceSchedulerInitiated', stoppedReason }, true);
  }
}
