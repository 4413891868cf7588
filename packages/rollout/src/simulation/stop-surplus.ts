// Stopping what is too much: surplus tasks of the PRIMARY, and tasks of replaced deployments above the floor.
import { enoughOf } from './bounds.ts';
import type { Bounds } from './bounds.ts';
import { retire } from './retire.ts';
import type { ServiceState } from './service-state.ts';
import { keepsBoth } from './stages/advance.ts';
import { isAlive, isHealthy } from './task-health.ts';
import type { TaskState } from './task-state.ts';
import { primaryOf, tasksOf } from './world.ts';
import type { World } from './world.ts';

/** Returns how many tasks it stopped. */
export function stopSurplus(world: World, service: ServiceState, bounds: Bounds): number {
  const primary = primaryOf(service);
  if (primary === undefined) return 0;
  const alive = tasksOf(world, service).filter(isAlive);
  const own = alive.filter((task) => task.startedBy === primary.id && !task.leaving);
  const surplus = scaleInOrder(world, own).slice(0, Math.max(0, own.length - bounds.desired));
  const healthyOwn = own.filter((task) => isHealthy(world, task) && !surplus.includes(task)).length;
  const replaced = keepsBoth(world, service)
    ? neverCompleted(service, alive)
    : oldTasks(world, service, alive, primary.progress === 'FAILED', bounds, healthyOwn);
  const doomed = [...surplus, ...replaced];
  retire(world, service, doomed);
  return doomed.length;
}

/** RECONCILE_SERVICE: beside the revision that serves, what an earlier deployment has left is not kept. */
function neverCompleted(service: ServiceState, alive: readonly TaskState[]): TaskState[] {
  const left = service.deployments.filter(
    ({ status, everCompleted }) => status === 'ACTIVE' && !everCompleted,
  );
  for (const deployment of left) deployment.keep = 0;
  return alive.filter((task) => left.some(({ id }) => id === task.startedBy));
}

/** Tasks of replaced deployments that may go now: all once the new ones are up, else as many as the floor allows. */
function oldTasks(
  world: World,
  service: ServiceState,
  alive: readonly TaskState[],
  failed: boolean,
  { desired, floor }: Bounds,
  healthyOwn: number,
): TaskState[] {
  const primary = primaryOf(service);
  const old = alive.filter((task) => task.startedBy !== primary?.id);
  const enough = enoughOf(service, desired)?.count ?? desired;
  const done = healthyOwn >= enough && !failed;
  // A failed deployment that is not rolled back leaves the tasks before it alone, except for those that are too many.
  let spare = healthyOwn + old.filter((task) => isHealthy(world, task)).length - (failed ? desired : floor);
  const doomed: TaskState[] = [];
  const keeps = new Map(service.deployments.map((deployment) => [deployment.id, deployment]));
  for (const task of scaleInOrder(world, old)) {
    const deployment = keeps.get(task.startedBy);
    const siblings = old.filter(
      (other) => other.startedBy === task.startedBy && !doomed.includes(other),
    ).length;
    if (isHealthy(world, task)) {
      if (!done && spare <= 0) continue;
      spare -= 1;
      if (deployment !== undefined) deployment.keep = Math.max(0, deployment.keep - 1);
    } else if (!done && !task.leaving && siblings <= (deployment?.keep ?? 0)) continue;
    doomed.push(task);
  }
  if (done) for (const deployment of service.deployments) deployment.keep = 0;
  return doomed;
}

/** Not yet healthy ones first, then from the zone that has most, the oldest first. */
function scaleInOrder(world: World, tasks: readonly TaskState[]): TaskState[] {
  const inZone = new Map<string, number>();
  for (const { zone } of tasks) inZone.set(zone, (inZone.get(zone) ?? 0) + 1);
  const rest = tasks.map((task) => ({ task, weight: isHealthy(world, task) ? 0 : 1_000_000 }));
  const order: TaskState[] = [];
  while (rest.length > 0) {
    const rank = (at: number): number => {
      const entry = rest[at];
      return entry === undefined ? -1 : entry.weight + (inZone.get(entry.task.zone) ?? 0);
    };
    let best = 0;
    for (let at = 1; at < rest.length; at += 1) if (rank(at) > rank(best)) best = at;
    for (const { task } of rest.splice(best, 1)) {
      inZone.set(task.zone, (inZone.get(task.zone) ?? 0) - 1);
      order.push(task);
    }
  }
  return order;
}
