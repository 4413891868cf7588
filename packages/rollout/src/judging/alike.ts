// The failed tasks of our deployment by what ended them.
import { wasToldToStop } from '../causes/exit-codes.ts';
import { taskCause, type TaskCause } from '../causes/task-cause.ts';
import { condemned } from './condemned.ts';
import { clockAhead } from './fail-after.ts';
import type { JudgeInput } from './input.ts';

export interface Alike {
  readonly first: TaskCause;
  count: number;
  /** Of them, those since the rollout last got further. */
  since: number;
  /** Of them, those whose health check is answered with a status that no slow start gives. */
  definite: number;
}

/** Each cause with the number of its tasks, the most frequent first. */
export function alike(input: JudgeInput): readonly Alike[] {
  const { stopped, progressAt = -Infinity } = input;
  const progress = progressAt + clockAhead(input);
  const groups = new Map<string, Alike>();
  const unhealthy = new Map(condemned(input).map((one) => [one.id, one]));
  const add = (cause: TaskCause, at: number | undefined, isDefinite: boolean): void => {
    const key = keyOf(cause);
    const group = groups.get(key) ?? { first: cause, count: 0, since: 0, definite: 0 };
    group.count += 1;
    if ((at ?? Infinity) > progress) group.since += 1;
    if (isDefinite) group.definite += 1;
    groups.set(key, group);
  };
  for (const task of new Map(stopped.map((one) => [one.arn, one])).values()) {
    const id = task.arn.slice(task.arn.lastIndexOf('/') + 1);
    const found = unhealthy.get(id);
    unhealthy.delete(id);
    const cause = taskCause(task);
    // The event names what the check got, the task does not.
    const told = cause?.cause === 'load-balancer-health' && found ? { ...cause, text: found.text } : cause;
    if (told) add(told, task.stoppedAt, found?.isDefinite === true);
  }
  for (const { text, at, isDefinite } of unhealthy.values())
    add({ cause: 'load-balancer-health', text }, at, isDefinite);
  return [...groups.values()].toSorted((left, right) => right.count - left.count);
}

/** A load balancer looks at tasks, whichever of their containers answers; who was told to stop did not crash. */
function keyOf({ cause, container }: TaskCause): string {
  if (cause === 'load-balancer-health') return cause;
  return `${cause} ${wasToldToStop(container?.exitCode) ? 'told' : ''} ${container?.name ?? ''}`;
}
