// The IAM policies of examples/iam, for a shop's own account, cluster and projects:
// node scripts/iam-policies.ts --out my-policies --account 123456789012 --cluster production --projects hid-generator,label-printer
// Without options it writes the examples. test/docs/permissions.test.ts compares them with the calls that the code makes.
// Resource types and condition keys: AWS Service Authorization Reference, "Actions, resources, and condition keys for Amazon ECS".
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { preflight } from './iam-preflight.ts';
import { shopFrom, shopOptions, type Shop } from './iam-shop.ts';

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** File name → policy. */
export function iamPolicies(shop: Shop): Readonly<Record<string, Policy>> {
  const reads = [...seeTheCluster(shop), seeTheServices(shop), seeTheTasks(shop), seeRevisionsAndScaling()];
  return {
    'plan.json': policy(...reads),
    'install.json': policy(...reads, ...install(shop)),
    'preflight.json': policy(...preflight(shop)),
    'diagnose.json': policy(...diagnose(shop)),
    'bake.json': policy({
      Sid: 'WatchTheAlarms',
      Effect: 'Allow',
      Action: 'cloudwatch:DescribeAlarms',
      Resource: `arn:${shop.partition}:cloudwatch:${shop.region}:${shop.account}:alarm:*`,
    }),
    'notify.json': policy({
      Sid: 'TellTheTopic',
      Effect: 'Allow',
      Action: 'sns:Publish',
      Resource: `arn:${shop.partition}:sns:${shop.region}:${shop.account}:${shop.topic}`,
    }),
    'list-revisions.json': policy(listRevisions()),
    'keep-revisions.json': policy(listRevisions(), {
      Sid: 'DeregisterOldRevisions',
      Effect: 'Allow',
      Action: 'ecs:DeregisterTaskDefinition',
      Resource: '*',
    }),
    'assume-role.json': policy({
      Sid: 'AssumeTheRoleOfTheSettingRoleArn',
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: role(shop, shop.deployRole),
    }),
    'assume-role-trust.json': policy({
      Sid: 'TrustTheAgents',
      Effect: 'Allow',
      Principal: { AWS: role(shop, shop.agentRole) },
      Action: 'sts:AssumeRole',
    }),
    's3-publish.json': policy(listReleases(shop), {
      Sid: 'ReadAndWriteReleases',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: `arn:${shop.partition}:s3:::${shop.bucket}/*`,
    }),
    's3-install.json': policy(
      listReleases(shop),
      {
        Sid: 'ReadReleases',
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: `arn:${shop.partition}:s3:::${shop.bucket}/*`,
      },
      {
        Sid: 'WriteRecordsBesideReleases',
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: `arn:${shop.partition}:s3:::${shop.bucket}/*/records/*`,
      },
    ),
  };
}

function policy(...statements: readonly Statement[]): Policy {
  return { Version: '2012-10-17', Statement: statements };
}

/** And the room in it. Capacity providers belong to the account, not to a cluster. */
function seeTheCluster(shop: Shop): readonly Statement[] {
  return [
    {
      Sid: 'SeeTheCluster',
      Effect: 'Allow',
      Action: ['ecs:DescribeClusters', 'ecs:ListContainerInstances'],
      Resource: ecs(shop, `cluster/${shop.cluster}`),
    },
    {
      Sid: 'SeeTheRoomOnItsInstances',
      Effect: 'Allow',
      Action: 'ecs:DescribeContainerInstances',
      Resource: ecs(shop, `container-instance/${shop.cluster}/*`),
    },
    {
      Sid: 'SeeWhetherItGrows',
      Effect: 'Allow',
      Action: 'ecs:DescribeCapacityProviders',
      Resource: ecs(shop, 'capacity-provider/*'),
    },
  ];
}

