// What the parts of the simulation share: the state, the time, the settings and the queue of what happens next.
import type { EventQueue } from './event-queue.ts';
import type { Settings } from './options.ts';
import type { Scenario } from './scenario.ts';
import type { DeploymentState, ServiceState } from './service-state.ts';
import type { SimulationState } from './state.ts';
import type { TaskState, TaskStep, Timer } from './task-state.ts';

export interface World {
  state: SimulationState;
  now: number;
  scenario: Scenario;
  readonly settings: Settings;
  readonly queue: EventQueue;
}

/** The scheduler looks at the service after `delayMs` (default: its usual reaction), or sooner if that is due already. */
export function wake(world: World, service: ServiceState, delayMs = world.settings.pace.schedulerMs): void {
  const at = world.now + Math.max(0, delayMs);
  if (service.dueAt !== null && service.dueAt <= at) return;
  service.dueAt = at;
  world.queue.add({ at, kind: 'service', key: service.key });
}

export function wakeServiceOf(world: World, task: TaskState, delayMs?: number): void {
  const service = task.service === null ? undefined : world.state.services.get(task.service);
  if (service !== undefined) wake(world, service, delayMs);
}

/** Adds a timer to the task; `delayMs` from now. */
export function after(world: World, task: TaskState, delayMs: number, step: TaskStep, index?: number): void {
  const timer: Timer = {
    at: world.now + Math.max(0, delayMs),
    step,
    ...(index === undefined ? {} : { index }),
  };
  task.timers.push(timer);
  world.queue.add({ at: timer.at, kind: 'task', key: task.id });
}

export function primaryOf(service: ServiceState): DeploymentState | undefined {
  return service.deployments.find((deployment) => deployment.status === 'PRIMARY');
}

/** Tasks of the service in the order of their start, stopped ones too. */
export function tasksOf(world: World, service: ServiceState): TaskState[] {
  return [...world.state.tasks.values()].filter((task) => task.service === service.key);
}
