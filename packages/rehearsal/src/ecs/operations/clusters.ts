import { findCluster, lastPart, textOf, textsOf } from '@bamboo-ecs/rollout/simulation';
import { EcsSimulationError } from '@bamboo-ecs/rollout/simulation';
import { pageOf } from '../paging.ts';
import { renderCluster, renderInstance, renderProvider } from '../render/cluster.ts';
import { missingFailure } from '../render/common.ts';
import { atMost } from './operation.ts';
import type { Operations } from './operation.ts';

export const clusterOperations: Operations = {
  CreateCluster(simulation, request) {
    const cluster = simulation.createCluster(request);
    return { cluster: renderCluster(simulation.world, cluster, ['TAGS', 'SETTINGS']) };
  },

  DescribeClusters({ world }, request) {
    const asked = textsOf(request, 'clusters');
    const found = [];
    const failures = [];
    for (const reference of atMost(asked.length === 0 ? ['default'] : asked, 100, 'Clusters')) {
      const cluster = world.state.clusters.get(lastPart(reference));
      if (cluster === undefined) {
        const arn = reference.startsWith('arn:') ? reference : arnFor(world, `cluster/${reference}`);
        failures.push(missingFailure(arn));
      } else found.push(renderCluster(world, cluster, textsOf(request, 'include')));
    }
    return { clusters: found, failures };
  },

  ListClusters({ world }, request) {
    const active = [...world.state.clusters.values()].filter(({ status }) => status === 'ACTIVE');
    const { page, more } = pageOf(active, request, 100);
    return { clusterArns: page.map(({ arn }) => arn), ...more };
  },

  DeleteCluster(simulation, request) {
    return { cluster: renderCluster(simulation.world, simulation.deleteCluster(request)) };
  },

  ListContainerInstances({ world }, request) {
    const cluster = findCluster(world, textOf(request, 'cluster'));
    const status = textOf(request, 'status');
    const listed = cluster.instances.filter((instance) => status === undefined || instance.status === status);
    const { page, more } = pageOf(listed, request, 100);
    return { containerInstanceArns: page.map(({ arn }) => arn), ...more };
  },

  DescribeContainerInstances({ world }, request) {
    const cluster = findCluster(world, textOf(request, 'cluster'));
    const found = [];
    const failures = [];
    for (const reference of atMost(textsOf(request, 'containerInstances'), 100, 'ContainerInstances')) {
      const instance = cluster.instances.find(({ id }) => id === lastPart(reference));
      if (instance !== undefined) found.push(renderInstance(world, instance, textsOf(request, 'include')));
      else
        failures.push(
          missingFailure(arnFor(world, `container-instance/${cluster.name}/${lastPart(reference)}`)),
        );
    }
    return { containerInstances: found, failures };
  },

  DescribeCapacityProviders({ world }, request) {
    const clusters = [...world.state.clusters.values()].filter(({ status }) => status === 'ACTIVE');
    const known = ['FARGATE', 'FARGATE_SPOT', ...clusters.flatMap((cluster) => cluster.capacityProviders)];
    const scaled = new Set(clusters.flatMap((cluster) => cluster.managedScaling ?? []));
    const asked = textsOf(request, 'capacityProviders');
    const names = asked.length === 0 ? [...new Set(known)] : asked.map(lastPart);
    return {
      capacityProviders: names
        .filter((name) => known.includes(name))
        .map((name) => renderProvider(world, name, scaled.has(name))),
      failures: names
        .filter((name) => !known.includes(name))
        .map((name) => missingFailure(arnFor(world, `capacity-provider/${name}`))),
    };
  },

  UpdateContainerInstancesState(simulation, request) {
    const { world } = simulation;
    const cluster = findCluster(world, textOf(request, 'cluster'));
    const status = textOf(request, 'status');
    if (status !== 'ACTIVE' && status !== 'DRAINING') {
      throw new EcsSimulationError(
        'InvalidParameterException',
        'Container instance status must be ACTIVE or DRAINING.',
      );
    }
    const found = [];
    const failures = [];
    for (const reference of atMost(textsOf(request, 'containerInstances'), 10, 'ContainerInstances')) {
      const instance = simulation.setInstanceStatus(cluster.name, reference, status);
      if (instance !== undefined) found.push(renderInstance(world, instance));
      else
        failures.push(
          missingFailure(arnFor(world, `container-instance/${cluster.name}/${lastPart(reference)}`)),
        );
    }
    return { containerInstances: found, failures };
  },
};

function arnFor({ settings }: { settings: { region: string; account: string } }, resource: string): string {
  return `arn:aws:ecs:${settings.region}:${settings.account}:${resource}`;
}
