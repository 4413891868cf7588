// Who knows the health of a service's tasks.
import type { JsonObject } from '@bamboo-ecs/release';
import type { HealthSource } from '../health-port.ts';
import { objectOf, objectsOf, textOf } from '../json.ts';

/** More than a service can have ("Amazon ECS service quotas": 5 target groups, 1 registry). */
const most = 12;

/**
 * `definition`: a service as DescribeServices gives it, or a CreateService request ("LoadBalancer", "AdvancedConfiguration",
 * "ServiceRegistry", ECS API Reference). Each source once.
 */
export function healthSources(definition: JsonObject): readonly HealthSource[] {
  const found = new Map<string, HealthSource>();
  const add = (kind: HealthSource['kind'], id: string | undefined): void => {
    if (id && found.size < most) found.set(`${kind} ${id}`, { kind, id });
  };
  for (const balancer of objectsOf(definition, 'loadBalancers')) {
    add('target-group', textOf(balancer, 'targetGroupArn'));
    add('target-group', textOf(objectOf(balancer, 'advancedConfiguration'), 'alternateTargetGroupArn'));
    add('load-balancer', textOf(balancer, 'loadBalancerName'));
  }
  for (const registry of objectsOf(definition, 'serviceRegistries')) {
    add('service-registry', textOf(registry, 'registryArn'));
  }
  return [...found.values()];
}
