// What the stopped tasks, the events and the deployment say, weighed against each other.
import { crashLoopFactor } from '../causes/cause.ts';
import type { Cause } from '../causes/cause.ts';
import { causeOf } from '../causes/patterns.ts';
import { taskCause } from '../causes/task-cause.ts';
import type {
  ContainerSnapshot,
  DeploymentSnapshot,
  ServiceEventSnapshot,
  TaskSnapshot,
} from '../snapshot.ts';

export interface Finding {
  readonly cause: Cause;
  readonly weight: number;
  /** Stopped tasks that show it. */
  readonly count: number;
  readonly container: ContainerSnapshot | undefined;
  /** ARN of the last task that shows it. */
  readonly task: string | undefined;
  readonly text: string;
}

/** Say what happens, not why: they count only when nothing else is said. */
const vague: ReadonlySet<Cause> = new Set([
  'no-placement',
  'throttled',
  'interrupted',
  'resource-initialization',
]);

export function isVague(cause: Cause): boolean {
  return vague.has(cause);
}

/** Heaviest first. */
export function findings(
  stopped: readonly TaskSnapshot[],
  events: readonly ServiceEventSnapshot[],
  ours: DeploymentSnapshot | undefined,
): readonly Finding[] {
  const found = new Map<Cause, Finding>();
  for (const task of stopped) {
    const why = taskCause(task);
    if (!why) continue;
    add(found, {
      ...why,
      weight: taskWeight(why.cause),
      count: 1,
      container: why.container,
      task: task.arn,
    });
  }
  // ECS tells a message once while its cause lasts, so the number of events says nothing: each cause once.
  const told = new Map(events.flatMap(({ message }) => withCause(message)));
  for (const [cause, text] of told)
    add(found, { cause, text, weight: eventWeight(cause), count: 0, container: undefined, task: undefined });
  for (const [cause, text] of withCause(ours?.rolloutStateReason ?? '')) {
    add(found, { cause, text, weight: eventWeight(cause), count: 0, container: undefined, task: undefined });
  }
  return [...found.values()].toSorted((left, right) => right.weight - left.weight);
}

function withCause(text: string): (readonly [Cause, string])[] {
  const cause = causeOf(text);
  return cause ? [[cause, text]] : [];
}

function add(found: Map<Cause, Finding>, finding: Finding): void {
  const before = found.get(finding.cause);
  if (!before) {
    found.set(finding.cause, finding);
    return;
  }
  found.set(finding.cause, {
    ...before,
    weight: before.weight + finding.weight,
    count: before.count + finding.count,
    container: finding.container ?? before.container,
    task: finding.task ?? before.task,
    // The event names the target group and the codes; the task only says that it failed.
    text: finding.text.length > before.text.length ? finding.text : before.text,
  });
}

/** A task that stopped is a fact; one alone may be unlucky, so a message of the scheduler outweighs one but not two. */
function taskWeight(cause: Cause): number {
  if (vague.has(cause)) return 0.5;
  return crashLoopFactor(cause) === 1 ? 2 : 1.5;
}

function eventWeight(cause: Cause): number {
  return vague.has(cause) ? 0.4 : 3;
}
