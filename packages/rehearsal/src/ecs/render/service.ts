// A service as DescribeServices shows it.
import type {
  DeploymentState,
  JsonObject,
  ServiceState,
  TaskState,
  World,
} from '@bamboo-ecs/rollout/simulation';
import {
  boundsOf,
  countsAsRunning,
  memberOf,
  objectsOf,
  pick,
  showsRollout,
  textOf,
} from '@bamboo-ecs/rollout/simulation';
import { maybe, seconds, tagList } from './common.ts';

interface Counts {
  readonly running: number;
  readonly pending: number;
}

function countsOf(tasks: readonly TaskState[]): Counts {
  return {
    running: tasks.filter(countsAsRunning).length,
    pending: tasks.filter(({ lastStatus }) => ['PROVISIONING', 'PENDING', 'ACTIVATING'].includes(lastStatus))
      .length,
  };
}

export function renderService(
  world: World,
  service: ServiceState,
  include: readonly string[] = [],
): JsonObject {
  const tasks = [...world.state.tasks.values()].filter((task) => task.service === service.key);
  const { running, pending } = countsOf(tasks);
  const primary = service.deployments[0];
  const revision = primary?.revision ?? service.revisions[0]?.revision ?? {};
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: clusterArn(world, service),
    loadBalancers: objectsOf(revision, 'loadBalancers'),
    serviceRegistries: objectsOf(revision, 'serviceRegistries'),
    status: service.status,
    desiredCount: service.status === 'ACTIVE' ? boundsOf(world, service).desired : 0,
    runningCount: running,
    pendingCount: pending,
    ...launch(service, revision),
    taskDefinition: textOf(revision, 'taskDefinition') ?? '',
    deploymentConfiguration: memberOf(service.attributes, 'deploymentConfiguration') ?? {},
    deployments: service.deployments.map((deployment) => renderDeployment(world, service, deployment, tasks)),
    ...maybe('roleArn', roleOf(world, service, revision)),
    events: service.events.map(({ id, createdAt, message }) => ({
      id,
      createdAt: seconds(createdAt),
      message,
    })),
    createdAt: seconds(service.createdAt),
    ...maybe('currentServiceDeployment', service.serviceDeployments[0]?.arn),
    currentServiceRevisions: service.deployments.map((deployment) =>
      revisionSummary(world, service, deployment, tasks),
    ),
    placementConstraints: objectsOf(service.attributes, 'placementConstraints'),
    placementStrategy: objectsOf(service.attributes, 'placementStrategy'),
    ...pick(revision, ['networkConfiguration']),
    ...pick(service.attributes, ['healthCheckGracePeriodSeconds']),
    schedulingStrategy: service.schedulingStrategy,
    deploymentController: memberOf(service.attributes, 'deploymentController') ?? { type: 'ECS' },
    ...(include.includes('TAGS') ? { tags: tagList(service.tags) } : {}),
    createdBy: `arn:aws:iam::${world.settings.account}:root`,
    enableECSManagedTags: false,
    propagateTags: 'NONE',
    enableExecuteCommand: false,
    availabilityZoneRebalancing: 'ENABLED',
    ...pick(service.attributes, [
      'enableECSManagedTags',
      'propagateTags',
      'enableExecuteCommand',
      'availabilityZoneRebalancing',
    ]),
  };
}

export function clusterArn(world: World, service: Pick<ServiceState, 'cluster'>): string {
  return world.state.clusters.get(service.cluster)?.arn ?? '';
}

function launch(service: ServiceState, revision: JsonObject): JsonObject {
  const strategy = objectsOf(service.attributes, 'capacityProviderStrategy');
  const fargate = service.launchType === 'FARGATE';
  return {
    ...(strategy.length > 0 ? { capacityProviderStrategy: strategy } : { launchType: service.launchType }),
    ...(fargate
      ? { platformVersion: textOf(revision, 'platformVersion') ?? 'LATEST', platformFamily: 'Linux' }
      : {}),
  };
}

/** The role that was given, or the service-linked one of services behind a load balancer. */
function roleOf(world: World, service: ServiceState, revision: JsonObject): string | null {
  const role = textOf(service.attributes, 'role');
  const iam = `arn:aws:iam::${world.settings.account}:role/`;
  if (role !== undefined) return role.startsWith('arn:') ? role : `${iam}${role}`;
  if (objectsOf(revision, 'loadBalancers').length === 0) return null;
  return `${iam}aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`;
}

/** AWS: rolloutState is "only returned for services that use the rolling update (ECS) deployment type that aren't behind a Classic Load Balancer". */
function renderDeployment(
  world: World,
  service: ServiceState,
  deployment: DeploymentState,
  tasks: readonly TaskState[],
): JsonObject {
  const { running, pending } = countsOf(tasks.filter((task) => task.startedBy === deployment.id));
  const rollout = showsRollout(world, deployment)
    ? { rolloutState: deployment.progress, rolloutStateReason: deployment.reason }
    : {};
  return {
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.taskDefinition,
    desiredCount: deployment.status === 'PRIMARY' ? boundsOf(world, service).desired : deployment.keep,
    pendingCount: pending,
    runningCount: running,
    failedTasks: deployment.failedTasks,
    createdAt: seconds(deployment.createdAt),
    updatedAt: seconds(deployment.updatedAt),
    ...launch(service, deployment.revision),
    ...pick(deployment.revision, [
      'networkConfiguration',
      'serviceConnectConfiguration',
      'volumeConfigurations',
    ]),
    ...rollout,
  };
}

export function revisionSummary(
  world: World,
  service: ServiceState,
  deployment: DeploymentState,
  tasks: readonly TaskState[],
): JsonObject {
  const { running, pending } = countsOf(tasks.filter((task) => task.startedBy === deployment.id));
  const requested = deployment.status === 'PRIMARY' ? boundsOf(world, service).desired : deployment.keep;
  return {
    arn: deployment.revisionArn,
    requestedTaskCount: requested,
    runningTaskCount: running,
    pendingTaskCount: pending,
  };
}
