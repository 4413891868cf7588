// Counting failed tasks, and the pauses between starts that never succeed.
import { flagOf, objectOf } from './members.ts';
import { complain, inconsistentStarts, resolved } from './service-events.ts';
import { deploymentOf, isHealthy } from './task-health.ts';
import type { TaskState } from './task-state.ts';
import { wake } from './world.ts';
import type { World } from './world.ts';

/**
 * A task of the deployment failed: it could not start, ended before it should, or failed its health checks.
 * Tasks that never reached RUNNING make the next start wait (AWS: service-throttle-logic); those that ran do not.
 */
export function noteFailure(world: World, task: TaskState): void {
  const found = deploymentOf(world, task);
  if (found === null) return;
  const { service, deployment } = found;
  if (deployment.progress === 'IN_PROGRESS') {
    deployment.failedTasks += 1;
    deployment.breakerFailures += 1;
    deployment.updatedAt = world.now;
  }
  // Tasks that were started together and fail together are one failed try.
  if (task.failure === 'start' && world.now >= deployment.notBefore) {
    deployment.startFailures += 1;
    const { startBackOffMs, startBackOffMaxMs } = world.settings.pace;
    const pause = Math.min(
      startBackOffMaxMs,
      startBackOffMs * 2 ** Math.min(deployment.startFailures - 1, 30),
    );
    deployment.notBefore = world.now + pause;
    if (deployment.startFailures >= 2) complain(world, service, inconsistentStarts);
  }
  wake(world, service);
}

/** The first time that a task counts as healthy: failures are forgotten, unless the breaker is told to keep them. */
export function noteHealth(world: World, task: TaskState): void {
  if (task.healthySince !== null || !isHealthy(world, task)) return;
  task.healthySince = world.now;
  const found = deploymentOf(world, task);
  if (found === null) return;
  const { service, deployment } = found;
  const breaker = objectOf(
    objectOf(service.attributes, 'deploymentConfiguration'),
    'deploymentCircuitBreaker',
  );
  if (flagOf(breaker, 'resetOnHealthyTask') ?? true) {
    deployment.failedTasks = 0;
    deployment.breakerFailures = 0;
  }
  deployment.startFailures = 0;
  deployment.notBefore = 0;
  resolved(service, inconsistentStarts);
  wake(world, service);
}
