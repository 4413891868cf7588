// The end of a deployment: replaced ones vanish once drained, the PRIMARY is completed, the service is steady.
import type { Bounds } from './bounds.ts';
import { resolved, stuck, tell } from './service-events.ts';
import { advanceRecord, recordOf } from './service-deployments.ts';
import type { DeploymentState, ServiceState } from './service-state.ts';
import { isAlive, isHealthy } from './task-health.ts';
import type { TaskState } from './task-state.ts';
import { primaryOf, tasksOf, wake } from './world.ts';
import type { World } from './world.ts';

/** Still counted as running: not yet sent SIGTERM. */
export function countsAsRunning(task: TaskState): boolean {
  return task.lastStatus === 'RUNNING' || task.lastStatus === 'DEACTIVATING';
}

/** A replaced deployment is listed as ACTIVE until its last task is drained. */
export function dropDrained(world: World, service: ServiceState): void {
  const tasks = tasksOf(world, service);
  service.deployments = service.deployments.filter((deployment) => {
    if (deployment.status === 'PRIMARY' || deployment.keep > 0) return true;
    return tasks.some((task) => task.startedBy === deployment.id && (isAlive(task) || countsAsRunning(task)));
  });
}

export function settle(world: World, service: ServiceState, { desired }: Bounds): void {
  const primary = primaryOf(service);
  if (
    primary === undefined ||
    primary.progress === 'FAILED' ||
    !isSettled(world, service, primary, desired)
  ) {
    service.settledAt = null;
    return;
  }
  const { completionMs, eventRepeatMs } = world.settings.pace;
  if (primary.progress === 'IN_PROGRESS') {
    service.settledAt ??= world.now;
    const left = service.settledAt + completionMs - world.now;
    if (left > 0) return wake(world, service, left);
    complete(world, service, primary);
  }
  const drained = service.deployments.length === 1;
  if (drained && (service.steadyAt === null || world.now - service.steadyAt >= eventRepeatMs)) {
    service.steadyAt = world.now;
    tell(world, service, 'has reached a steady state.');
  }
  if (drained) wake(world, service, eventRepeatMs);
}

/** AWS (TaskSet docs): running = desired, none pending, none on a draining instance, all healthy. */
function isSettled(world: World, service: ServiceState, primary: DeploymentState, desired: number): boolean {
  const tasks = tasksOf(world, service);
  const own = tasks.filter((task) => task.startedBy === primary.id && isAlive(task));
  if (own.length !== desired || !own.every((task) => isHealthy(world, task) && !task.leaving)) return false;
  const draining = tasks.some((task) => !own.includes(task) && (isAlive(task) || countsAsRunning(task)));
  return !draining || (world.settings.completesWhileDraining && primary.progress === 'IN_PROGRESS');
}

function complete(world: World, service: ServiceState, primary: DeploymentState): void {
  const record = recordOf(service, primary);
  primary.progress = 'COMPLETED';
  primary.reason = `ECS deployment ${primary.id} completed.`;
  primary.updatedAt = world.now;
  primary.everCompleted = true;
  advanceRecord(world, record, primary.rollbackOf === null ? 'SUCCESSFUL' : 'ROLLBACK_SUCCESSFUL');
  primary.rollbackOf = null;
  service.lastCompleted = primary;
  resolved(service, stuck);
  tell(world, service, `(deployment ${primary.id}) deployment completed.`);
}
