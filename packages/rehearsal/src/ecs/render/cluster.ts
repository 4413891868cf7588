import type { ClusterState, ContainerInstanceState, JsonObject, World } from '@bamboo-ecs/rollout/simulation';
import { attributesOf, countsAsRunning, usageOf } from '@bamboo-ecs/rollout/simulation';
import { seconds, tagList } from './common.ts';

const pending = new Set(['PROVISIONING', 'PENDING', 'ACTIVATING']);

export function renderCluster(
  world: World,
  cluster: ClusterState,
  include: readonly string[] = [],
): JsonObject {
  const tasks = [...world.state.tasks.values()].filter((task) => task.cluster === cluster.name);
  const services = [...world.state.services.values()].filter(
    (service) => service.cluster === cluster.name && service.status === 'ACTIVE',
  );
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: cluster.instances.length,
    runningTasksCount: tasks.filter(countsAsRunning).length,
    pendingTasksCount: tasks.filter((task) => pending.has(task.lastStatus)).length,
    activeServicesCount: services.length,
    statistics: [],
    tags: include.includes('TAGS') ? tagList(cluster.tags) : [],
    settings: include.includes('SETTINGS') ? cluster.settings : [],
    capacityProviders: cluster.capacityProviders,
    defaultCapacityProviderStrategy: [],
  };
}

export function renderInstance(
  world: World,
  instance: ContainerInstanceState,
  include: readonly string[] = [],
): JsonObject {
  const tasks = [...world.state.tasks.values()].filter((task) => task.instance === instance.arn);
  const usage = usageOf(world, instance);
  const ports = [...usage.ports];
  const resources = (
    cpu: number,
    memory: number,
    tcp: readonly string[],
    udp: readonly string[],
  ): JsonObject[] => [
    { name: 'CPU', type: 'INTEGER', doubleValue: 0, longValue: 0, integerValue: cpu },
    { name: 'MEMORY', type: 'INTEGER', doubleValue: 0, longValue: 0, integerValue: memory },
    { name: 'PORTS', type: 'STRINGSET', doubleValue: 0, longValue: 0, integerValue: 0, stringSetValue: tcp },
    {
      name: 'PORTS_UDP',
      type: 'STRINGSET',
      doubleValue: 0,
      longValue: 0,
      integerValue: 0,
      stringSetValue: udp,
    },
  ];
  const used = (protocol: string): string[] =>
    ports.filter((port) => port.startsWith(`${protocol}/`)).map((port) => port.slice(4));
  return {
    containerInstanceArn: instance.arn,
    ec2InstanceId: instance.ec2InstanceId,
    version: 1,
    versionInfo: { agentVersion: '1.89.0', agentHash: '00000000', dockerVersion: 'DockerVersion: 25.0.6' },
    registeredResources: resources(instance.cpu, instance.memory, instance.reservedPorts.map(String), []),
    remainingResources: resources(
      instance.cpu - usage.cpu,
      instance.memory - usage.memory,
      used('tcp'),
      used('udp'),
    ),
    status: instance.status,
    agentConnected: instance.agentConnected,
    runningTasksCount: tasks.filter(countsAsRunning).length,
    pendingTasksCount: tasks.filter((task) => pending.has(task.lastStatus)).length,
    attributes: Object.entries(attributesOf(instance)).map(([name, value]) => ({ name, value })),
    registeredAt: seconds(instance.registeredAt),
    attachments: [],
    tags: include.includes('TAGS') ? tagList(instance.tags) : [],
  };
}

/** "CapacityProvider", ECS API Reference: the two of Fargate have no Auto Scaling group. */
export function renderProvider({ settings }: World, name: string, scaled: boolean): JsonObject {
  const common = {
    capacityProviderArn: `arn:aws:ecs:${settings.region}:${settings.account}:capacity-provider/${name}`,
    name,
    status: 'ACTIVE',
    tags: [],
  };
  if (name === 'FARGATE' || name === 'FARGATE_SPOT') return common;
  return {
    ...common,
    autoScalingGroupProvider: {
      autoScalingGroupArn: `arn:aws:autoscaling:${settings.region}:${settings.account}:autoScalingGroup:0:autoScalingGroupName/${name}`,
      managedScaling: { status: scaled ? 'ENABLED' : 'DISABLED', targetCapacity: 100 },
      managedTerminationProtection: 'DISABLED',
    },
  };
}
