// What the installer asks of Amazon ECS, as statements: what it reads, and what it changes.
// Resource types and condition keys: AWS Service Authorization Reference, "Actions, resources, and condition keys for Amazon ECS".
import type { Shop } from './iam-shop.ts';
import { ecs, role, type Statement } from './iam-statement.ts';

/** What plans and watches read. */
export function reads(shop: Shop): readonly Statement[] {
  return [...seeTheCluster(shop), seeTheServices(shop), seeTheTasks(shop), seeRevisionsAndScaling()];
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
export function listRevisions(): Statement {
  return { Sid: 'ListRevisions', Effect: 'Allow', Action: 'ecs:ListTaskDefinitions', Resource: '*' };
}

/** What changes ECS. */
export function install(shop: Shop): readonly Statement[] {
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

function passRoles(shop: Shop, sid: string, names: readonly string[], service: string) {
  return {
    Sid: sid,
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: names.map((name) => role(shop, name)),
    Condition: { StringEquals: { 'iam:PassedToService': service } },
  };
}

function services(shop: Shop): readonly string[] {
  return shop.projects.map((project) => ecs(shop, `service/${shop.cluster}/${project}`));
}
