// Are the tasks of a deployment up?
import { enoughOf } from './bounds.ts';
import type { DeploymentState, ServiceState } from './service-state.ts';
import { isAlive, isHealthy } from './task-health.ts';
import type { TaskState } from './task-state.ts';
import { tasksOf } from './world.ts';
import type { World } from './world.ts';

/** Still counted as running: not yet sent SIGTERM. */
export function countsAsRunning(task: TaskState): boolean {
  return task.lastStatus === 'RUNNING' || task.lastStatus === 'DEACTIVATING';
}

/** AWS (TaskSet docs): running = desired, none pending, none on a draining instance, all healthy. */
export function isSettled(
  world: World,
  service: ServiceState,
  primary: DeploymentState,
  desired: number,
): boolean {
  const early = primary.progress === 'IN_PROGRESS' ? enoughOf(service, desired) : null;
  if (!areUp(world, service, primary, desired, early?.count)) return false;
  const others = tasksOf(world, service).filter(
    (task) =>
      // Surplus ones of its own that are being drained count, too.
      !(task.startedBy === primary.id && isAlive(task)) && (isAlive(task) || countsAsRunning(task)),
  );
  if (others.length === 0 || early?.deferred === true) return true;
  return world.settings.completesWhileDraining && primary.progress === 'IN_PROGRESS';
}

/** The new tasks only, however many old ones are left. */
export function areUp(
  world: World,
  service: ServiceState,
  primary: DeploymentState,
  desired: number,
  enough?: number,
): boolean {
  const own = tasksOf(world, service).filter((task) => task.startedBy === primary.id && isAlive(task));
  const healthy = own.filter((task) => isHealthy(world, task) && !task.leaving).length;
  if (enough !== undefined) return healthy >= enough;
  return own.length === desired && healthy === desired;
}
