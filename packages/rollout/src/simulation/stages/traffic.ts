// Which revision gets how much of the production traffic.
import { recordOf } from '../service-deployments.ts';
import { deploymentOf } from '../task-health.ts';
import type { TaskState } from '../task-state.ts';
import { primaryOf } from '../world.ts';
import type { World } from '../world.ts';

/** Slots of one round: the smallest share that is told apart is a percent. */
const slots = 100;

/** The tasks in the order in which they are asked: in proportion to the weights where traffic is being shifted. */
export function weighted(world: World, tasks: readonly TaskState[]): TaskState[] {
  const weight = tasks.map((task) => newWeight(world, task)).find((one) => one !== null);
  if (weight === undefined || weight === null) return [...tasks];
  const fresh = tasks.filter((task) => isNew(world, task));
  const old = tasks.filter((task) => !fresh.includes(task));
  if (weight <= 0 || fresh.length === 0) return old;
  if (weight >= 100 || old.length === 0) return fresh;
  const share = Math.max(1, Math.round((weight * slots) / 100));
  const turns = { fresh: 0, old: 0 };
  return Array.from({ length: slots }, (_, index) => {
    const isFresh = Math.floor(((index + 1) * share) / slots) > Math.floor((index * share) / slots);
    const [side, list] = isFresh ? (['fresh', fresh] as const) : (['old', old] as const);
    return list[turns[side]++ % list.length];
  }).filter((task): task is TaskState => task !== undefined);
}

/** Percent for the revision that is being deployed; null when no traffic is being shifted. */
function newWeight(world: World, task: TaskState): number | null {
  const found = deploymentOf(world, task);
  const primary = found && primaryOf(found.service);
  if (!found || !primary || primary.progress !== 'IN_PROGRESS') return null;
  return recordOf(found.service, primary)?.productionWeight ?? null;
}

/** Of the revision that the service deployment brings, also while it is taken back. */
function isNew(world: World, task: TaskState): boolean {
  const found = deploymentOf(world, task);
  const primary = found && primaryOf(found.service);
  return (primary?.rollbackOf ?? primary?.id) === task.startedBy;
}
