// What the preflight looks at, as a policy: every statement of it may be left out, and its check becomes a note.
import type { Shop } from './iam-shop.ts';
import { role, type Statement } from './iam-statement.ts';

export function preflight(shop: Shop): readonly Statement[] {
  const arn = (service: string, rest: string): string =>
    `arn:${shop.partition}:${service}:${shop.region}:${shop.account}:${rest}`;
  const statements: readonly Statement[] = [
    {
      Sid: 'SeeTheRolesAndWhomTheyTrust',
      Effect: 'Allow',
      Action: 'iam:GetRole',
      Resource: [...shop.taskRoles, ...shop.serviceRoles].map((name) => role(shop, name)),
    },
    {
      Sid: 'SimulateWhetherTheyMayBePassed',
      Effect: 'Allow',
      Action: 'iam:SimulatePrincipalPolicy',
      Resource: role(shop, shop.deployRole),
    },
    {
      Sid: 'SeeThatSecretsExist',
      Effect: 'Allow',
      Action: 'secretsmanager:DescribeSecret',
      Resource: shop.secrets.map((name) => arn('secretsmanager', `secret:${name}`)),
    },
    {
      Sid: 'SeeThatImagesExist',
      Effect: 'Allow',
      Action: 'ecr:BatchGetImage',
      Resource: shop.projects.map((project) => arn('ecr', `repository/${project}`)),
    },
    {
      Sid: 'SeeWhatStandsAround',
      Effect: 'Allow',
      Action: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'ec2:DescribeRouteTables',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ecr:DescribePullThroughCacheRules',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeTargetGroupAttributes',
        'elasticloadbalancing:DescribeTargetGroups',
        'logs:DescribeLogGroups',
        'servicequotas:ListServiceQuotas',
        'ssm:DescribeParameters',
      ],
      Resource: '*',
    },
  ];
  return statements.filter(({ Resource }) => Resource?.length !== 0);
}
