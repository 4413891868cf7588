// Fail early: tasks that stop again and again for the same reason will not come up by waiting.
import { crashLoopFactor } from '../causes/cause.ts';
import { exitMeaning } from '../causes/exit-codes.ts';
import { taskCause } from '../causes/task-cause.ts';
import type { TaskCause } from '../causes/task-cause.ts';
import type { DeploymentSnapshot } from '../snapshot.ts';
import type { Verdict } from '../verdict.ts';
import type { JudgeInput } from './input.ts';
import { ourCounts, ourRevision, quoted } from './words.ts';

export function crashLoop(input: JudgeInput, ours: DeploymentSnapshot): Verdict | null {
  const needed = input.settings?.crashLoopAfter ?? defaultLimit(ours.desired);
  // ECS sets the failures back when a task is healthy; with every task up this is a slow start, not a loop.
  const recovered =
    ours.desired > 0 && ours.running >= ours.desired && ours.pending === 0 && ours.failed === 0;
  for (const [first, count] of sameCauses(input)) {
    const factor = crashLoopFactor(first.cause);
    if (factor === null || count < needed * factor * (recovered ? 2 : 1)) continue;
    return {
      kind: 'failed',
      reason: `Crash loop: ${count} tasks of ${ourRevision(input)} stopped for the same reason, ${sayCause(first)}; ${ourCounts(input, ours)}.`,
    };
  }
  return null;
}

/** As ECS's own circuit breaker at its smallest; for many tasks a quarter of them, so that three unlucky ones of fifty prove nothing. */
function defaultLimit(desired: number): number {
  return Math.min(20, Math.max(3, Math.ceil(desired / 4)));
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
