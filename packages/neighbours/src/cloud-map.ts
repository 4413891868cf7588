// AWS Cloud Map: the health of the instances that are registered for service discovery.
import type { EcsClient } from '@bamboo-ecs/ecs';
import type { TargetGroupSnapshot } from '@bamboo-ecs/rollout';
import { ask, type Asked } from './ask.ts';
import { regionOf } from './target-group.ts';

/** A watch waits for it: not for long. */
const limitMs = 2000;

/** `id`: ARN of the Cloud Map service, as `serviceRegistries` names it. */
export async function cloudMapHealth(
  neighbours: Pick<EcsClient, 'neighbour'>,
  id: string,
): Promise<Asked<TargetGroupSnapshot>> {
  const { ServiceDiscoveryClient, GetInstancesHealthStatusCommand } =
    await import('./clients/servicediscovery.ts');
  const client = new ServiceDiscoveryClient(neighbours.neighbour(regionOf(id)));
  const service = id.slice(id.lastIndexOf('/') + 1);
  try {
    const asked = await ask(
      {
        operation: 'GetInstancesHealthStatus',
        subject: `Cloud Map service ${service}`,
        limitMs,
        action: 'servicediscovery:GetInstancesHealthStatus',
      },
      (options) => client.send(new GetInstancesHealthStatusCommand({ ServiceId: service }), options),
    );
    if (!asked.ok) return asked;
    const targets = Object.entries(asked.value.Status ?? {}).map(([instance, status]) => ({
      id: instance,
      state: states.get(status) ?? 'unavailable',
    }));
    return { ok: true, value: { id, kind: 'service-registry', targets } };
  } finally {
    client.destroy();
  }
}

/** "GetInstancesHealthStatus": HEALTHY, UNHEALTHY, UNKNOWN. */
const states: ReadonlyMap<string, string> = new Map([
  ['HEALTHY', 'healthy'],
  ['UNHEALTHY', 'unhealthy'],
  ['UNKNOWN', 'initial'],
]);
