// Elastic Load Balancing, version 2015-12-01: target groups of application, network and gateway load balancers.
import type { TargetGroup, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { EcsClient } from '@bamboo-ecs/ecs';
import type { TargetGroupSnapshot } from '@bamboo-ecs/rollout';
import { ask, type Asked } from './ask.ts';

/** A watch waits for it: not for long. */
const limitMs = 2000;

/** `withCheck`: one call more, for how it checks; without an answer to that the health stands alone. */
export async function targetGroupHealth(
  neighbours: Pick<EcsClient, 'neighbour'>,
  id: string,
  withCheck: boolean,
): Promise<Asked<TargetGroupSnapshot>> {
  const { ElasticLoadBalancingV2Client, DescribeTargetHealthCommand, DescribeTargetGroupsCommand } =
    await import('./clients/elastic-load-balancing-v2.ts');
  const client = new ElasticLoadBalancingV2Client(neighbours.neighbour(regionOf(id)));
  const subject = `target group ${/:targetgroup\/([^/]+)/u.exec(id)?.[1] ?? id}`;
  const question = (operation: string) => ({
    operation,
    subject,
    limitMs,
    action: `elasticloadbalancing:${operation}`,
  });
  try {
    const [health, groups] = await Promise.all([
      ask(question('DescribeTargetHealth'), (options) =>
        client.send(new DescribeTargetHealthCommand({ TargetGroupArn: id }), options),
      ),
      withCheck
        ? ask(question('DescribeTargetGroups'), (options) =>
            client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [id] }), options),
          )
        : null,
    ]);
    if (!health.ok) return health;
    const [group] = groups?.ok ? (groups.value.TargetGroups ?? []) : [];
    const targets = (health.value.TargetHealthDescriptions ?? []).map(toTarget);
    const check = group && checkText(group);
    return { ok: true, value: { id, kind: 'target-group', targets, ...(check ? { check } : {}) } };
  } finally {
    client.destroy();
  }
}

function toTarget({ Target, TargetHealth }: TargetHealthDescription): TargetGroupSnapshot['targets'][number] {
  const { State = '', Reason, Description } = TargetHealth ?? {};
  return {
    id: `${Target?.Id ?? ''}${Target?.Port === undefined ? '' : `:${Target.Port}`}`,
    // A target that is taken out is no trouble, whatever its checks say meanwhile.
    state: State === 'unhealthy.draining' ? 'draining' : State,
    ...(Reason ? { reason: Reason } : {}),
    ...(Description ? { description: Description } : {}),
  };
}

function checkText(group: TargetGroup): string {
  const { HealthCheckProtocol, HealthCheckPath, HealthCheckPort, Matcher } = group;
  const what = HealthCheckPath
    ? `${HealthCheckProtocol ?? 'HTTP'} GET ${HealthCheckPath}`
    : (HealthCheckProtocol ?? 'a check');
  const expected =
    Matcher?.HttpCode ?? (Matcher?.GrpcCode === undefined ? undefined : `gRPC ${Matcher.GrpcCode}`);
  const port =
    HealthCheckPort === 'traffic-port' || !HealthCheckPort ? "the target's port" : `port ${HealthCheckPort}`;
  return [
    `${what} on ${port}`,
    ...(expected ? [`expects ${expected}`] : []),
    ...seconds('every', group.HealthCheckIntervalSeconds),
    ...seconds('time-out', group.HealthCheckTimeoutSeconds),
    ...(group.UnhealthyThresholdCount ? [`unhealthy after ${group.UnhealthyThresholdCount}`] : []),
  ].join(', ');
}

function seconds(word: string, value: number | undefined): readonly string[] {
  return value === undefined ? [] : [`${word} ${value} s`];
}

/** `arn:aws:elasticloadbalancing:eu-west-1:…` */
export function regionOf(arn: string): string | undefined {
  return arn.startsWith('arn:') ? arn.split(':')[3] || undefined : undefined;
}
