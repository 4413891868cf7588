// At the end of a roll-back's time: is the version before back, and do tasks of the failed release merely drain?
import { isFull, othersWithTasks, taskCount } from '../deployments.ts';
import type { DeploymentSnapshot, ServiceSnapshot } from '../snapshot.ts';

/**
 * How many tasks of other deployments are still draining, while `restored` has every task that is wanted and nothing that ECS or a load
 * balancer says of them is bad; 0 when it is not so. A load balancer sends what drains no new request ("Deregistration delay"), so
 * nobody has to look at the service at once.
 */
export function drainsOnly(snapshot: ServiceSnapshot, restored: DeploymentSnapshot): number {
  const others = othersWithTasks(snapshot, restored);
  const isOurs = snapshot.status === 'ACTIVE' && restored.status === 'PRIMARY';
  const isWhole = restored.desired > 0 && isFull(restored) && restored.failed === 0;
  const isEmptying = others.every(({ pending }) => pending === 0);
  const isSick = restored.rolloutState === 'FAILED' || (snapshot.containerHealth?.unhealthy ?? 0) > 0;
  const holds = isOurs && isWhole && isEmptying && !isSick && hasTargets(snapshot, restored);
  return holds ? taskCount(others) : 0;
}

/** Where they were asked for: each task that is wanted has a healthy target in each group. */
function hasTargets({ targets = [] }: ServiceSnapshot, { desired }: DeploymentSnapshot): boolean {
  const groups = targets.filter(({ kind }) => kind !== 'service-registry');
  return groups.every((group) => group.targets.filter(({ state }) => state === 'healthy').length >= desired);
}
