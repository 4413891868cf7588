// The health of a service's tasks as their load balancers and Cloud Map see it: all sources at once.
import type { EcsClient } from '@bamboo-ecs/ecs';
import type { HealthAnswer, HealthPort, HealthSource, TargetGroupSnapshot } from '@bamboo-ecs/rollout';
import { noteOf, type Asked } from './ask.ts';
import { classicHealth } from './classic-balancer.ts';
import { cloudMapHealth } from './cloud-map.ts';
import { targetGroupHealth } from './target-group.ts';

export type HealthLookUp = (
  client: Pick<EcsClient, 'neighbour'>,
  id: string,
  withCheck: boolean,
) => Promise<Asked<TargetGroupSnapshot>>;

const lookUps: Readonly<Record<HealthSource['kind'], HealthLookUp>> = {
  'target-group': targetGroupHealth,
  'load-balancer': classicHealth,
  'service-registry': cloudMapHealth,
};

export function createHealthPort(client: Pick<EcsClient, 'neighbour'>): HealthPort {
  return {
    async healthOf(sources, { checks = false } = {}): Promise<HealthAnswer> {
      const asked = await Promise.all(sources.map(({ id, kind }) => lookUps[kind](client, id, checks)));
      return {
        groups: asked.flatMap((one) => (one.ok ? [one.value] : [])),
        notes: [...new Set(asked.flatMap((one) => (one.ok ? [] : [noteOf(one)])))],
      };
    },
  };
}
