// A look at the service deployment, where it tells more than DescribeServices.
import { isEcsError, serviceDeploymentTellsMore, type EcsPort } from '@bamboo-ecs/rollout';
import type { Look, Seen } from './looks.ts';

/** So many polls may find it not listed yet (eventual consistency); a server that has not listed it by then never will. */
const patience = 5;

/** One watch's look: what it finds is cached by the port, so that it costs one call a poll, for up to 20 services. */
export function serviceDeploymentLook(ecs: EcsPort): Look {
  const missed = new Map<string, number>();
  return async ({ cluster, service, deployment }, snapshot): Promise<Seen> => {
    if (deployment === null || !serviceDeploymentTellsMore(snapshot, deployment)) return {};
    const key = `${cluster} ${service} ${deployment}`;
    const misses = missed.get(key) ?? 0;
    if (misses >= patience) return {};
    try {
      const found = await ecs.describeServiceDeployment(cluster, service, deployment);
      missed.set(key, found ? 0 : misses + 1);
      return found ? { serviceDeployment: found } : {};
    } catch (error) {
      // Passing troubles: DescribeServices has just answered, and the next poll asks again.
      const passing = isEcsError(error) && (error.kind === 'throttled' || error.kind === 'unreachable');
      if (passing) return {};
      throw error;
    }
  };
}
