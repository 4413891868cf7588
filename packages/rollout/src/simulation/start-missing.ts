// Starting what is missing, as far as the ceiling, the pauses and the instances allow.
import { findDefinition } from './bounds.ts';
import type { Bounds } from './bounds.ts';
import { objectsOf, textOf } from './members.ts';
import { place } from './placement.ts';
import type { PlacementFailure } from './placement.ts';
import {
  complain,
  placementBeginning,
  placementText,
  resolved,
  stuck,
  taskList,
  tell,
} from './service-events.ts';
import type { DeploymentState, ServiceState } from './service-state.ts';
import { mayScaleUp } from './stages/advance.ts';
import { isAlive, isHealthy } from './task-health.ts';
import { needOf } from './task-need.ts';
import { startTask } from './task-start.ts';
import type { TaskState } from './task-state.ts';
import { primaryOf, tasksOf, wake } from './world.ts';
import type { World } from './world.ts';

/** `stopped` is the number of tasks that were stopped in this look. */
export function startMissing(world: World, service: ServiceState, bounds: Bounds, stopped: number): void {
  const primary = primaryOf(service);
  if (primary === undefined) return;
  const idle = primary.progress === 'FAILED' || !mayScaleUp(world, service);
  const need = idle ? 0 : missing(world, service, primary, bounds.desired);
  const started = start(world, service, primary, need, bounds);
  // Terminated tasks of the version that runs are replaced by the same version while the new one is not up
  // (AWS, November 2025: service availability during rolling deployments).
  for (const deployment of service.deployments) {
    if (deployment === primary || !deployment.everCompleted) continue;
    start(world, service, deployment, missing(world, service, deployment, deployment.keep), bounds);
  }
  if (need > 0 && started === 0 && stopped === 0) complainWhenStuck(world, service, bounds);
}

/** A task that ended by itself is replaced once it has STOPPED: until then it holds its port and memory. */
function missing(world: World, service: ServiceState, deployment: DeploymentState, wanted: number): number {
  const own = tasksOf(world, service).filter((task) => {
    if (task.startedBy !== deployment.id || task.lastStatus === 'STOPPED') return false;
    return isAlive(task) ? !task.leaving : task.failure === 'exit' || task.failure === 'start';
  });
  return Math.max(0, wanted - own.length);
}

function start(
  world: World,
  service: ServiceState,
  deployment: DeploymentState,
  need: number,
  bounds: Bounds,
): number {
  const alive = tasksOf(world, service).filter(isAlive);
  const count = Math.min(need, bounds.ceiling - alive.length);
  if (count <= 0) return 0;
  if (world.now < deployment.notBefore) {
    wake(world, service, deployment.notBefore - world.now);
    return 0;
  }
  const unhealthy = alive.filter(
    (task) => task.startedBy === deployment.id && task.failure === 'health',
  ).length;
  const started: TaskState[] = [];
  let failure: PlacementFailure | null = null;
  while (started.length < count && failure === null) {
    const task = startOne(world, service, deployment);
    if ('lack' in task) failure = task;
    else started.push(task);
  }
  if (started.length > 0) tellStarted(world, service, started, unhealthy);
  if (failure !== null) {
    complain(world, service, placementText(failure));
    wake(world, service, world.settings.pace.placementRetryMs);
  }
  return started.length;
}

function tellStarted(
  world: World,
  service: ServiceState,
  started: readonly TaskState[],
  unhealthy: number,
): void {
  service.steadyAt = null;
  service.settledAt = null;
  const replaced = Math.min(unhealthy, started.length);
  const why = replaced > 0 ? ` Amazon ECS replaced ${replaced} tasks due to an unhealthy status.` : '';
  tell(
    world,
    service,
    `has started ${started.length} tasks: ${taskList(started.map(({ id }) => id))}.${why}`,
  );
}

/** Or why no instance takes it. */
function startOne(
  world: World,
  service: ServiceState,
  deployment: DeploymentState,
): TaskState | PlacementFailure {
  const definition = findDefinition(world, deployment.taskDefinition);
  const cluster = world.state.clusters.get(service.cluster);
  if (definition === undefined || cluster === undefined) return { lack: 'no-instances' };
  const siblings = tasksOf(world, service).filter(isAlive);
  const common = {
    cluster: service.cluster,
    service: service.key,
    startedBy: deployment.id,
    group: `service:${service.name}`,
    launchType: service.launchType,
    definition,
    digests: deployment.digests,
    tags: tagsFor(service, definition.tags),
  };
  if (service.launchType !== 'EC2') {
    return startTask(world, { ...common, placed: null, zone: leastUsedZone(world, siblings) });
  }
  const constraints = objectsOf(service.attributes, 'placementConstraints');
  const distinct =
    service.schedulingStrategy === 'DAEMON' ||
    constraints.some((rule) => textOf(rule, 'type') === 'distinctInstance');
  const placed = place(world, cluster, needOf(definition.definition), {
    constraints,
    strategy: objectsOf(service.attributes, 'placementStrategy'),
    taken: new Set(distinct ? siblings.flatMap((task) => task.instance ?? []) : []),
    siblings,
  });
  if ('lack' in placed) return placed;
  resolved(service, placementBeginning);
  return startTask(world, { ...common, placed, zone: placed.instance.zone });
}

/** Tags go on to tasks as propagateTags says. */
function tagsFor(
  service: ServiceState,
  ofDefinition: Readonly<Record<string, string>>,
): Record<string, string> {
  const from = textOf(service.attributes, 'propagateTags');
  if (from === 'SERVICE') return { ...service.tags };
  return from === 'TASK_DEFINITION' ? { ...ofDefinition } : {};
}

function leastUsedZone(world: World, siblings: readonly TaskState[]): string {
  const used = (zone: string): number => siblings.filter((task) => task.zone === zone).length;
  const zones = [`${world.settings.region}a`, `${world.settings.region}b`] as const;
  return used(zones[1]) < used(zones[0]) ? zones[1] : zones[0];
}

/** Minimum and maximum leave no way: nothing may be stopped, nothing started, and nothing is under way. */
function complainWhenStuck(world: World, service: ServiceState, { ceiling, floor }: Bounds): void {
  const tasks = tasksOf(world, service).filter((task) => task.lastStatus !== 'STOPPED');
  const healthy = tasks.filter((task) => isHealthy(world, task)).length;
  if (healthy < tasks.length || tasks.length < ceiling || healthy > floor) return;
  complain(world, service, stuck);
}
