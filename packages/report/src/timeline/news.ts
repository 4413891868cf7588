import type { ServiceEventSnapshot } from '@bamboo-ecs/rollout';
import type { RunEvent } from '../event.ts';

export type SnapshotEvent = Extract<RunEvent, { kind: 'snapshot' }>;

/** A service event of ECS on our clock. */
export interface News {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly message: string;
}

/** ECS's clock and ours may differ by this much: an older deployment was not made by this run. */
const largestSkew = 15 * 60_000;

/**
 * The service events that a snapshot adds to those seen, oldest first. What the first snapshot holds and what is older
 * than our deployment is not ours.
 */
export function newsOf(event: SnapshotEvent, seen: Set<string>, first: boolean): readonly News[] {
  const { snapshot, startedAt } = event;
  const ahead = skew(event);
  const unseen = snapshot.events.filter((one) => {
    const key = keyOf(one);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew && (!first || one.at - ahead >= startedAt);
  });
  // ECS lists the newest first; equal times keep their order. Nothing happened after it was seen.
  return unseen
    .reverse()
    .sort((a, b) => a.at - b.at)
    .map(({ at, message }) => ({ at: Math.min(at - ahead, snapshot.at), message }));
}

/** How far ECS's clock is ahead of ours: both told when our deployment began. */
function skew({ snapshot, deployment, startedAt }: SnapshotEvent): number {
  const createdAt = snapshot.deployments.find(({ id }) => id === deployment)?.createdAt ?? Number.NaN;
  const ahead = createdAt - startedAt;
  return Math.abs(ahead) <= largestSkew ? ahead : 0;
}

function keyOf({ id, at, message }: ServiceEventSnapshot): string {
  return id === '' ? `${at} ${message}` : id;
}
