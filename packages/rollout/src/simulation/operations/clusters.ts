// Clusters and their container instances.
import type { JsonObject } from '@bamboo-ecs/release';
import { findCluster, lastPart } from '../find.ts';
import { arnOf, hexId } from '../ids.ts';
import { memberOf, textOf, textsOf } from '../members.ts';
import type { InstanceOptions } from '../options.ts';
import { EcsSimulationError, invalid } from '../simulation-error.ts';
import type { ClusterState, ContainerInstanceState } from '../state.ts';
import { tagsOf } from './tags.ts';
import { wake } from '../world.ts';
import type { World } from '../world.ts';

/** Made anew, or the one that is there. */
export function createCluster(world: World, request: JsonObject): ClusterState {
  const name = textOf(request, 'clusterName') ?? 'default';
  if (!/^[A-Za-z0-9_-]{1,255}$/u.test(name)) {
    throw invalid('Cluster name must be 1 to 255 letters, digits, hyphens and underscores.');
  }
  const existing = world.state.clusters.get(name);
  if (existing !== undefined && existing.status === 'ACTIVE') return existing;
  const cluster: ClusterState = {
    name,
    arn: arnOf(world, `cluster/${name}`),
    status: 'ACTIVE',
    settings: memberOf(request, 'settings') ?? [{ name: 'containerInsights', value: 'disabled' }],
    capacityProviders: textsOf(request, 'capacityProviders'),
    tags: tagsOf(request),
    instances: [],
  };
  world.state.clusters.set(name, cluster);
  return cluster;
}

/** Refused while it has container instances, services or tasks. */
export function deleteCluster(world: World, request: JsonObject): ClusterState {
  const cluster = findCluster(world, textOf(request, 'cluster'));
  const active = [...world.state.services.values()].some(
    (service) => service.cluster === cluster.name && service.status !== 'INACTIVE',
  );
  if (active) {
    throw new EcsSimulationError(
      'ClusterContainsServicesException',
      'The Cluster cannot be deleted while Services are active.',
    );
  }
  if (cluster.instances.length > 0) {
    throw new EcsSimulationError(
      'ClusterContainsContainerInstancesException',
      'The Cluster cannot be deleted while Container Instances are active or draining.',
    );
  }
  const tasks = [...world.state.tasks.values()];
  if (tasks.some((task) => task.cluster === cluster.name && task.lastStatus !== 'STOPPED')) {
    throw new EcsSimulationError(
      'ClusterContainsTasksException',
      'The Cluster cannot be deleted while Tasks are active.',
    );
  }
  cluster.status = 'INACTIVE';
  return cluster;
}

export function addInstance(
  world: World,
  cluster: ClusterState,
  options: InstanceOptions,
): ContainerInstanceState {
  const id = hexId(world, 'instance');
  const instance: ContainerInstanceState = {
    id,
    arn: arnOf(world, `container-instance/${cluster.name}/${id}`),
    ec2InstanceId: `i-0${id.slice(0, 16)}`,
    zone: options.zone,
    cpu: options.cpu ?? 2048,
    memory: options.memory ?? 3884,
    reservedPorts: world.settings.reservedPorts,
    ...(options.gpus !== undefined && { gpus: options.gpus }),
    attributes: {
      'ecs.instance-type': 't3.medium',
      'ecs.os-type': 'linux',
      'ecs.cpu-architecture': 'x86_64',
      ...options.attributes,
    },
    registeredAt: world.now,
    status: 'ACTIVE',
    agentConnected: true,
    tags: {},
  };
  cluster.instances.push(instance);
  wakeServices(world, cluster);
  return instance;
}

/** ACTIVE or DRAINING; a DRAINING instance gets no new tasks and its tasks are replaced elsewhere. */
export function setInstanceStatus(
  world: World,
  cluster: ClusterState,
  reference: string,
  status: 'ACTIVE' | 'DRAINING',
): ContainerInstanceState | undefined {
  const instance = cluster.instances.find(({ id }) => id === lastPart(reference));
  if (instance === undefined) return undefined;
  instance.status = status;
  wakeServices(world, cluster);
  return instance;
}

function wakeServices(world: World, cluster: ClusterState): void {
  for (const service of world.state.services.values()) {
    if (service.cluster === cluster.name && service.status === 'ACTIVE') wake(world, service);
  }
}
