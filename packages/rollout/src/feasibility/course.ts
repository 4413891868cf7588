// One rollout from its beginning to its end, or to where nothing moves any more.
import type { ForecastStep } from '../forecast.ts';
import { isAlive, isHealthy } from '../simulation/task-health.ts';
import type { TaskState } from '../simulation/task-state.ts';
import { primaryOf, tasksOf } from '../simulation/world.ts';
import { stageOf } from './stage.ts';
import type { Stage } from './stage.ts';
import { sayStep } from './say-step.ts';
import type { Scene } from './scene.ts';

export interface Course {
  /** `endless`: it moved for so long that it was given up. */
  readonly outcome: 'finishes' | 'stuck' | 'endless';
  readonly steps: readonly ForecastStep[];
  /** How many times new tasks were started, one lot after the other. */
  readonly waves: number;
  /** The fewest tasks that counted as healthy at any moment. */
  readonly lowest: number;
  /** Tasks that run, whatever their health. */
  readonly running: { readonly lowest: number; readonly highest: number };
  /** From the update to the last old task gone and COMPLETED, milliseconds. */
  readonly ms: number;
  /** How much was simulated. */
  readonly events: number;
  /** The stage as it stood at the end, to ask why. */
  readonly stage: Stage;
}

/** What a rollout may take: some for the waiting, and more for each task. */
const mostEvents = 2000;
const mostEventsPerTask = 100;

interface Watch {
  alive: ReadonlySet<string>;
  signature: string;
  changedAt: number;
  lowest: number;
  running: { lowest: number; highest: number };
  waves: number;
  readonly steps: ForecastStep[];
  /** Of the instances, by ARN. */
  readonly names: ReadonlyMap<string, string>;
}

/** Throws EcsSimulationError for what ECS itself would refuse. */
export function courseOf(scene: Scene): Course {
  const stage = stageOf(scene);
  const { simulation, pace } = stage;
  const startedAt = simulation.now;
  // Everything that waits in ECS is over after this long.
  const quietMs = 3 * (pace.placementRetryMs + pace.schedulerMs) + pace.healthyWaitMs;
  const watch = beginning(stage, scene);
  const most = mostEvents + mostEventsPerTask * Math.max(scene.desired, scene.seats.length);
  let outcome: Course['outcome'] = 'endless';
  let events = 0;
  for (; events < most; events += 1) {
    const at = simulation.nextEventAt();
    if (at === null || (isAtRest(stage) && at - watch.changedAt > quietMs)) {
      outcome = isOver(stage) ? 'finishes' : 'stuck';
      break;
    }
    simulation.advanceTo(at);
    observe(stage, watch);
    if (isOver(stage)) {
      outcome = 'finishes';
      break;
    }
  }
  const { steps, waves, lowest, running } = watch;
  return { outcome, steps, waves, lowest, running, ms: simulation.now - startedAt, events, stage };
}

function beginning(stage: Stage, scene: Scene): Watch {
  const tasks = tasksOf(stage.simulation.world, stage.service);
  const count = scene.seats.length;
  return {
    alive: new Set(tasks.filter(isAlive).map(({ id }) => id)),
    signature: '',
    changedAt: stage.simulation.now,
    lowest: count,
    running: { lowest: count, highest: count },
    waves: 0,
    steps: [],
    names: new Map((scene.instances ?? []).map(({ arn, name }) => [arn, name])),
  };
}

function observe(stage: Stage, watch: Watch): void {
  const { world } = stage.simulation;
  const tasks = tasksOf(world, stage.service);
  const signature = tasks.map(({ id, lastStatus, desiredStatus }) => id + lastStatus + desiredStatus).join();
  if (signature === watch.signature) return;
  watch.signature = signature;
  watch.changedAt = world.now;
  const healthy = tasks.filter((task) => isHealthy(world, task));
  watch.lowest = Math.min(watch.lowest, healthy.length);
  const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length;
  watch.running = {
    lowest: Math.min(watch.running.lowest, running),
    highest: Math.max(watch.running.highest, running),
  };
  addSteps(stage, watch, tasks, healthy);
}

function addSteps(
  stage: Stage,
  watch: Watch,
  tasks: readonly TaskState[],
  healthy: readonly TaskState[],
): void {
  const alive = tasks.filter(isAlive);
  const own = primaryOf(stage.service)?.id;
  const started = alive.filter(({ id }) => !watch.alive.has(id));
  const stopped = tasks.filter((task) => watch.alive.has(task.id) && !isAlive(task));
  const newRunning = healthy.filter(({ startedBy }) => startedBy === own).length;
  const counts = { newRunning, oldRunning: healthy.length - newRunning };
  const add = (verb: 'start' | 'stop', changed: readonly TaskState[]): void => {
    for (const which of ['old', 'new'] as const) {
      const some = changed.filter(({ startedBy }) => (startedBy === own) === (which === 'new'));
      if (some.length > 0) watch.steps.push({ text: sayStep(verb, which, some, watch.names), ...counts });
    }
  };
  add('stop', stopped);
  add('start', started);
  if (started.some(({ startedBy }) => startedBy === own)) watch.waves += 1;
  watch.alive = new Set(alive.map(({ id }) => id));
}

/** Every task runs and is healthy: nothing is under way. */
function isAtRest({ simulation: { world }, service }: Stage): boolean {
  return tasksOf(world, service).every(
    (task) => task.lastStatus === 'STOPPED' || (isAlive(task) && isHealthy(world, task)),
  );
}

function isOver({ simulation: { world }, service }: Stage): boolean {
  const primary = primaryOf(service);
  if (service.deployments.length !== 1 || primary?.progress !== 'COMPLETED') return false;
  return tasksOf(world, service).every((task) => isAlive(task) || task.lastStatus === 'STOPPED');
}
