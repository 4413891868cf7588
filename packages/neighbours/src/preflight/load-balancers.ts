// Elastic Load Balancing, version 2012-06-01: classic load balancers.
import { unknown, type Answers, type LoadBalancerFact } from '@bamboo-ecs/rollout/preflight';
import { ask } from '../ask.ts';
import { answerOf, type Around, gather } from './gather.ts';

const missing = ['AccessPointNotFoundException', 'AccessPointNotFound', 'LoadBalancerNotFound'];

export async function loadBalancers(
  around: Around,
  names: readonly string[],
): Promise<Answers<LoadBalancerFact>> {
  const { ElasticLoadBalancingClient, DescribeLoadBalancersCommand } =
    await import('../clients/elastic-load-balancing.ts');
  const client = new ElasticLoadBalancingClient(around.aws.neighbour());
  try {
    return await gather(
      around,
      names,
      (name) => name,
      async (name) => {
        const asked = await ask(
          {
            operation: 'DescribeLoadBalancers',
            subject: `classic load balancer ${name}`,
            limitMs: around.limits.call,
            action: 'elasticloadbalancing:DescribeLoadBalancers',
          },
          (options) => client.send(new DescribeLoadBalancersCommand({ LoadBalancerNames: [name] }), options),
        );
        const found = asked.ok
          ? asked.value.LoadBalancerDescriptions?.find((one) => one.LoadBalancerName === name)
          : undefined;
        // AWS says plainly what it does not have; an answer without it comes from a server that knows only the newer version.
        if (asked.ok && !found)
          return unknown(`DescribeLoadBalancers (classic load balancer ${name}): it is not in the answer`);
        return answerOf(asked, missing, () => ({
          instancePorts:
            found?.ListenerDescriptions?.flatMap(({ Listener }) => Listener?.InstancePort ?? []) ?? null,
        }));
      },
    );
  } finally {
    client.destroy();
  }
}
