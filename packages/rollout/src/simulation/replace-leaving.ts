// Tasks that are to be replaced: those that fail their health checks, and those on a DRAINING instance.
import type { Bounds } from './bounds.ts';
import { noteFailure } from './failures.ts';
import { retire, scalingReason } from './retire.ts';
import { tell } from './service-events.ts';
import type { ServiceState } from './service-state.ts';
import { unhealthyTexts } from './targets.ts';
import { isAlive, isHealthy, isUnhealthy } from './task-health.ts';
import type { TaskState } from './task-state.ts';
import { primaryOf, tasksOf, wake } from './world.ts';
import type { World } from './world.ts';

/** Tells and counts each unhealthy task once; marks what is to be replaced. */
export function noticeLeaving(world: World, service: ServiceState): void {
  const instances = world.state.clusters.get(service.cluster)?.instances ?? [];
  const draining = new Set(instances.filter(({ status }) => status === 'DRAINING').map(({ arn }) => arn));
  for (const task of tasksOf(world, service).filter(isAlive)) {
    if (task.instance !== null && draining.has(task.instance)) task.leaving = true;
    if (task.failure !== null || !isUnhealthy(world, task)) continue;
    task.failure = 'health';
    task.leaving = true;
    tell(world, service, unhealthyTexts(world, task).event);
    noteFailure(world, task);
  }
}

/**
 * A replacement is started first when the ceiling allows it. Without room unhealthy tasks are stopped one at a time;
 * healthy ones on a draining instance go as far as the floor allows (AWS: container-instance-draining).
 */
export function stopLeaving(world: World, service: ServiceState, { desired, floor, ceiling }: Bounds): void {
  const alive = tasksOf(world, service).filter(isAlive);
  const leaving = alive.filter((task) => task.leaving);
  if (leaving.length === 0) return;
  const primary = primaryOf(service);
  const staying = alive.filter((task) => !task.leaving && isHealthy(world, task));
  const replaced = leaving.filter((task) => {
    const own = task.startedBy === primary?.id;
    const wanted = own ? desired : (service.deployments.find(({ id }) => id === task.startedBy)?.keep ?? 0);
    return staying.filter((other) => other.startedBy === task.startedBy).length >= wanted;
  });
  const healthy = leaving.filter((task) => isHealthy(world, task));
  const spare = Math.max(0, staying.length + healthy.length - floor);
  const full = alive.length >= ceiling || primary?.progress === 'FAILED';
  const unhealthy = leaving.filter((task) => task.failure === 'health');
  const doomed =
    replaced.length > 0 ? replaced : [...healthy.slice(0, spare), ...(full ? unhealthy.slice(0, 1) : [])];
  retire(world, service, [...new Set(doomed)], (task) => reasonOf(world, task));
  if (doomed.length < leaving.length) wake(world, service);
}

function reasonOf(world: World, task: TaskState): string {
  return task.failure === 'health' ? unhealthyTexts(world, task).stopped : scalingReason(task);
}