function seeTheTasks(shop: Shop): Statement {
  return {
    Sid: 'SeeTheTasks',
    Effect: 'Allow',
    Action: ['ecs:DescribeTasks', 'ecs:ListTasks'],
    Resource: '*',
    Condition: { ArnEquals: { 'ecs:cluster': ecs(shop, `cluster/${shop.cluster}`) } },
  };
}

function seeTheServices(shop: Shop): Statement {
  return { Sid: 'SeeTheServices', Effect: 'Allow', Action: 'ecs:DescribeServices', Resource: services(shop) };
}

/** Actions without resource types can only be allowed as a whole. */
function seeRevisionsAndScaling(): Statement {
  return {
    Sid: 'SeeRevisionsAndScaling',
    Effect: 'Allow',
    Action: ['application-autoscaling:DescribeScalableTargets', 'ecs:DescribeTaskDefinition'],
    Resource: '*',
  };
}

/** Of all families: the action has no resource type. */
function listRevisions(): Statement {
  return { Sid: 'ListRevisions', Effect: 'Allow', Action: 'ecs:ListTaskDefinitions', Resource: '*' };
}

function install(shop: Shop): readonly Statement[] {
  const families = shop.projects.map((project) => ecs(shop, `task-definition/${project}:*`));
  return [
    {
      Sid: 'RegisterAndTagRevisions',
      Effect: 'Allow',
      Action: ['ecs:RegisterTaskDefinition', 'ecs:TagResource'],
      Resource: families,
    },
    {
      Sid: 'ChangeTheServices',
      Effect: 'Allow',
      Action: ['ecs:CreateService', 'ecs:ListServiceDeployments', 'ecs:UpdateService'],
      Resource: services(shop),
    },
    {
      Sid: 'SeeAndSteerServiceDeployments',
      Effect: 'Allow',
      Action: [
        'ecs:ContinueServiceDeployment',
        'ecs:DescribeServiceDeployments',
        'ecs:StopServiceDeployment',
      ],
      Resource: [
        ...services(shop),
        ...shop.projects.map((project) => ecs(shop, `service-deployment/${shop.cluster}/${project}/*`)),
      ],
    },
    passRoles(shop, 'PassTheRolesOfTasks', shop.taskRoles, 'ecs-tasks.amazonaws.com'),
    passRoles(shop, 'PassTheRolesOfServices', shop.serviceRoles, 'ecs.amazonaws.com'),
  ].filter((statement) => statement.Resource.length > 0) as readonly Statement[];
}

/** What a failure is explained with, beside ECS; each of them may be missing. */
function diagnose(shop: Shop): readonly Statement[] {
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

function passRoles(shop: Shop, sid: string, names: readonly string[], service: string) {
  return {
    Sid: sid,
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: names.map((name) => role(shop, name)),
    Condition: { StringEquals: { 'iam:PassedToService': service } },
  };
}

function listReleases(shop: Shop): Statement {
  return {
    Sid: 'ListReleases',
    Effect: 'Allow',
    Action: 's3:ListBucket',
    Resource: `arn:${shop.partition}:s3:::${shop.bucket}`,
  };
}

function services(shop: Shop): readonly string[] {
  return shop.projects.map((project) => ecs(shop, `service/${shop.cluster}/${project}`));
}

function ecs({ partition, region, account }: Shop, rest: string): string {
  return `arn:${partition}:ecs:${region}:${account}:${rest}`;
}

function role({ partition, account }: Shop, name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

export function policyText(document: Policy): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

if (import.meta.main) {
  const options = Object.fromEntries(
    ['out', ...shopOptions].map((name) => [name, { type: 'string' as const }]),
  );
  const { values } = parseArgs({ options });
  const folder = values['out'] ?? path.join(import.meta.dirname, '..', 'examples', 'iam');
  mkdirSync(folder, { recursive: true });
  for (const [name, document] of Object.entries(iamPolicies(shopFrom(values))))
    writeFileSync(path.join(folder, name), policyText(document));
}
