// Fail early: tasks that stop again and again for the same reason will not come up by waiting.
import { crashLoopFactor, type Cause } from '../causes/cause.ts';
import { exitMeaning, wasToldToStop } from '../causes/exit-codes.ts';
import type { TaskCause } from '../causes/task-cause.ts';
import type { DeploymentSnapshot } from '../snapshot.ts';
import type { Verdict } from '../verdict.ts';
import { alike } from './alike.ts';
import { failAfter } from './fail-after.ts';
import type { JudgeInput } from './input.ts';
import { ourCounts, ourRevision, quoted, tasks } from './words.ts';

export function crashLoop(input: JudgeInput, ours: DeploymentSnapshot): Verdict | null {
  const needed = failAfter(input, ours.desired);
  // ECS sets the failures back when a task is healthy; with every task up this is a slow start, not a loop.
  const recovered =
    ours.desired > 0 && ours.running >= ours.desired && ours.pending === 0 && ours.failed === 0;
  for (const { first, count, since, definite } of alike(input)) {
    const factor = crashLoopFactor(first.cause);
    if (factor === null) continue;
    // A host that shuts down ends its tasks so, and the agent may not live to say it.
    const told = first.cause === 'crash-loop' && wasToldToStop(first.container?.exitCode) ? 2 : 1;
    const enough = Math.ceil(needed * factor * told);
    const ended =
      first.cause === 'load-balancer-health' ? 'were found unhealthy' : 'stopped for the same reason';
    // Those before the rollout last got further did not keep it from that: they weigh half.
    if (count < enough * 2 && (recovered || since < enough) && definite < needed) continue;
    return {
      kind: 'failed',
      reason: `${headOf(first.cause)}: ${tasks(count)} of ${ourRevision(input)} ${ended}, ${sayCause(first)}; ${ourCounts(input, ours)}.`,
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

/** Of a task that never ran nobody says that it crashed. */
function headOf(cause: Cause): string {
  if (ran.has(cause)) return 'Crash loop';
  return unhealthy.has(cause) ? 'Never healthy' : 'Cannot start';
}

const ran: ReadonlySet<Cause> = new Set<Cause>(['crash-loop', 'out-of-memory', 'exec-format']);
const unhealthy: ReadonlySet<Cause> = new Set<Cause>(['container-health', 'load-balancer-health']);

function sayCause({ cause, container, text }: TaskCause): string {
  const name = container ? `container ${container.name}` : 'a container';
  if (cause !== 'crash-loop') return quoted(text) || cause;
  const code = container?.exitCode;
  return code === undefined ? `${name} exited` : `${name} exited with code ${code} (${exitMeaning(code)})`;
}
