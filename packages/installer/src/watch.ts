// Watch: one poll loop for all services of a run. Only the port talks to ECS; the verdict is a pure function of snapshots.
import { isEcsError, type ServiceSnapshot, type TaskSnapshot, type Verdict } from '@bamboo-ecs/rollout';
import type { Target } from './target.ts';
import type { WatchPorts } from './watch-ports.ts';
import { turnDelay, whoseTurn } from './turns.ts';
import { WatchedService } from './watched-service.ts';

export interface Watched {
  readonly target: Target;
  readonly verdict: Verdict;
  /** The last one seen; null when ECS never answered. */
  readonly snapshot: ServiceSnapshot | null;
  readonly stopped: readonly TaskSnapshot[];
  /** What to do, where AWS said why it does not answer. */
  readonly hint?: string;
}

/** AWS may fail to answer for this long before the outcome is called unknown; longer, where it is there and only others ask too much. */
const silenceLimitMs = { unreachable: 120_000, throttled: 600_000 };

/** Polls until each target has a verdict. Returns without one for those still open when `signal` aborts. */
export async function watch(ports: WatchPorts, targets: readonly Target[]): Promise<readonly Watched[]> {
  const all = targets.map((target) => new WatchedService(ports, target));
  const startedAt = ports.clock.now();
  let throttled = 0;
  let silentSince: number | null = null;
  for (;;) {
    const open = all.filter((one) => one.verdict === null);
    if (open.length === 0 || ports.signal.aborted) break;
    const now = ports.clock.now();
    const nearest = Math.min(...open.map(({ deadline }) => deadline)) - now;
    const elapsed = open.some(({ isInDoubt }) => isInDoubt) ? 0 : now - startedAt;
    const delay = turnDelay(elapsed, open.length, { throttled });
    await ports.clock.sleep(nearest > 0 ? Math.min(delay, nearest) : delay, ports.signal);
    if (ports.signal.aborted) break;
    try {
      await poll(
        ports,
        whoseTurn(open, ({ snapshot }) => snapshot?.at ?? -Infinity),
      );
      throttled = 0;
      silentSince = null;
    } catch (error) {
      if (!isEcsError(error)) throw error;
      const at = ports.clock.now();
      silentSince ??= at;
      if (error.kind === 'throttled') throttled += 1;
      const limit = error.kind === 'throttled' ? silenceLimitMs.throttled : silenceLimitMs.unreachable;
      const hopeless =
        error.kind === 'access-denied' || error.kind === 'credentials' || at - silentSince >= limit;
      ports.onTrouble(`ECS could not be asked: ${error.message}`);
      if (hopeless) for (const one of open) one.giveUp(error);
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

async function poll({ ecs }: WatchPorts, open: readonly WatchedService[]): Promise<void> {
  const clusters = new Map<string, WatchedService[]>();
  for (const one of open)
    clusters.set(one.target.cluster, [...(clusters.get(one.target.cluster) ?? []), one]);
  for (const [cluster, group] of clusters) {
    const names = group.map(({ target }) => target.service);
    const snapshots = await ecs.describeServices(cluster, names);
    // All at once: looks share their calls.
    const whole = await Promise.all(
      group.map(async (one, index) => {
        const snapshot = snapshots[index];
        return snapshot && one.lookFurther(snapshot);
      }),
    );
    for (const [index, one] of group.entries()) {
      const snapshot = whole[index];
      if (snapshot) await one.see(snapshot);
    }
  }
}
