// Elastic Load Balancing, version 2015-12-01: target groups and the load balancers before them.
import type { LoadBalancer, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  known,
  unknown,
  type Answer,
  type BalancerFact,
  type TargetGroupFact,
  type TargetGroupFacts,
} from '@bamboo-ecs/rollout/preflight';
import { ask } from '../ask.ts';
import { regionOf } from '../target-group.ts';
import { answerOf, type Around, gather, unanswered } from './gather.ts';

/** Two calls for each target group, one more for their load balancers together. */
export async function targetGroups(around: Around, arns: readonly string[]): Promise<TargetGroupFacts> {
  const groups = await gather(
    around,
    arns,
    (arn) => arn,
    (arn) => targetGroup(around, arn),
  );
  const behind = new Set(
    [...groups.values()].flatMap((answer) => (answer.known ? (answer.value?.loadBalancers ?? []) : [])),
  );
  const balancers =
    behind.size === 0 ? new Map() : await around.inTime(loadBalancers(around, [...behind]), new Map());
  return { groups, balancers };
}

async function targetGroup(around: Around, arn: string): Promise<Answer<TargetGroupFact>> {
  const { ElasticLoadBalancingV2Client, DescribeTargetGroupsCommand, DescribeTargetGroupAttributesCommand } =
    await import('../clients/elastic-load-balancing-v2.ts');
  const client = new ElasticLoadBalancingV2Client(around.aws.neighbour(regionOf(arn)));
  const question = (operation: string) => ({
    operation,
    subject: `target group ${/:targetgroup\/([^/]+)/u.exec(arn)?.[1] ?? arn}`,
    limitMs: around.limits.call,
    action: `elasticloadbalancing:${operation}`,
  });
  try {
    const [asked, attributes] = await Promise.all([
      ask(question('DescribeTargetGroups'), (options) =>
        client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }), options),
      ),
      // Its answer is welcome, and no reason for a note.
      ask(question('DescribeTargetGroupAttributes'), (options) =>
        client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn }), options),
      ),
    ]);
    const group = asked.ok ? asked.value.TargetGroups?.find((one) => one.TargetGroupArn === arn) : undefined;
    if (asked.ok && !group)
      return unknown(`DescribeTargetGroups (target group ${arn}): it is not in the answer`);
    const delay = attributes.ok
      ? attributes.value.Attributes?.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value
      : undefined;
    return answerOf(asked, ['TargetGroupNotFoundException', 'TargetGroupNotFound'], () =>
      factOf(group ?? {}, delay),
    );
  } finally {
    client.destroy();
  }
}

function factOf(group: TargetGroup, delay: string | undefined): NonNullable<TargetGroupFact> {
  return {
    targetType: group.TargetType ?? null,
    protocol: group.Protocol ?? null,
    vpcId: group.VpcId ?? null,
    loadBalancers: group.LoadBalancerArns ?? null,
    healthCheck: { port: group.HealthCheckPort ?? null, protocol: group.HealthCheckProtocol ?? null },
    deregistrationDelaySeconds: /^\d+$/u.test(delay ?? '') ? Number(delay) : null,
  };
}

async function loadBalancers(
  around: Around,
  arns: readonly string[],
): Promise<Map<string, Answer<BalancerFact>>> {
  const { ElasticLoadBalancingV2Client, DescribeLoadBalancersCommand } =
    await import('../clients/elastic-load-balancing-v2.ts');
  const client = new ElasticLoadBalancingV2Client(around.aws.neighbour(regionOf(arns[0] ?? '')));
  try {
    const asked = await ask(
      {
        operation: 'DescribeLoadBalancers',
        subject: `load balancer ${arns[0] ?? ''}`,
        limitMs: around.limits.call,
        action: 'elasticloadbalancing:DescribeLoadBalancers',
      },
      // "up to 20 load balancers in a single call"
      (options) =>
        client.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: arns.slice(0, 20) }), options),
    );
    if (!asked.ok) return new Map(arns.map((arn) => [arn, unanswered(asked)]));
    return new Map(
      (asked.value.LoadBalancers ?? []).map((one) => [one.LoadBalancerArn ?? '', known(balancerOf(one))]),
    );
  } finally {
    client.destroy();
  }
}

function balancerOf(balancer: LoadBalancer): BalancerFact {
  const zones = balancer.AvailabilityZones?.flatMap(({ ZoneName }) => ZoneName ?? []);
  return {
    arn: balancer.LoadBalancerArn ?? '',
    state: balancer.State?.Code ?? null,
    zones: zones ?? null,
  };
}
