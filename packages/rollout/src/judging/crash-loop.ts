// Fail early: tasks that stop again and again for the same reason will not come up by waiting.
import { crashLoopFactor } from '../causes/cause.ts';
import { exitMeaning } from '../causes/exit-codes.ts';
import { taskCause } from '../causes/task-cause.ts';
import type { TaskCause } from '../causes/task-cause.ts';
import type { DeploymentSnapshot } from '../snapshot.ts';
import type { Verdict } from '../verdict.ts';
import { clockAhead, failAfter } from './fail-after.ts';
import type { JudgeInput } from './input.ts';
import { ourCounts, ourRevision, quoted, tasks } from './words.ts';

export function crashLoop(input: JudgeInput, ours: DeploymentSnapshot): Verdict | null {
  const needed = failAfter(input, ours.desired);
  // ECS sets the failures back when a task is healthy; with every task up this is a slow start, not a loop.
  const recovered =
    ours.desired > 0 && ours.running >= ours.desired && ours.pending === 0 && ours.failed === 0;
  for (const { first, count, since } of sameCauses(input)) {
    const factor = crashLoopFactor(first.cause);
    if (factor === null) continue;
    const enough = Math.ceil(needed * factor);
    // Those before the rollout last got further did not keep it from that: they weigh half.
    if (count < enough * 2 && (recovered || since < enough)) continue;
    return {
      kind: 'failed',
      reason: `Crash loop: ${tasks(count)} of ${ourRevision(input)} stopped for the same reason, ${sayCause(first)}; ${ourCounts(input, ours)}.`,
    };
  }
  return countedOnly(input, ours, needed);
}

/**
 * ECS counts failures and the stopped tasks cannot be read: its count has to do, at twice as many, because nothing tells what is
 * in it.
 */
function countedOnly(input: JudgeInput, ours: DeploymentSnapshot, needed: number): Verdict | null {
  if (input.stopped.length > 0 || ours.running > 0 || ours.desired === 0 || ours.failed < needed * 2)
    return null;
  return {
    kind: 'failed',
    reason: `Crash loop: ECS counts ${ours.failed} failed tasks of ${ourRevision(input)}, and none of its tasks can be read that would say why; ${ourCounts(input, ours)}.`,
  };
}

interface Alike {
  readonly first: TaskCause;
  count: number;
  /** Of them, those since the rollout last got further. */
  since: number;
}

/** Each cause with the number of its tasks, the most frequent first. */
function sameCauses(input: JudgeInput): readonly Alike[] {
  const { stopped, progressAt = -Infinity } = input;
  const progress = progressAt + clockAhead(input);
  const groups = new Map<string, Alike>();
  for (const task of new Map(stopped.map((one) => [one.arn, one])).values()) {
    const cause = taskCause(task);
    if (!cause) continue;
    const key = `${cause.cause} ${cause.container?.name ?? ''}`;
    const group = groups.get(key) ?? { first: cause, count: 0, since: 0 };
    group.count += 1;
    if ((task.stoppedAt ?? Infinity) > progress) group.since += 1;
    groups.set(key, group);
  }
  return [...groups.values()].toSorted((left, right) => right.count - left.count);
}

function sayCause({ cause, container, text }: TaskCause): string {
  const name = container ? `container ${container.name}` : 'a container';
  if (cause !== 'crash-loop') return quoted(text) || cause;
  const code = container?.exitCode;
  return code === undefined ? `${name} exited` : `${name} exited with code ${code} (${exitMeaning(code)})`;
}
