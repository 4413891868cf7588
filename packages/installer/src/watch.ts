// Watch: one poll loop for all services of a run. Only the port talks to ECS; the verdict is a pure function of snapshots.
import {
  isEcsError,
  judge,
  nextPollDelay,
  ownStoppedTasks,
  type Clock,
  type DeploymentSnapshot,
  type EcsError,
  type EcsPort,
  type ServiceSnapshot,
  type TaskSnapshot,
  type Verdict,
} from '@bamboo-ecs/rollout';
import { FailureWatch } from './failure-watch.ts';
import { enrich, type Look } from './looks.ts';

export interface Target {
  readonly cluster: string;
  readonly service: string;
  readonly deployment: string | null;
  readonly taskDefinition: string;
  readonly adopted: boolean;
  /** When the deployment began, by our clock (adopted: by ECS's). */
  readonly startedAt: number;
  readonly deadline: number;
  /** PRIMARY before ours, to tell a roll-back by ECS from somebody else's deployment. */
  readonly primaryBefore?: string;
  /** For the sentences: `1.0.15.RELEASE`. */
  readonly version?: string;
}

export interface Watched {
  readonly target: Target;
  readonly verdict: Verdict;
  /** The last one seen; null when ECS never answered. */
  readonly snapshot: ServiceSnapshot | null;
  readonly stopped: readonly TaskSnapshot[];
  /** What to do, where AWS said why it does not answer. */
  readonly hint?: string;
}

export interface WatchPorts {
  readonly ecs: EcsPort;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onSnapshot: (target: Target, snapshot: ServiceSnapshot) => void;
  readonly onTrouble: (message: string) => void;
  /** What else is looked at in each poll, besides DescribeServices. */
  readonly looks?: readonly Look[];
}

interface Watching {
  readonly target: Target;
  snapshot: ServiceSnapshot | null;
  stopped: readonly TaskSnapshot[];
  readonly failures: FailureWatch;
  /** When ECS created our deployment, by its clock, as first seen. */
  createdAt: number | undefined;
  verdict: Verdict | null;
  hint?: string;
}

/** A hundred to a pair of calls. Some servers begin with those of earlier rollouts, which stay listed for an hour. */
const stoppedLimit = 400;
/** AWS may fail to answer for this long before the outcome is called unknown. */
const silenceLimitMs = 120_000;

/** Polls until each target has a verdict. Returns without one for those still open when `signal` aborts. */
export async function watch(ports: WatchPorts, targets: readonly Target[]): Promise<readonly Watched[]> {
  const all = targets.map((target): Watching => ({
    target,
    snapshot: null,
    stopped: [],
    failures: new FailureWatch(),
    createdAt: undefined,
    verdict: null,
  }));
  const startedAt = ports.clock.now();
  let throttled = 0;
  let silentSince: number | null = null;
  for (;;) {
    const open = all.filter((one) => one.verdict === null);
    if (open.length === 0 || ports.signal.aborted) break;
    const now = ports.clock.now();
    const nearest = Math.min(...open.map((one) => one.target.deadline)) - now;
    const delay = nextPollDelay(now - startedAt, { throttled });
    await ports.clock.sleep(nearest > 0 ? Math.min(delay, nearest) : delay, ports.signal);
    if (ports.signal.aborted) break;
    try {
      await poll(ports, open);
      throttled = 0;
      silentSince = null;
    } catch (error) {
      if (!isEcsError(error)) throw error;
      const at = ports.clock.now();
      silentSince ??= at;
      if (error.kind === 'throttled') throttled += 1;
      const hopeless =
        error.kind === 'access-denied' || error.kind === 'credentials' || at - silentSince >= silenceLimitMs;
      ports.onTrouble(`ECS could not be asked: ${error.message}`);
      if (hopeless) for (const one of open) giveUp(one, error);
    }
  }
  return all.map(({ target, snapshot, stopped, verdict, hint }) => ({
    target,
    snapshot,
    stopped,
    verdict: verdict ?? { kind: 'unknown', reason: 'The watch was stopped.' },
    ...(hint === undefined ? {} : { hint }),
  }));
}

/** A poll that reached some clusters has given their services a verdict, perhaps: that stays. */
function giveUp(one: Watching, error: EcsError): void {
  one.verdict ??= { kind: 'unknown', reason: `AWS could not be asked any more: ${error.message}.` };
  if (error.hint !== undefined) one.hint = error.hint;
}

async function poll(ports: WatchPorts, open: readonly Watching[]): Promise<void> {
  const clusters = new Map<string, Watching[]>();
  for (const one of open)
    clusters.set(one.target.cluster, [...(clusters.get(one.target.cluster) ?? []), one]);
  for (const [cluster, group] of clusters) {
    const snapshots = await ports.ecs.describeServices(
      cluster,
      group.map((one) => one.target.service),
    );
    const enriched = await Promise.all(
      group.map(async (one, index) => {
        const snapshot = snapshots[index];
        return snapshot && enrich(ports.looks ?? [], one.target, snapshot, news(ports, one));
      }),
    );
    for (const [index, one] of group.entries()) {
      const snapshot = enriched[index];
      if (!snapshot) continue;
      one.snapshot = snapshot;
      ports.onSnapshot(one.target, snapshot);
      const ours = oursIn(one, snapshot);
      one.createdAt ??= one.target.deployment === null ? undefined : ours?.createdAt;
      // By ECS's clock where it is known: ours may be minutes off.
      const { adopted, startedAt } = one.target;
      const since = adopted ? startedAt : (one.createdAt ?? startedAt);
      if (one.failures.mayHaveFailed(snapshot, ours, since)) one.stopped = await stoppedTasks(ports, one);
      one.verdict = judge({
        snapshot,
        deployment: one.target.deployment,
        taskDefinition: one.target.taskDefinition,
        startedAt: one.target.startedAt,
        deadline: one.target.deadline,
        now: ports.clock.now(),
        stopped: one.stopped,
        adopted: one.target.adopted,
        ...(one.createdAt === undefined ? {} : { createdAt: one.createdAt }),
        ...(one.target.version === undefined ? {} : { version: one.target.version }),
        ...(one.target.primaryBefore === undefined ? {} : { primaryBefore: one.target.primaryBefore }),
      });
    }
  }
}

/** Tells of one trouble once. */
function news(ports: WatchPorts, { failures }: Watching): (text: string) => void {
  return (text) => {
    if (failures.isNews(text)) ports.onTrouble(text);
  };
}

function oursIn({ target }: Watching, { deployments }: ServiceSnapshot): DeploymentSnapshot | undefined {
  return target.deployment === null
    ? deployments.find(({ status }) => status === 'PRIMARY')
    : deployments.find(({ id }) => id === target.deployment);
}

/** Those known so far when they cannot be read: the counts and the time go on to be judged. */
async function stoppedTasks(ports: WatchPorts, one: Watching): Promise<readonly TaskSnapshot[]> {
  const { cluster, service } = one.target;
  try {
    const tasks = await ports.ecs.listTasks(cluster, service, 'STOPPED', stoppedLimit);
    const known = new Map(one.stopped.map((task) => [task.arn, task]));
    for (const task of ownStoppedTasks(tasks, one.target)) known.set(task.arn, task);
    return [...known.values()];
  } catch (error) {
    if (!isEcsError(error)) throw error;
    if (error.hint !== undefined) one.hint = error.hint;
    const text = `Stopped tasks could not be read, so a crash loop is only seen by its time-out: ${error.message}.${error.hint ? ` ${error.hint}` : ''}`;
    if (one.failures.isNews(text)) ports.onTrouble(text);
    return one.stopped;
  }
}
