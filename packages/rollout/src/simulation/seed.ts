// A service as it stands already: instances with what is free on them, and tasks that have run for long.
import type { ContainerInstanceState } from './state.ts';
import { findDefinition } from './bounds.ts';
import { findCluster } from './find.ts';
import { bind, usageOf } from './placement.ts';
import { needOf } from './task-need.ts';
import { startTask } from './task-start.ts';
import type { ServiceState } from './service-state.ts';
import type { TaskState } from './task-state.ts';
import { primaryOf } from './world.ts';
import type { World } from './world.ts';

export type InstanceSeed = Omit<ContainerInstanceState, 'id' | 'ec2InstanceId' | 'registeredAt' | 'tags'>;

/** An instance with exactly these members; its ARN is its identity. */
export function seedInstance(world: World, cluster: string, seed: InstanceSeed): ContainerInstanceState {
  const id = seed.arn.slice(seed.arn.lastIndexOf('/') + 1);
  const instance: ContainerInstanceState = {
    ...seed,
    id,
    ec2InstanceId: id,
    registeredAt: world.now,
    tags: {},
  };
  findCluster(world, cluster).instances.push(instance);
  return instance;
}

/** A healthy task of the service's PRIMARY deployment, without asking whether it fits; null: on no instance. */
export function seedTask(
  world: World,
  service: ServiceState,
  instance: ContainerInstanceState | null,
): TaskState {
  const primary = primaryOf(service);
  const definition = primary && findDefinition(world, primary.taskDefinition);
  if (primary === undefined || definition === undefined) throw new Error(`${service.key} has nothing to run`);
  const need = needOf(definition.definition);
  const task = startTask(world, {
    cluster: service.cluster,
    service: service.key,
    startedBy: primary.id,
    group: `service:${service.name}`,
    launchType: service.launchType,
    definition,
    placed: instance && { instance, bindings: bind(need.ports, usageOf(world, instance).ports) },
    zone: instance?.zone ?? '',
  });
  task.timers = [];
  task.lastStatus = 'RUNNING';
  // Long enough to count as healthy whatever the wait.
  task.startedAt = 0;
  for (const container of task.containers) {
    container.lastStatus = 'RUNNING';
    container.healthStatus = 'HEALTHY';
  }
  return task;
}

/** The PRIMARY deployment is over: it is what ECS rolls back to, and its tasks are kept up while they are replaced. */
export function seedCompleted(service: ServiceState): void {
  const primary = primaryOf(service);
  if (primary === undefined) return;
  primary.progress = 'COMPLETED';
  primary.everCompleted = true;
  service.lastCompleted = primary;
}
