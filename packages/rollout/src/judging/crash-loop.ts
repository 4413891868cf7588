// Fail early: tasks that stop again and again for the same reason will not come up by waiting.
import { crashLoopFactor } from '../causes/cause.ts';
import { exitMeaning } from '../causes/exit-codes.ts';
import { taskCause } from '../causes/task-cause.ts';
import type { TaskCause } from '../causes/task-cause.ts';
import type { DeploymentSnapshot } from '../snapshot.ts';
import type { Verdict } from '../verdict.ts';
import { failAfter } from './fail-after.ts';
import type { JudgeInput } from './input.ts';
import { ourCounts, ourRevision, quoted, tasks } from './words.ts';

export function crashLoop(input: JudgeInput, ours: DeploymentSnapshot): Verdict | null {
  const needed = failAfter(input, ours.desired);
  // ECS sets the failures back when a task is healthy; with every task up this is a slow start, not a loop.
  const recovered =
    ours.desired > 0 && ours.running >= ours.desired && ours.pending === 0 && ours.failed === 0;
  for (const [first, count] of sameCauses(input)) {
    const factor = crashLoopFactor(first.cause);
    if (factor === null || count < Math.ceil(needed * factor * (recovered ? 2 : 1))) continue;
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

/** Each cause with the number of its tasks, the most frequent first. */
function sameCauses({ stopped }: JudgeInput): readonly (readonly [TaskCause, number])[] {
  const groups = new Map<string, [TaskCause, number]>();
  for (const task of new Map(stopped.map((one) => [one.arn, one])).values()) {
    const cause = taskCause(task);
    if (!cause) continue;
    const key = `${cause.cause} ${cause.container?.name ?? ''}`;
    const group = groups.get(key);
    if (group) group[1] += 1;
    else groups.set(key, [cause, 1]);
  }
  return [...groups.values()].toSorted((left, right) => right[1] - left[1]);
}

function sayCause({ cause, container, text }: TaskCause): string {
  const name = container ? `container ${container.name}` : 'a container';
  if (cause !== 'crash-loop') return quoted(text) || cause;
  const code = container?.exitCode;
  return code === undefined ? `${name} exited` : `${name} exited with code ${code} (${exitMeaning(code)})`;
}
