// SDK objects to snapshots.
import type { Service, Task, TaskDefinition, Tag } from '@aws-sdk/client-ecs';
import type { JsonObject } from '@bamboo-ecs/release';
import type {
  ContainerSnapshot,
  DeploymentSnapshot,
  ServiceSnapshot,
  TaskDefinitionSnapshot,
  TaskSnapshot,
} from '@bamboo-ecs/rollout';
import { present, toJsonObject, toMilliseconds } from './plain.ts';
import { fromTags } from './tags.ts';

/** `cluster` and, for a MISSING one, `name` as the caller gave them. */
export function toServiceSnapshot(service: Service, cluster: string, at: number): ServiceSnapshot {
  return {
    at,
    cluster,
    name: service.serviceName ?? '',
    arn: service.serviceArn ?? '',
    status: statusOf(service.status),
    taskDefinition: service.taskDefinition ?? '',
    controller: service.deploymentController?.type ?? 'ECS',
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    pending: service.pendingCount ?? 0,
    deployments: (service.deployments ?? []).map(toDeployment),
    events: (service.events ?? []).map((event) => ({
      id: event.id ?? '',
      at: toMilliseconds(event.createdAt) ?? 0,
      message: event.message ?? '',
    })),
    // The events are a hundred long texts and stand above already.
    definition: toJsonObject(service, ['events']),
  };
}

export function missingService(cluster: string, name: string, arn: string, at: number): ServiceSnapshot {
  return {
    at,
    cluster,
    name,
    arn,
    status: 'MISSING',
    taskDefinition: '',
    controller: 'ECS',
    desired: 0,
    running: 0,
    pending: 0,
    deployments: [],
    events: [],
    definition: {},
  };
}

/** A status that AWS may add one day counts as ACTIVE: an update then gets AWS's own answer. */
function statusOf(status: string | undefined): ServiceSnapshot['status'] {
  return status === 'INACTIVE' || status === 'MISSING' || status === 'DRAINING' ? status : 'ACTIVE';
}

type SdkDeployment = NonNullable<Service['deployments']>[number];

function toDeployment(deployment: SdkDeployment): DeploymentSnapshot {
  const createdAt = toMilliseconds(deployment.createdAt) ?? 0;
  return {
    id: deployment.id ?? '',
    status: deployment.status ?? '',
    ...present({
      rolloutState: deployment.rolloutState,
      rolloutStateReason: deployment.rolloutStateReason,
    }),
    taskDefinition: deployment.taskDefinition ?? '',
    desired: deployment.desiredCount ?? 0,
    running: deployment.runningCount ?? 0,
    pending: deployment.pendingCount ?? 0,
    failed: deployment.failedTasks ?? 0,
    createdAt,
    updatedAt: toMilliseconds(deployment.updatedAt) ?? createdAt,
  };
}

export function toTaskSnapshot(task: Task): TaskSnapshot {
  return {
    arn: task.taskArn ?? '',
    taskDefinition: task.taskDefinitionArn ?? '',
    lastStatus: task.lastStatus ?? '',
    desiredStatus: task.desiredStatus ?? '',
    ...present({
      startedBy: task.startedBy,
      stopCode: task.stopCode,
      stoppedReason: task.stoppedReason,
      createdAt: toMilliseconds(task.createdAt),
      startedAt: toMilliseconds(task.startedAt),
      stoppedAt: toMilliseconds(task.stoppedAt),
      healthStatus: task.healthStatus,
      containerInstance: task.containerInstanceArn,
    }),
    containers: (task.containers ?? []).map(toContainer),
  };
}

type SdkContainer = NonNullable<Task['containers']>[number];

function toContainer(container: SdkContainer): ContainerSnapshot {
  return {
    name: container.name ?? '',
    ...present({
      image: container.image,
      imageDigest: container.imageDigest,
      lastStatus: container.lastStatus,
      exitCode: container.exitCode,
      reason: container.reason,
      healthStatus: container.healthStatus,
      runtimeId: container.runtimeId,
    }),
  };
}

export function toTaskDefinitionSnapshot(
  definition: TaskDefinition,
  tags: readonly Tag[] | undefined,
): TaskDefinitionSnapshot {
  const arn = definition.taskDefinitionArn ?? '';
  const [, family, revision] = /([^/:]+):(\d+)$/u.exec(arn) ?? [];
  return {
    arn,
    family: definition.family ?? family ?? '',
    revision: definition.revision ?? Number(revision ?? 0),
    status:
      definition.status === 'INACTIVE' || definition.status === 'DELETE_IN_PROGRESS'
        ? definition.status
        : 'ACTIVE',
    tags: fromTags(tags),
    definition: withoutEmptyTexts(toJsonObject(definition)),
  };
}

/** ECS leaves out what a task definition does not set; some servers say `"taskRoleArn": ""`, which would be a difference for ever. */
function withoutEmptyTexts(definition: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(definition).filter(([, value]) => value !== ''));
}
