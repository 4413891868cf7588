// Where the server says no rolloutState: have the running tasks become healthy, too?
import type { DeploymentSnapshot, ServiceSnapshot } from './snapshot.ts';

/** "Amazon ECS deployment": what has no health check counts as healthy after 40 s of running. */
const settledMs = 40_000;

/**
 * Running is not yet healthy: ECS reports a steady state only when the load balancer agrees. A server without events is
 * taken at its counts once they are old enough. Only asked where there is no rolloutState, of a deployment whose tasks all run.
 */
export function hasSettled(
  { events }: ServiceSnapshot,
  deployment: DeploymentSnapshot,
  now: number,
): boolean {
  const since = events.filter(({ at }) => at >= deployment.createdAt);
  if (since.length === 0) return now - Math.max(deployment.createdAt, deployment.updatedAt) >= settledMs;
  const newest = (pattern: RegExp): number =>
    Math.max(-1, ...since.filter(({ message }) => pattern.test(message)).map(({ at }) => at));
  return newest(/has reached a steady state/iu) >= Math.max(0, newest(/has started \d+ tasks?/iu));
}
