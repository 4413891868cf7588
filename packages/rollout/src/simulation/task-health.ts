// When a task counts as healthy, and when as unhealthy.
import { numberOf, objectsOf } from './members.ts';
import type { DeploymentState, ServiceState } from './service-state.ts';
import type { TaskState } from './task-state.ts';
import { after, wakeServiceOf } from './world.ts';
import type { World } from './world.ts';

export function deploymentOf(
  world: World,
  task: TaskState,
): { service: ServiceState; deployment: DeploymentState } | null {
  const service = task.service === null ? undefined : world.state.services.get(task.service);
  const deployment = service?.deployments.find((candidate) => candidate.id === task.startedBy);
  return service === undefined || deployment === undefined ? null : { service, deployment };
}

/** How many targets the task must be registered as. */
function expectedTargets(world: World, task: TaskState): number {
  const found = deploymentOf(world, task);
  return found === null ? 0 : objectsOf(found.deployment.revision, 'loadBalancers').length;
}

export function isAlive(task: TaskState): boolean {
  return task.desiredStatus === 'RUNNING' && task.lastStatus !== 'STOPPED';
}

/**
 * Healthy for the scheduler: behind a load balancer when each target is healthy, with container health checks when each is
 * HEALTHY, with both when both; with neither, a while after RUNNING (AWS: deployment-type-ecs).
 */
export function isHealthy(world: World, task: TaskState): boolean {
  if (task.lastStatus !== 'RUNNING' || task.desiredStatus !== 'RUNNING' || task.startedAt === null)
    return false;
  const expected = expectedTargets(world, task);
  const checked = task.containers.filter(
    (container) => container.healthCheck !== null && container.essential,
  );
  if (expected === 0 && checked.length === 0)
    return world.now - task.startedAt >= world.settings.pace.healthyWaitMs;
  return (
    task.targets.length >= expected &&
    task.targets.every((target) => target.state === 'healthy') &&
    checked.every((container) => container.healthStatus === 'HEALTHY')
  );
}

/** Failed health checks after the grace period. */
export function isUnhealthy(world: World, task: TaskState): boolean {
  if (task.lastStatus !== 'RUNNING' || task.desiredStatus !== 'RUNNING' || task.startedAt === null)
    return false;
  if (world.now < task.startedAt + graceMs(world, task)) return false;
  return (
    task.targets.some((target) => target.state === 'unhealthy') ||
    task.containers.some((container) => container.essential && container.healthStatus === 'UNHEALTHY')
  );
}

export function graceMs(world: World, task: TaskState): number {
  const found = deploymentOf(world, task);
  return found === null
    ? 0
    : (numberOf(found.service.attributes, 'healthCheckGracePeriodSeconds') ?? 0) * 1000;
}

/** The health that DescribeTasks shows: of the container health checks only. */
export function shownHealth(task: TaskState): 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN' {
  const checked = task.containers.filter(
    (container) => container.healthCheck !== null && container.essential,
  );
  if (checked.length === 0) return 'UNKNOWN';
  if (checked.some((container) => container.healthStatus === 'UNHEALTHY')) return 'UNHEALTHY';
  return checked.every((container) => container.healthStatus === 'HEALTHY') ? 'HEALTHY' : 'UNKNOWN';
}

/** Would the application answer a health check now? */
export function answers(world: World, task: TaskState): boolean {
  if (task.startedAt === null) return false;
  const since = world.now - task.startedAt;
  return task.containers.every(({ outcome }) => {
    if (outcome.kind === 'never-healthy') return false;
    return outcome.kind !== 'runs' || since >= (outcome.healthyAfterMs ?? 0);
  });
}

/** One run of a container's own health check; goes on until it passes. */
export function checkContainer(world: World, task: TaskState, index: number): void {
  const container = task.containers[index];
  if (container === undefined || container.healthCheck === null || task.startedAt === null) return;
  if (answers(world, task)) {
    container.healthStatus = 'HEALTHY';
    return;
  }
  if (world.now - task.startedAt > container.healthCheck.startPeriodMs) container.failedChecks += 1;
  if (container.failedChecks >= container.healthCheck.retries && container.healthStatus !== 'UNHEALTHY') {
    container.healthStatus = 'UNHEALTHY';
    wakeServiceOf(world, task);
  }
  after(world, task, containerIntervalMs(world, task, index), 'health', index);
}

export function containerIntervalMs(world: World, task: TaskState, index: number): number {
  return world.settings.pace.containerCheckMs ?? task.containers[index]?.healthCheck?.intervalMs ?? 30_000;
}
