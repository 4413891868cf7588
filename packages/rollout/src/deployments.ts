// Questions about the deployments of one snapshot.
import { hasSettled } from './settled.ts';
import type { DeploymentSnapshot, ServiceSnapshot } from './snapshot.ts';

export function primaryOf(service: ServiceSnapshot): DeploymentSnapshot | undefined {
  return service.deployments.find(({ status }) => status === 'PRIMARY');
}

export function deploymentOf(service: ServiceSnapshot, id: string): DeploymentSnapshot | undefined {
  return service.deployments.find((deployment) => deployment.id === id);
}

/**
 * Deployments besides this one that still have tasks. Failed and drained ones without any stay in the list
 * for ever on some servers and mean nothing.
 */
export function othersWithTasks(
  service: ServiceSnapshot,
  besides: DeploymentSnapshot | undefined,
): readonly DeploymentSnapshot[] {
  return service.deployments.filter(
    (deployment) => deployment !== besides && deployment.running + deployment.pending > 0,
  );
}

export function taskCount(deployments: readonly DeploymentSnapshot[]): number {
  return deployments.reduce((sum, { running, pending }) => sum + running + pending, 0);
}

/** Every wanted task runs and none is on its way. */
export function isFull({ desired, running, pending }: DeploymentSnapshot): boolean {
  return running === desired && pending === 0;
}

/** Without a rollout state a deployment that is not up counts as in progress for as long as AWS's own waiter would wait. */
const patienceMs = 10 * 60_000;

/**
 * Is this deployment being rolled out? Where the server says no rolloutState (classic load balancers), by counts: tasks of
 * others still there, or young and not yet full and healthy.
 */
export function isInProgress(service: ServiceSnapshot, deployment: DeploymentSnapshot, now: number): boolean {
  if (deployment.rolloutState) return deployment.rolloutState === 'IN_PROGRESS';
  if (othersWithTasks(service, deployment).length > 0) return true;
  if (now - deployment.createdAt >= patienceMs) return false;
  return !isFull(deployment) || !hasSettled(service, deployment, now);
}

/** Has it reached its steady state? Without a rolloutState: some of its tasks run. */
export function hasWorked({ rolloutState, running }: DeploymentSnapshot): boolean {
  return rolloutState ? rolloutState === 'COMPLETED' : running > 0;
}

/**
 * Is it what a failure of its successor has to bring back? Also one of which no task was wanted: without a rolloutState nothing
 * else tells of it, and to skip it would put another version into the service than it had. Only asked of the PRIMARY deployment:
 * older ones have a desired count of 0 once they are drained.
 */
export function isWorthKeeping(primary: DeploymentSnapshot): boolean {
  return hasWorked(primary) || (!primary.rolloutState && primary.desired === 0 && primary.pending === 0);
}
