// Watch: one poll loop for all services of a run. Only the port talks to ECS; the verdict is a pure function of snapshots.
import {
  isEcsError,
  judge,
  nextPollDelay,
  ownStoppedTasks,
  type Clock,
  type EcsPort,
  type ServiceSnapshot,
  type TaskSnapshot,
  type Verdict,
} from '@bamboo-ecs/rollout';

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
}

export interface WatchPorts {
  readonly ecs: EcsPort;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onSnapshot: (target: Target, snapshot: ServiceSnapshot) => void;
  readonly onTrouble: (message: string) => void;
}

interface Watching {
  readonly target: Target;
  snapshot: ServiceSnapshot | null;
  stopped: readonly TaskSnapshot[];
  failedSeen: number;
  /** When ECS created our deployment, by its clock, as first seen. */
  createdAt: number | undefined;
  readonly eventsSeen: Set<string>;
  verdict: Verdict | null;
}

/** Stopped tasks fetched for the early verdict, at most; the diagnosis asks for more. */
const stoppedLimit = 20;
/** AWS may fail to answer for this long before the outcome is called unknown. */
const silenceLimitMs = 120_000;

/** Polls until each target has a verdict. Returns without one for those still open when `signal` aborts. */
export async function watch(ports: WatchPorts, targets: readonly Target[]): Promise<readonly Watched[]> {
  const all = targets.map((target): Watching => ({
    target,
    snapshot: null,
    stopped: [],
    failedSeen: 0,
    createdAt: undefined,
    eventsSeen: new Set(),
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
      ports.onTrouble(error.message);
      if (hopeless)
        for (const one of open)
          one.verdict = { kind: 'unknown', reason: `AWS could not be asked any more: ${error.message}` };
    }
  }
  return all.map(({ target, snapshot, stopped, verdict }) => ({
    target,
    snapshot,
    stopped,
    verdict: verdict ?? { kind: 'unknown', reason: 'stopped while watching' },
  }));
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
    for (const [index, one] of group.entries()) {
      const snapshot = snapshots[index];
      if (!snapshot) continue;
      one.snapshot = snapshot;
      ports.onSnapshot(one.target, snapshot);
      if (somethingFailed(one, snapshot)) one.stopped = await stoppedTasks(ports, one);
      one.createdAt ??= snapshot.deployments.find(({ id }) => id === one.target.deployment)?.createdAt;
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

/** Tasks are asked for only when the deployment's failures rose or a new event speaks of one: they have a budget of their own. */
function somethingFailed(one: Watching, snapshot: ServiceSnapshot): boolean {
  const ours = snapshot.deployments.find((deployment) => deployment.id === one.target.deployment);
  const failed = ours?.failed ?? 0;
  const rose = failed > one.failedSeen;
  one.failedSeen = Math.max(failed, one.failedSeen);
  let alarming = false;
  for (const event of snapshot.events) {
    if (one.eventsSeen.has(event.id)) continue;
    one.eventsSeen.add(event.id);
    if (event.at >= one.target.startedAt && /unable|fail|unhealthy|error|impaired/iu.test(event.message))
      alarming = true;
  }
  return rose || alarming;
}

async function stoppedTasks(ports: WatchPorts, one: Watching): Promise<readonly TaskSnapshot[]> {
  const { cluster, service } = one.target;
  try {
    const tasks = await ports.ecs.listTasks(cluster, service, 'STOPPED', stoppedLimit);
    const known = new Map(one.stopped.map((task) => [task.arn, task]));
    for (const task of ownStoppedTasks(tasks, one.target)) known.set(task.arn, task);
    return [...known.values()];
  } catch (error) {
    if (!isEcsError(error)) throw error;
    return one.stopped;
  }
}
