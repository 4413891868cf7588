// The lifecycle of a task, step by step.
import { noteFailure, noteHealth } from './failures.ts';
import { checkTarget } from './targets.ts';
import { checkContainer, containerIntervalMs, graceMs } from './task-health.ts';
import type { TaskState, Timer } from './task-state.ts';
import { deprovision, exitContainer, failStart, sendTerm, setStatus } from './task-stop.ts';
import { after, wakeServiceOf } from './world.ts';
import type { World } from './world.ts';

/** Takes every step that is due. */
export function takeSteps(world: World, task: TaskState): void {
  for (;;) {
    const due = task.timers.findIndex((timer) => timer.at <= world.now);
    const timer = task.timers[due];
    if (timer === undefined) return;
    task.timers.splice(due, 1);
    takeStep(world, task, timer);
    noteHealth(world, task);
  }
}

function takeStep(world: World, task: TaskState, { step, index = 0 }: Timer): void {
  switch (step) {
    case 'pending':
      return pull(world, task);
    case 'activating':
      return activate(world, task);
    case 'running':
      return run(world, task);
    case 'pull-failed':
    case 'start-failed':
      return failStart(world, task, index);
    case 'exit':
      return exitContainer(world, task, index);
    case 'health':
      return checkContainer(world, task, index);
    case 'check':
      return checkTarget(world, task, index);
    case 'look':
      return wakeServiceOf(world, task);
    case 'stopping':
      return sendTerm(world, task);
    case 'exited':
      return deprovision(world, task);
    case 'stopped':
      return stopped(world, task);
    case 'forget':
      world.state.tasks.delete(task.id);
  }
}

function pull(world: World, task: TaskState): void {
  setStatus(task, 'PENDING');
  task.pullStartedAt = world.now;
  const { pullMs, pullRetryMs } = world.settings.pace;
  const bad = task.containers.findIndex(({ outcome }) => outcome.kind === 'cannot-pull');
  if (bad >= 0) return after(world, task, pullRetryMs, 'pull-failed', bad);
  const times = task.containers.map(({ outcome }) =>
    outcome.kind === 'runs' ? (outcome.startMs ?? pullMs) : pullMs,
  );
  return after(world, task, Math.max(...times, 0), 'activating');
}

function activate(world: World, task: TaskState): void {
  setStatus(task, 'ACTIVATING');
  task.pullStoppedAt = world.now;
  const { activatingMs } = world.settings.pace;
  const bad = task.containers.findIndex(({ outcome }) => outcome.kind === 'cannot-start');
  if (bad >= 0) return after(world, task, activatingMs, 'start-failed', bad);
  return after(world, task, activatingMs, 'running');
}

function run(world: World, task: TaskState): void {
  setStatus(task, 'RUNNING');
  task.startedAt = world.now;
  task.containers.forEach((container, index) => {
    container.lastStatus = 'RUNNING';
    if (container.outcome.kind === 'exits') after(world, task, container.outcome.afterMs, 'exit', index);
    if (container.healthCheck !== null)
      after(world, task, containerIntervalMs(world, task, index), 'health', index);
  });
  after(world, task, world.settings.pace.healthyWaitMs, 'look');
  const grace = graceMs(world, task);
  if (grace > 0) after(world, task, grace, 'look');
  wakeServiceOf(world, task);
}

function stopped(world: World, task: TaskState): void {
  setStatus(task, 'STOPPED');
  task.stoppedAt = world.now;
  if (task.failure === 'start' || task.failure === 'exit') noteFailure(world, task);
  after(world, task, world.settings.pace.stoppedTaskMs, 'forget');
  wakeServiceOf(world, task);
}
