// Whose last words are worth a call: a few tasks for each cause, and of them the containers that ran.
import type { Cause } from '../causes/cause.ts';
import { taskCause } from '../causes/task-cause.ts';
import type { ContainerSnapshot, TaskSnapshot } from '../snapshot.ts';

export interface TailTarget {
  readonly container: string;
  /** ARN of the task. */
  readonly task: string;
  readonly runtimeId?: string;
}

/** With these a program ran; with all others no container came so far as to say something. */
const ran: ReadonlySet<Cause> = new Set([
  'crash-loop',
  'out-of-memory',
  'exec-format',
  'container-health',
  'load-balancer-health',
]);
/** The first, which is seen while its log is surely there, and the latest. */
const perCause = 2;
const most = 6;

/** Of stopped tasks, oldest first. */
export function tailTargets(stopped: readonly TaskSnapshot[]): readonly TailTarget[] {
  const groups = new Map<string, TailTarget[]>();
  for (const task of stopped) {
    const why = taskCause(task);
    if (why === null || !ran.has(why.cause)) continue;
    for (const container of why.container ? [why.container] : suspects(task)) {
      const key = `${why.cause} ${container.name}`;
      groups.set(key, [...(groups.get(key) ?? []), targetOf(task, container)]);
    }
  }
  return [...groups.values()].flatMap(firstAndLast).slice(0, most);
}

/** Of tasks that run and never get healthy: those of the newest. */
export function runningTargets(running: readonly TaskSnapshot[]): readonly TailTarget[] {
  const newest = running.toSorted((left, right) => (right.createdAt ?? 0) - (left.createdAt ?? 0));
  return newest.slice(0, 1).flatMap((task) => suspects(task).map((container) => targetOf(task, container)));
}

/** Where nothing says which: those that ended badly, else all. */
function suspects({ containers }: TaskSnapshot): readonly ContainerSnapshot[] {
  const bad = containers.filter(
    ({ exitCode, healthStatus }) => (exitCode ?? 0) !== 0 || healthStatus === 'UNHEALTHY',
  );
  return (bad.length > 0 ? bad : containers).slice(0, perCause);
}

function targetOf(task: TaskSnapshot, { name, runtimeId }: ContainerSnapshot): TailTarget {
  return { container: name, task: task.arn, ...(runtimeId === undefined ? {} : { runtimeId }) };
}

function firstAndLast(targets: readonly TailTarget[]): readonly TailTarget[] {
  const [first] = targets;
  const last = targets.at(-1);
  return first && last && first !== last ? [first, last] : targets.slice(0, 1);
}
