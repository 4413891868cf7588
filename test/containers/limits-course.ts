// The course of several services of one cluster, looked at ten times a second until each has ended or stands still.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Seen } from '../../packages/rollout/test/feasibility/limit-cases.ts';
import type { Stage } from './stage.ts';

/** Milliseconds. Longer than anything takes that moves at all: a container to start and to stop, and the second until it is stable. */
const leastStill = 15_000;

interface Deployment {
  readonly id: string;
  readonly status: string;
  readonly rolloutState: string;
  readonly runningCount: number;
  readonly pendingCount: number;
}

interface Service {
  readonly serviceName: string;
  readonly runningCount: number;
  readonly desiredCount: number;
  readonly deployments: readonly Deployment[];
}

interface Watching {
  /** The PRIMARY deployment before the change; null for a service that is to be created. */
  readonly firstId: string | null;
  lowest: number;
  highest: number;
  text: string;
  changedAt: number;
  over: boolean;
}

export interface CourseOfCases {
  /** Resolves when every service has ended or stands still. */
  readonly settled: () => Promise<void>;
  readonly of: (service: string) => Seen;
}

/** Begins to look at once: what is seen before the first change counts as well. */
export function watchCourse(
  stage: Stage,
  cluster: string,
  cases: readonly { readonly service: string; readonly before: number }[],
  /** Milliseconds that all tasks together took to come up: a machine that was slow then is slow now. */
  cameUpIn: number,
): CourseOfCases {
  const stillMs = Math.max(leastStill, 2 * cameUpIn);
  const names = cases.map(({ service }) => service);
  const created = new Set(cases.filter(({ before }) => before === 0).map(({ service }) => service));
  const watched = new Map<string, Watching>();
  let begun = false;
  const looking = look();
  async function look(): Promise<void> {
    for (;;) {
      const { services } = await stage.ask('DescribeServices', { cluster, services: names });
      const now = performance.now();
      for (const service of services as Service[])
        note(watched, service, created.has(service.serviceName), now);
      const all = names.map((name) => watched.get(name));
      const done = all.every((one) => one !== undefined && (one.over || now - one.changedAt > stillMs));
      if (begun && done) return;
      await sleep(100);
    }
  }
  return {
    async settled() {
      begun = true;
      await looking;
    },
    of(service) {
      const one = watched.get(service);
      if (one === undefined) throw new Error(`${service} was never seen`);
      return { outcome: one.over ? 'finishes' : 'stuck', lowest: one.lowest, highest: one.highest };
    },
  };
}

/** Counts that come and go with a task that fails again and again are no progress: running ones are. */
function note(watched: Map<string, Watching>, service: Service, created: boolean, now: number): void {
  const running = service.runningCount;
  const states = service.deployments.map(({ status, rolloutState }) => `${status} ${rolloutState}`);
  const text = `${running} ${states.join()}`;
  const known = watched.get(service.serviceName);
  const [primary, ...others] = service.deployments;
  const before = known ?? {
    firstId: created ? null : (primary?.id ?? null),
    // A service that is to be created has nothing that runs.
    lowest: created ? 0 : running,
    highest: running,
    text,
    changedAt: now,
  };
  const over =
    primary?.id !== before.firstId &&
    primary?.rolloutState === 'COMPLETED' &&
    others.every(({ runningCount, pendingCount }) => runningCount + pendingCount === 0) &&
    running === service.desiredCount;
  watched.set(service.serviceName, {
    firstId: before.firstId,
    lowest: Math.min(before.lowest, running),
    highest: Math.max(before.highest, running),
    text,
    changedAt: before.text === text ? before.changedAt : now,
    over,
  });
}
