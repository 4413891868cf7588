// Elastic Load Balancing, version 2012-06-01: classic load balancers, which know instances and not tasks.
import type { HealthCheck, InstanceState } from '@aws-sdk/client-elastic-load-balancing';
import type { EcsClient } from '@bamboo-ecs/ecs';
import type { TargetGroupSnapshot } from '@bamboo-ecs/rollout';
import { ask, type Asked } from './ask.ts';

/** A watch waits for it: not for long. */
const limitMs = 2000;

export async function classicHealth(
  neighbours: Pick<EcsClient, 'neighbour'>,
  id: string,
  withCheck: boolean,
): Promise<Asked<TargetGroupSnapshot>> {
  const { ElasticLoadBalancingClient, DescribeInstanceHealthCommand, DescribeLoadBalancersCommand } =
    await import('./clients/elastic-load-balancing.ts');
  const client = new ElasticLoadBalancingClient(neighbours.neighbour());
  const question = (operation: string) => ({
    operation,
    subject: `load balancer ${id}`,
    limitMs,
    action: `elasticloadbalancing:${operation}`,
  });
  try {
    const [health, balancers] = await Promise.all([
      ask(question('DescribeInstanceHealth'), (options) =>
        client.send(new DescribeInstanceHealthCommand({ LoadBalancerName: id }), options),
      ),
      withCheck
        ? ask(question('DescribeLoadBalancers'), (options) =>
            client.send(new DescribeLoadBalancersCommand({ LoadBalancerNames: [id] }), options),
          )
        : null,
    ]);
    if (!health.ok) return health;
    const [balancer] = balancers?.ok ? (balancers.value.LoadBalancerDescriptions ?? []) : [];
    const check = balancer?.HealthCheck && checkText(balancer.HealthCheck);
    const targets = (health.value.InstanceStates ?? []).map(toTarget);
    return { ok: true, value: { id, kind: 'load-balancer', targets, ...(check ? { check } : {}) } };
  } finally {
    client.destroy();
  }
}

/** "InstanceState": InService, OutOfService, Unknown; a registration that is under way is OutOfService, too. */
function toTarget({
  InstanceId,
  State,
  ReasonCode,
  Description,
}: InstanceState): TargetGroupSnapshot['targets'][number] {
  const says = (text: string | undefined): text is string =>
    text !== undefined && text !== '' && text !== 'N/A';
  const starting = /still in progress/iu.test(Description ?? '');
  return {
    id: InstanceId ?? '',
    state:
      State === 'InService'
        ? 'healthy'
        : State === 'OutOfService'
          ? starting
            ? 'initial'
            : 'unhealthy'
          : 'unavailable',
    ...(says(ReasonCode) ? { reason: ReasonCode } : {}),
    ...(says(Description) ? { description: Description } : {}),
  };
}

/** `HTTP:8080/health`, as it is configured. */
function checkText({ Target, Interval, Timeout, UnhealthyThreshold }: HealthCheck): string | undefined {
  if (!Target) return undefined;
  return `${Target}, every ${Interval ?? '?'} s, time-out ${Timeout ?? '?'} s, unhealthy after ${UnhealthyThreshold ?? '?'}`;
}
