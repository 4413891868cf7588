// A task as DescribeTasks shows it.
import type { ContainerState, JsonObject, TaskState, World } from '@bamboo-ecs/rollout/simulation';
import { shownHealth } from '@bamboo-ecs/rollout/simulation';
import { maybe, tagList, timeMember } from './common.ts';

export function renderTask(world: World, task: TaskState, include: readonly string[] = []): JsonObject {
  return {
    taskArn: task.arn,
    clusterArn: world.state.clusters.get(task.cluster)?.arn ?? '',
    taskDefinitionArn: task.taskDefinition,
    ...maybe('containerInstanceArn', task.instance),
    availabilityZone: task.zone,
    attachments: task.ownInterface ? [networkInterface(task)] : [],
    attributes: [{ name: 'ecs.cpu-architecture', value: 'x86_64' }],
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    cpu: String(task.cpu),
    memory: String(task.memory),
    containers: task.containers.map((container) => renderContainer(task, container)),
    ...maybe('startedBy', task.startedBy === '' ? null : task.startedBy),
    group: task.group,
    launchType: task.launchType,
    ...(task.launchType === 'FARGATE' ? { platformVersion: '1.4.0', platformFamily: 'Linux' } : {}),
    healthStatus: shownHealth(task),
    enableExecuteCommand: false,
    overrides: {
      containerOverrides: task.containers.map(({ name }) => ({ name })),
      inferenceAcceleratorOverrides: [],
    },
    connectivity: 'CONNECTED',
    ...timeMember('createdAt', task.createdAt),
    ...timeMember('connectivityAt', task.createdAt),
    ...timeMember('pullStartedAt', task.pullStartedAt),
    ...timeMember('pullStoppedAt', task.pullStoppedAt),
    ...timeMember('startedAt', task.startedAt),
    ...timeMember('stoppingAt', task.stoppingAt),
    ...timeMember('executionStoppedAt', task.executionStoppedAt),
    ...timeMember('stoppedAt', task.stoppedAt),
    ...maybe('stopCode', task.stopCode),
    ...maybe('stoppedReason', task.stoppedReason),
    version: task.version,
    tags: include.includes('TAGS') ? tagList(task.tags) : [],
  };
}

function renderContainer(task: TaskState, container: ContainerState): JsonObject {
  const bindings = task.startedAt === null ? [] : container.bindings;
  return {
    containerArn: task.arn.replace(':task/', ':container/') + `/${container.id}`,
    taskArn: task.arn,
    name: container.name,
    image: container.image,
    ...(task.pullStoppedAt === null ? {} : { imageDigest: container.digest }),
    ...(task.startedAt === null ? {} : { runtimeId: container.id.replaceAll('-', '') }),
    lastStatus: container.lastStatus,
    ...maybe('exitCode', container.exitCode),
    ...maybe('reason', container.reason),
    networkBindings: bindings.map(({ containerPort, hostPort, protocol }) => ({
      bindIP: '0.0.0.0',
      containerPort,
      hostPort,
      protocol,
    })),
    networkInterfaces: task.ownInterface ? [{ attachmentId: task.id, privateIpv4Address: task.address }] : [],
    healthStatus: container.healthCheck === null ? 'UNKNOWN' : container.healthStatus,
  };
}

function networkInterface(task: TaskState): JsonObject {
  return {
    id: task.id,
    type: 'ElasticNetworkInterface',
    status: task.lastStatus === 'STOPPED' ? 'DELETED' : 'ATTACHED',
    details: [{ name: 'privateIPv4Address', value: task.address }],
  };
}
