// A look at the service deployment, where it tells more than DescribeServices.
import {
  isEcsError,
  serviceDeploymentTellsMore,
  type EcsPort,
  type ServiceDeploymentSnapshot,
} from '@bamboo-ecs/rollout';
import type { Look, Seen } from './looks.ts';

/** So many polls may find it not listed yet (eventual consistency); a server that has not listed it by then never will. */
const patience = 5;

/**
 * One watch's look: what it finds is cached by the port, so that it costs one call a poll, for up to 20 services. For so many polls that
 * fail the last answer stands: what bakes is not steady because a look at it was throttled.
 */
export function serviceDeploymentLook(ecs: Pick<EcsPort, 'describeServiceDeployment'>): Look {
  const missed = new Map<string, number>();
  const last = new Map<string, ServiceDeploymentSnapshot>();
  return async ({ cluster, service, deployment }, snapshot): Promise<Seen> => {
    if (deployment === null || !serviceDeploymentTellsMore(snapshot, deployment)) return {};
    const key = `${cluster} ${service} ${deployment}`;
    const misses = missed.get(key) ?? 0;
    if (misses >= patience) return {};
    const before = last.get(key);
    const asBefore = before === undefined ? {} : { serviceDeployment: before };
    try {
      const found = await ecs.describeServiceDeployment(cluster, service, deployment);
      missed.set(key, found ? 0 : misses + 1);
      if (!found) return asBefore;
      last.set(key, found);
      return { serviceDeployment: found };
    } catch (error) {
      // Passing troubles: DescribeServices has just answered, and the next poll asks again.
      const passing = isEcsError(error) && (error.kind === 'throttled' || error.kind === 'unreachable');
      if (!passing) throw error;
      // One that never answers again must not be waited for until the time is up.
      if (before !== undefined) missed.set(key, misses + 1);
      return asBefore;
    }
  };
}
