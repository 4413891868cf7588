// The watch after steady: whatever goes wrong with a task, a target or an alarm meanwhile is a failure of the release.
import type { AlarmSnapshot } from '../alarm-port.ts';
import { exitMeaning } from '../causes/exit-codes.ts';
import { taskCause } from '../causes/task-cause.ts';
import { deploymentOf, primaryOf } from '../deployments.ts';
import type { DeploymentSnapshot, TaskSnapshot } from '../snapshot.ts';
import type { Verdict } from '../verdict.ts';
import type { JudgeInput } from './input.ts';
import { replaced } from './replaced.ts';
import { serviceGone } from './service-gone.ts';
import { duration, ourCounts, ourRevision, quoted } from './words.ts';

export interface BakeInput extends JudgeInput {
  /** When the rollout was steady, by our clock; the bake ends `bakeMs` later. */
  readonly steadyAt: number;
  readonly bakeMs: number;
  /** ARNs of tasks that had stopped by then. */
  readonly stoppedBefore: ReadonlySet<string>;
  /** Those that rang before the rollout are not among them. */
  readonly alarms: readonly AlarmSnapshot[];
}

/** A task that is replaced when the time is up (a Spot interruption, a scale-out) gets so long to be there again. */
const patienceMs = 5 * 60_000;

/** Null: go on watching. */
export function judgeBake(input: BakeInput): Verdict | null {
  const { snapshot, deployment, now, steadyAt, bakeMs } = input;
  const gone = serviceGone(input);
  if (gone) return gone;
  const primary = primaryOf(snapshot);
  const ours = deployment === null ? primary : deploymentOf(snapshot, deployment);
  if (deployment !== null && (!ours || ours !== primary)) return replaced(input, ours, primary);
  const wrong = whatIsWrong(input, ours);
  const after = `${duration(now - steadyAt)} after it was steady`;
  if (wrong !== null)
    return { kind: 'failed', reason: `${ourRevision(input)} does not hold: ${after} ${wrong}.` };
  const left = steadyAt + bakeMs - now;
  if (!ours || left > 0) return null;
  const counts = ourCounts(input, ours);
  if (ours.running >= ours.desired) {
    return {
      kind: 'steady',
      reason: `${counts}; it was watched for ${duration(bakeMs)} more: ${whatHeld(input)}.`,
    };
  }
  if (-left < patienceMs) return null;
  return { kind: 'failed', reason: `${ourRevision(input)} does not hold: ${after} only ${counts}.` };
}

function whatIsWrong(input: BakeInput, ours: DeploymentSnapshot | undefined): string | null {
  const { snapshot, alarms } = input;
  if (ours?.rolloutState === 'FAILED')
    return `ECS calls the deployment FAILED${why(ours.rolloutStateReason)}`;
  const crash = input.stopped.map((task) => crashOf(input, task)).find((text) => text !== null);
  if (crash) return crash;
  const alarm = alarms.find(({ state }) => state === 'ALARM');
  if (alarm) return `the alarm ${alarm.name} rings${why(alarm.reason)}`;
  for (const { id, targets } of snapshot.targets ?? []) {
    const bad = targets.find(({ state }) => state === 'unhealthy');
    if (bad)
      return `the target ${bad.id} of ${shortId(id)} is unhealthy${why(bad.description ?? bad.reason)}`;
  }
  return null;
}

/** One task that ends by its own fault is enough: it was up and healthy before. */
function crashOf({ stoppedBefore }: BakeInput, task: TaskSnapshot): string | null {
  if (stoppedBefore.has(task.arn)) return null;
  const found = taskCause(task);
  if (!found || found.cause === 'interrupted') return null;
  const code = found.container?.exitCode;
  const name = found.container ? `container ${found.container.name}` : 'a container';
  if (found.cause === 'crash-loop' && code !== undefined)
    return `${name} exited with code ${code} (${exitMeaning(code)})`;
  return `a task stopped: ${quoted(found.text) || found.cause}`;
}

function whatHeld({ snapshot, alarms }: BakeInput): string {
  const count = (snapshot.targets ?? []).reduce((sum, { targets }) => sum + targets.length, 0);
  const parts = ['no task failed'];
  if (count > 0) parts.push('no target was unhealthy');
  if (alarms.length > 0) parts.push(`no alarm rang (${alarms.map(({ name }) => name).join(', ')})`);
  return parts.join(', ');
}

function why(text: string | undefined): string {
  return text ? `: ${quoted(text)}` : '';
}

/** `targetgroup/web/0123` of an ARN. */
function shortId(id: string): string {
  return id.startsWith('arn:') ? (id.split(':').at(-1) ?? id) : id;
}
