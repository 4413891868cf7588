// The requests of the operations.
import { container } from './container-shape.ts';
import { keyValue, list, object, strings, tags } from './shape.ts';
import type { Shape } from './shape.ts';

const paging = { maxResults: 'integer', nextToken: 'string' } as const;

const serviceMembers = {
  cluster: 'string',
  taskDefinition: 'string',
  desiredCount: 'integer',
  availabilityZoneRebalancing: 'string',
  loadBalancers: list(
    object({
      targetGroupArn: 'string',
      loadBalancerName: 'string',
      containerName: 'string',
      containerPort: 'integer',
      advancedConfiguration: 'any',
    }),
  ),
  serviceRegistries: list(
    object({ registryArn: 'string', port: 'integer', containerName: 'string', containerPort: 'integer' }),
  ),
  capacityProviderStrategy: list(object({ capacityProvider: 'string', weight: 'integer', base: 'integer' })),
  platformVersion: 'string',
  deploymentConfiguration: object({
    deploymentCircuitBreaker: object({
      enable: 'boolean',
      rollback: 'boolean',
      resetOnHealthyTask: 'boolean',
      thresholdConfiguration: object({ type: 'string', value: 'integer' }),
    }),
    maximumPercent: 'integer',
    minimumHealthyPercent: 'integer',
    alarms: object({ alarmNames: strings, enable: 'boolean', rollback: 'boolean' }),
    strategy: 'string',
    bakeTimeInMinutes: 'integer',
    lifecycleHooks: 'any',
    linearConfiguration: 'any',
    canaryConfiguration: 'any',
    earlySuccessCriteria: 'any',
  }),
  networkConfiguration: object({
    awsvpcConfiguration: object({ subnets: strings, securityGroups: strings, assignPublicIp: 'string' }),
  }),
  placementConstraints: list(object({ type: 'string', expression: 'string' })),
  placementStrategy: list(object({ type: 'string', field: 'string' })),
  healthCheckGracePeriodSeconds: 'integer',
  enableExecuteCommand: 'boolean',
  enableECSManagedTags: 'boolean',
  propagateTags: 'string',
  deploymentController: object({ type: 'string' }),
  serviceConnectConfiguration: 'any',
  volumeConfigurations: 'any',
  vpcLatticeConfigurations: 'any',
} as const;

export interface OperationShape {
  readonly members: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

export const shapes: Readonly<Record<string, OperationShape>> = {
  CreateCluster: {
    members: { clusterName: 'string', tags, settings: list(keyValue), capacityProviders: strings },
  },
  DescribeClusters: { members: { clusters: strings, include: strings } },
  DescribeCapacityProviders: { members: { capacityProviders: strings, include: strings, ...paging } },
  ListClusters: { members: paging },
  DeleteCluster: { members: { cluster: 'string' }, required: ['cluster'] },
  RegisterTaskDefinition: {
    members: {
      family: 'string',
      taskRoleArn: 'string',
      executionRoleArn: 'string',
      networkMode: 'string',
      containerDefinitions: list(container),
      volumes: list('any'),
      placementConstraints: list(object({ type: 'string', expression: 'string' })),
      requiresCompatibilities: strings,
      cpu: 'string',
      memory: 'string',
      tags,
      pidMode: 'string',
      ipcMode: 'string',
      proxyConfiguration: 'any',
      inferenceAccelerators: list('any'),
      ephemeralStorage: object({ sizeInGiB: 'integer' }),
      runtimePlatform: object({ cpuArchitecture: 'string', operatingSystemFamily: 'string' }),
      enableFaultInjection: 'boolean',
    },
    required: ['family', 'containerDefinitions'],
  },
  DeregisterTaskDefinition: { members: { taskDefinition: 'string' }, required: ['taskDefinition'] },
  DescribeTaskDefinition: {
    members: { taskDefinition: 'string', include: strings },
    required: ['taskDefinition'],
  },
  ListTaskDefinitions: {
    members: { familyPrefix: 'string', status: 'string', sort: 'string', ...paging },
  },
  ListTaskDefinitionFamilies: { members: { familyPrefix: 'string', status: 'string', ...paging } },
  DeleteTaskDefinitions: { members: { taskDefinitions: strings }, required: ['taskDefinitions'] },
  CreateService: {
    members: {
      ...serviceMembers,
      serviceName: 'string',
      clientToken: 'string',
      launchType: 'string',
      role: 'string',
      schedulingStrategy: 'string',
      tags,
    },
    required: ['serviceName'],
  },
  UpdateService: {
    members: { ...serviceMembers, service: 'string', forceNewDeployment: 'boolean' },
    required: ['service'],
  },
  DeleteService: {
    members: { cluster: 'string', service: 'string', force: 'boolean' },
    required: ['service'],
  },
  DescribeServices: {
    members: { cluster: 'string', services: strings, include: strings },
    required: ['services'],
  },
  ListServices: {
    members: { cluster: 'string', launchType: 'string', schedulingStrategy: 'string', ...paging },
  },
  ListTasks: {
    members: {
      cluster: 'string',
      containerInstance: 'string',
      family: 'string',
      startedBy: 'string',
      serviceName: 'string',
      desiredStatus: 'string',
      launchType: 'string',
      ...paging,
    },
  },
  DescribeTasks: { members: { cluster: 'string', tasks: strings, include: strings }, required: ['tasks'] },
  StopTask: { members: { cluster: 'string', task: 'string', reason: 'string' }, required: ['task'] },
  RunTask: {
    members: {
      cluster: 'string',
      taskDefinition: 'string',
      count: 'integer',
      group: 'string',
      startedBy: 'string',
      launchType: 'string',
      capacityProviderStrategy: serviceMembers.capacityProviderStrategy,
      networkConfiguration: serviceMembers.networkConfiguration,
      placementConstraints: serviceMembers.placementConstraints,
      placementStrategy: serviceMembers.placementStrategy,
      overrides: 'any',
      clientToken: 'string',
      tags,
    },
    required: ['taskDefinition'],
  },
  ListContainerInstances: { members: { cluster: 'string', status: 'string', ...paging } },
  DescribeContainerInstances: {
    members: { cluster: 'string', containerInstances: strings, include: strings },
    required: ['containerInstances'],
  },
  UpdateContainerInstancesState: {
    members: { cluster: 'string', containerInstances: strings, status: 'string' },
    required: ['containerInstances', 'status'],
  },
  ListServiceDeployments: {
    members: {
      service: 'string',
      cluster: 'string',
      status: strings,
      createdAt: object({ after: 'number', before: 'number' }),
      ...paging,
    },
    required: ['service'],
  },
  DescribeServiceDeployments: {
    members: { serviceDeploymentArns: strings },
    required: ['serviceDeploymentArns'],
  },
  StopServiceDeployment: {
    members: { serviceDeploymentArn: 'string', stopType: 'string' },
    required: ['serviceDeploymentArn'],
  },
  ContinueServiceDeployment: {
    members: { serviceDeploymentArn: 'string', hookId: 'string', action: 'string' },
    required: ['serviceDeploymentArn', 'hookId'],
  },
  DescribeServiceRevisions: { members: { serviceRevisionArns: strings }, required: ['serviceRevisionArns'] },
  TagResource: { members: { resourceArn: 'string', tags }, required: ['resourceArn', 'tags'] },
  UntagResource: {
    members: { resourceArn: 'string', tagKeys: strings },
    required: ['resourceArn', 'tagKeys'],
  },
  ListTagsForResource: { members: { resourceArn: 'string' }, required: ['resourceArn'] },
};
