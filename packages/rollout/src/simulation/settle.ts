// The end of a deployment: replaced ones vanish once drained, the PRIMARY is completed, the service is steady.
import type { Bounds } from './bounds.ts';
import { resolved, stuck, tell } from './service-events.ts';
import { advanceRecord, recordOf } from './service-deployments.ts';
import type { DeploymentState, ServiceState } from './service-state.ts';
import { countsAsRunning, isSettled } from './settled-tasks.ts';
import { isAtEnd } from './stages/advance.ts';
import { isAlive } from './task-health.ts';
import { primaryOf, tasksOf, wake } from './world.ts';
import type { World } from './world.ts';

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
    if (!isAtEnd(world, service)) return;
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
