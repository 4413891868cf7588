// What a failure is explained with beside ECS, as statements.
import type { Shop } from './iam-shop.ts';
import type { Statement } from './iam-statement.ts';

/** Each of them may be missing. */
export function diagnose(shop: Shop): readonly Statement[] {
  const statements: readonly Statement[] = [
    {
      Sid: 'ReadTheLastWordsOfContainers',
      Effect: 'Allow',
      Action: 'logs:GetLogEvents',
      Resource: shop.logGroups.map(
        (group) =>
          `arn:${shop.partition}:logs:${shop.region}:${shop.account}:log-group:${group}:log-stream:*`,
      ),
    },
    {
      Sid: 'SeeTheHealthOfTargets',
      Effect: 'Allow',
      Action: [
        'elasticloadbalancing:DescribeInstanceHealth',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
      ],
      Resource: '*',
    },
    {
      Sid: 'SeeTheHealthInCloudMap',
      Effect: 'Allow',
      Action: 'servicediscovery:GetInstancesHealthStatus',
      Resource: `arn:${shop.partition}:servicediscovery:${shop.region}:${shop.account}:service/*`,
    },
  ];
  return statements.filter(({ Resource }) => Resource?.length !== 0);
}
