// Finding things by what a request calls them: name, ARN, family with or without revision.
import { EcsSimulationError, invalid } from './simulation-error.ts';
import type { ServiceState } from './service-state.ts';
import type { ClusterState, TaskDefinitionState } from './state.ts';
import type { TaskState } from './task-state.ts';
import type { World } from './world.ts';

/** The part after the last slash; a name stays a name. */
export function lastPart(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

/** The cluster `default` when none is named. Throws ClusterNotFoundException. */
export function findCluster(world: World, reference: string | undefined): ClusterState {
  const cluster = world.state.clusters.get(lastPart(reference ?? 'default'));
  if (cluster === undefined) throw new EcsSimulationError('ClusterNotFoundException', 'Cluster not found.');
  if (cluster.status === 'INACTIVE') {
    throw new EcsSimulationError('ClusterNotFoundException', 'The referenced cluster was inactive.');
  }
  return cluster;
}

/** By name or by ARN, long or short. */
export function lookUpService(
  world: World,
  cluster: ClusterState,
  reference: string,
): ServiceState | undefined {
  return world.state.services.get(`${cluster.name}/${lastPart(reference)}`);
}

/** Can it be seen yet? AWS is eventually consistent: a service may be missing for seconds after it was created. */
export function isSeen(world: World, service: ServiceState): boolean {
  return world.now - service.createdAt >= world.settings.unseenMs;
}

/** Throws ServiceNotFoundException, or ServiceNotActiveException when it is DRAINING or INACTIVE. */
export function findActiveService(world: World, cluster: ClusterState, reference: string): ServiceState {
  const service = lookUpService(world, cluster, reference);
  if (service === undefined) throw new EcsSimulationError('ServiceNotFoundException', 'Service not found.');
  if (service.status !== 'ACTIVE') {
    throw new EcsSimulationError('ServiceNotActiveException', 'Service was not ACTIVE.');
  }
  return service;
}

/** `family` (its latest ACTIVE revision), `family:revision` or an ARN. */
export function lookUpDefinition(world: World, reference: string): TaskDefinitionState | undefined {
  const name = reference.startsWith('arn:') ? lastPart(reference) : reference;
  const parts = /^(?<family>[^:]+)(?::(?<revision>\d+))?$/u.exec(name)?.groups;
  const revisions = world.state.taskDefinitions.get(parts?.['family'] ?? '') ?? [];
  const wanted = parts?.['revision'];
  if (wanted === undefined) return revisions.findLast(({ status }) => status === 'ACTIVE');
  return revisions.find(({ revision }) => String(revision) === wanted);
}

/** A task definition that a task can be started from. Throws ClientException. */
export function usableDefinition(world: World, reference: string): TaskDefinitionState {
  const found = lookUpDefinition(world, reference);
  if (found === undefined) throw new EcsSimulationError('ClientException', 'TaskDefinition not found.');
  if (found.status !== 'ACTIVE')
    throw new EcsSimulationError('ClientException', 'TaskDefinition is inactive');
  return found;
}

export function findTask(world: World, cluster: ClusterState, reference: string): TaskState {
  const task = world.state.tasks.get(lastPart(reference));
  if (task === undefined || task.cluster !== cluster.name)
    throw invalid('The referenced task was not found.');
  return task;
}
