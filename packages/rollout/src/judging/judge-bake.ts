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
import { enough } from './steady.ts';
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
  const listed = deployment === null ? primary : deploymentOf(snapshot, deployment);
  if (primary && listed !== primary) return replaced(input, listed, primary);
  const ours = primary;
  const wrong = whatIsWrong(input, ours);
  const after = `${duration(now - steadyAt)} after it was steady`;
  if (wrong !== null) {
    const { text, alarms } = wrong;
    const reason = `${ourRevision(input)} does not hold: ${after} ${text}.`;
    return { kind: 'failed', reason, ...(alarms && { alarms }) };
  }
  const left = steadyAt + bakeMs - now;
  if (left > 0) return null;
  if (!ours) return -left < patienceMs ? null : { kind: 'unknown', reason: noDeployment(after) };
  const counts = ourCounts(input, ours);
  if (ours.running >= enough(snapshot, ours.desired)) {
    return {
      kind: 'steady',
      reason: `${counts}; it was watched for ${duration(bakeMs)} more: ${whatHeld(input)}.`,
    };
  }
  if (-left < patienceMs) return null;
  return { kind: 'failed', reason: `${ourRevision(input)} does not hold: ${after} only ${counts}.` };
}

type Wrong = Pick<Verdict, 'alarms'> & { readonly text: string };

function whatIsWrong(input: BakeInput, ours: DeploymentSnapshot | undefined): Wrong | null {
  if (ours?.rolloutState === 'FAILED')
    return { text: `ECS calls the deployment FAILED${why(ours.rolloutStateReason)}` };
  const crash = input.stopped.map((task) => crashOf(input, task)).find((text) => text !== null);
  if (crash) return { text: crash };
  const ringing = input.alarms.filter(({ state }) => state === 'ALARM');
  const [alarm] = ringing;
  if (alarm) return { text: `the alarm ${alarm.name} rings${why(alarm.reason)}`, alarms: ringing };
  const target = sickTarget(input, ours);
  return target === null ? null : { text: target };
}

function sickTarget({ snapshot }: BakeInput, ours: DeploymentSnapshot | undefined): string | null {
  for (const { id, targets } of snapshot.targets ?? []) {
    const bad = targets.find(({ state }) => state === 'unhealthy');
    // Somebody else's target, registered by hand or by another service, is no fault of ours while ours all have a healthy one.
    const healthy = targets.filter(({ state }) => state === 'healthy').length;
    if (bad && healthy < Math.max(1, ours?.running ?? 0))
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

function noDeployment(after: string): string {
  return `It was steady, but ${after} ECS lists no deployment of the service any more.`;
}

function whatHeld({ snapshot, alarms }: BakeInput): string {
  const targets = (snapshot.targets ?? []).flatMap((group) => group.targets);
  const parts = ['no task failed'];
  if (targets.length > 0 && targets.every(({ state }) => state !== 'unhealthy'))
    parts.push('no target was unhealthy');
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
