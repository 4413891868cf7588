// The SDK's service deployment to a snapshot.
import type { DeploymentLifecycleHookDetail, ServiceDeployment } from '@aws-sdk/client-ecs';
import type { HookSnapshot, ServiceDeploymentSnapshot } from '@bamboo-ecs/rollout';
import { present, toMilliseconds } from './plain.ts';

export function toServiceDeploymentSnapshot(from: ServiceDeployment): ServiceDeploymentSnapshot {
  const { deploymentCircuitBreaker: breaker, alarms, rollback, targetServiceRevision } = from;
  return {
    arn: from.serviceDeploymentArn ?? '',
    status: from.status ?? '',
    hooks: (from.lifecycleHookDetails ?? []).map(toHook),
    ...present({
      statusReason: from.statusReason,
      lifecycleStage: from.lifecycleStage,
      productionWeight: targetServiceRevision?.requestedProductionTrafficWeight,
      rollbackReason: rollback?.reason,
    }),
    ...(breaker && {
      circuitBreaker: {
        status: breaker.status ?? '',
        failures: breaker.failureCount ?? 0,
        threshold: breaker.threshold ?? 0,
      },
    }),
    ...(alarms && { alarms: { status: alarms.status ?? '', triggered: alarms.triggeredAlarmNames ?? [] } }),
  };
}

function toHook(hook: DeploymentLifecycleHookDetail): HookSnapshot {
  return {
    id: hook.hookId ?? '',
    // "DeploymentLifecycleHook": AWS_LAMBDA where nothing is said.
    type: hook.targetType ?? 'AWS_LAMBDA',
    status: hook.status ?? '',
    ...present({
      target: hook.targetArn,
      expiresAt: toMilliseconds(hook.expiresAt),
      timeoutAction: hook.timeoutAction,
    }),
  };
}
