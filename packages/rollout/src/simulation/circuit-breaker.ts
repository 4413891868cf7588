// The deployment circuit breaker (AWS: deployment-circuit-breaker, API_ThresholdConfiguration) and what a failed deployment does.
import type { JsonObject } from '@bamboo-ecs/release';
import { boundsOf } from './bounds.ts';
import { hasClassic } from './load-balancers.ts';
import { flagOf, numberOf, objectOf, textOf, textsOf } from './members.ts';
import { changed, replacePrimary } from './new-deployment.ts';
import { advanceRecord, recordOf } from './service-deployments.ts';
import { tell } from './service-events.ts';
import type { DeploymentState, ServiceState } from './service-state.ts';
import { strategyOf } from './stages/steps.ts';
import { primaryOf } from './world.ts';
import type { World } from './world.ts';

/** Failures that trip the breaker, for a desired count. */
export function thresholdOf(breaker: JsonObject, desired: number): number {
  const configuration = objectOf(breaker, 'thresholdConfiguration');
  const value = numberOf(configuration, 'value') ?? 50;
  const share = Math.ceil((value * desired) / 100);
  switch (textOf(configuration, 'type') ?? '') {
    case 'COUNT':
      return Math.max(1, numberOf(configuration, 'value') ?? 3);
    case 'UNBOUNDED_PERCENT':
      return Math.max(1, share);
    default:
      return Math.min(200, Math.max(3, share));
  }
}

export function breakerOf(service: ServiceState): JsonObject {
  return objectOf(objectOf(service.attributes, 'deploymentConfiguration'), 'deploymentCircuitBreaker');
}

/** Behind a classic load balancer ECS shows no rolloutState and minds no breaker. */
export function showsRollout(world: World, deployment: DeploymentState): boolean {
  return world.settings.classicRolloutState || !hasClassic(deployment.revision);
}

/** Fails the deployment in progress when its breaker trips or one of its alarms goes off. */
export function mindFailures(world: World, service: ServiceState): void {
  const primary = primaryOf(service);
  if (primary === undefined || primary.progress !== 'IN_PROGRESS') return;
  if (!showsRollout(world, primary)) return;
  const breaker = breakerOf(service);
  const record = recordOf(service, primary);
  const configuration = objectOf(service.attributes, 'deploymentConfiguration');
  // "The deployment circuit breaker can only be used for services using the rolling update deployment type."
  if ((flagOf(breaker, 'enable') ?? false) && strategyOf(configuration) === 'ROLLING') {
    const threshold = thresholdOf(breaker, boundsOf(world, service).desired);
    if (record !== undefined) record.failureCount = primary.breakerFailures;
    if (primary.breakerFailures >= threshold) {
      if (record !== undefined) record.breaker = 'TRIGGERED';
      failDeployment(world, service, primary, {
        event: 'tasks failed to start.',
        reason: 'ECS deployment circuit breaker: ',
        record: 'Circuit breaker threshold exceeded.',
        rollback: flagOf(breaker, 'rollback') ?? false,
      });
      return;
    }
  }
  const alarms = objectOf(configuration, 'alarms');
  // The alarm that led to a roll-back rings when that starts, so it does not end it.
  if (!(flagOf(alarms, 'enable') ?? false) || primary.rollbackOf !== null) return;
  // Alarms that were in ALARM already when the deployment started are ignored.
  const rung = textsOf(alarms, 'alarmNames').find(
    (name) => (world.state.alarms.get(name) ?? -1) > primary.createdAt,
  );
  if (rung === undefined) return;
  record?.triggeredAlarms.push(rung);
  const rollback = flagOf(alarms, 'rollback') ?? false;
  failDeployment(world, service, primary, {
    event: 'alarm detected.',
    reason: 'ECS deployment alarm: ',
    record: `Alarm detected: ${rung}.`,
    rollback,
  });
}

interface FailureTexts {
  readonly event: string;
  /** Beginning of rolloutStateReason. */
  readonly reason: string;
  /** The service deployment's statusReason. */
  readonly record: string;
  readonly rollback: boolean;
}

/** FAILED: it starts no more tasks. With a completed deployment before it and roll-back wanted, that one is PRIMARY again. */
export function failDeployment(
  world: World,
  service: ServiceState,
  failed: DeploymentState,
  texts: FailureTexts,
): void {
  const record = recordOf(service, failed);
  failed.progress = 'FAILED';
  failed.updatedAt = world.now;
  failed.reason = `${texts.reason}${texts.event}`;
  tell(world, service, `(deployment ${failed.id}) deployment failed: ${texts.event}`);
  const target = service.lastCompleted;
  if (!texts.rollback || target === null || target.id === failed.id || failed.rollbackOf !== null) {
    advanceRecord(world, record, failed.rollbackOf === null ? 'STOPPED' : 'ROLLBACK_FAILED', texts.record);
    failed.rollbackOf = null;
    changed(world, service);
    return;
  }
  failed.reason = `${texts.reason}rolling back to deploymentId ${target.id}.`;
  rollBack(world, service, failed, target, texts.record);
}

/** Makes `target` the PRIMARY again, under its old id. */
export function rollBack(
  world: World,
  service: ServiceState,
  failed: DeploymentState,
  target: DeploymentState,
  reason: string,
): void {
  const record = recordOf(service, failed);
  advanceRecord(world, record, 'ROLLBACK_IN_PROGRESS', reason);
  if (record !== undefined) {
    if (record.productionWeight !== null) record.productionWeight = 0;
    record.rollback = { reason, startedAt: world.now, revisionArn: target.revisionArn };
  }
  tell(world, service, `rolling back to deployment ${target.id}.`);
  replacePrimary(world, service);
  failed.keep = 0;
  target.status = 'PRIMARY';
  target.progress = 'IN_PROGRESS';
  target.reason = `ECS deployment ${target.id} in progress.`;
  target.updatedAt = world.now;
  target.rollbackOf = failed.id;
  Object.assign(target, { failedTasks: 0, breakerFailures: 0, startFailures: 0, notBefore: 0 });
  service.deployments = [target, ...service.deployments.filter((deployment) => deployment.id !== target.id)];
  changed(world, service);
}
