// The service scheduler: one look at one service.
import { boundsOf } from './bounds.ts';
import type { Bounds } from './bounds.ts';
import { mindFailures } from './circuit-breaker.ts';
import { noticeLeaving, stopLeaving } from './replace-leaving.ts';
import { retire } from './retire.ts';
import { advanceRecord, recordOf } from './service-deployments.ts';
import type { ServiceState } from './service-state.ts';
import { dropDrained, settle } from './settle.ts';
import { startMissing } from './start-missing.ts';
import { advanceStages, keepsBoth } from './stages/advance.ts';
import { stopSurplus } from './stop-surplus.ts';
import { registerTargets } from './targets.ts';
import { isAlive } from './task-health.ts';
import { tellStopped } from './task-stop.ts';
import { primaryOf, tasksOf } from './world.ts';
import type { World } from './world.ts';

export function lookAt(world: World, service: ServiceState): void {
  service.dueAt = null;
  tellStopped(world, service.justStopped.splice(0), service.key);
  if (service.status === 'INACTIVE') return;
  if (service.status === 'DRAINING') return drain(world, service);
  const before = primaryOf(service);
  const record = before && recordOf(service, before);
  if (record?.status === 'PENDING') advanceRecord(world, record, 'IN_PROGRESS');
  registerTargets(world, service);
  noticeLeaving(world, service);
  mindFailures(world, service);
  advanceStages(world, service, boundsOf(world, service).desired);
  const bounds = stageBounds(world, service);
  stopLeaving(world, service, bounds);
  const stopped = stopSurplus(world, service, bounds);
  startMissing(world, service, bounds, stopped);
  dropDrained(world, service);
  return settle(world, service, bounds);
}

/** Where both revisions run whole until traffic has moved, there is room for both. */
function stageBounds(world: World, service: ServiceState): Bounds {
  const bounds = boundsOf(world, service);
  if (!keepsBoth(world, service)) return bounds;
  const kept = service.deployments.reduce((sum, { keep }) => sum + keep, 0);
  return { ...bounds, ceiling: Math.max(bounds.ceiling, bounds.desired + kept) };
}

/** A deleted service: all its tasks stop, then it is INACTIVE. */
function drain(world: World, service: ServiceState): void {
  const tasks = tasksOf(world, service);
  retire(world, service, tasks.filter(isAlive));
  if (tasks.some((task) => task.lastStatus !== 'STOPPED')) return;
  service.status = 'INACTIVE';
  service.deployments = [];
}
