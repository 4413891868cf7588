import type { ServiceSnapshot } from '@bamboo-ecs/rollout';
import { newsOf } from './news.ts';
import type { News, SnapshotEvent } from './news.ts';
import { count, sampleOf, sum } from './sample.ts';
import type { Sample } from './sample.ts';

/** A rollout ends with its verdict; what is seen of the service after that is the roll-back. */
export type Stage = 'rollout' | 'roll-back';

/** What one poll adds to what is known already. */
export interface Tick {
  readonly stage: Stage;
  readonly sample: Sample;
  /** When the first change to this service was made: zero of the timeline, milliseconds since the epoch. */
  readonly startedAt: number;
  /** Service events that were not seen before and are not older than our deployment; oldest first. */
  readonly news: readonly News[];
}

export interface Tracker {
  snapshot(event: SnapshotEvent): Tick;
  /** To be told of each verdict; answers of which stage it is the verdict. */
  verdict(service: string): Stage;
  /** Zero of the service's timeline, if it has one. */
  startOf(service: string): number | undefined;
}

interface Service {
  readonly startedAt: number;
  /** Keys of the service events seen. */
  readonly seen: Set<string>;
  /** Failed tasks by deployment, for those watched: ECS forgets the figure together with the deployment. */
  readonly failures: Map<string, number>;
  ours: string | null;
  restoring: string | null;
}

/** Follows the snapshots of all services of a run. */
export function createTracker(): Tracker {
  const services = new Map<string, Service>();
  const judged = new Set<string>();
  const stageOf = (name: string): Stage => (judged.has(name) ? 'roll-back' : 'rollout');
  return {
    snapshot(event) {
      const { snapshot, deployment } = event;
      const known = services.get(snapshot.name);
      const service = known ?? newService(event.startedAt);
      services.set(snapshot.name, service);
      const stage = stageOf(snapshot.name);
      if (stage === 'rollout') service.ours = deployment;
      else service.restoring = deployment;
      return {
        stage,
        sample: sampleOf(snapshot, service, service.startedAt, failuresOf(service, snapshot)),
        startedAt: service.startedAt,
        news: newsOf(event, service.seen, known === undefined),
      };
    },
    verdict(name) {
      const stage = stageOf(name);
      judged.add(name);
      return stage;
    },
    startOf: (name) => services.get(name)?.startedAt,
  };
}

function newService(startedAt: number): Service {
  return { startedAt, seen: new Set(), failures: new Map(), ours: null, restoring: null };
}

function failuresOf({ ours, restoring, failures }: Service, snapshot: ServiceSnapshot): number {
  for (const { id, failed } of snapshot.deployments) {
    if (id === ours || id === restoring) {
      failures.set(id, Math.max(failures.get(id) ?? 0, count(failed)));
    }
  }
  return sum([...failures.values()]);
}
