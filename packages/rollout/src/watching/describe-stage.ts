// How far a service deployment is: stage, traffic, failures, hooks, alarms.
import { utc } from '../judging/words.ts';
import type { HookSnapshot, ServiceDeploymentSnapshot } from '../snapshot.ts';
import { isRolledBack } from './service-deployment.ts';

/** `stage PRODUCTION_TRAFFIC_SHIFT`, `10 % of the traffic`, `2 of 3 failures`, `PAUSED: hook p1 waits until …`; none without news. */
export function describeStage(found: ServiceDeploymentSnapshot): string[] {
  const { lifecycleStage, productionWeight, circuitBreaker, alarms, status } = found;
  const parts: string[] = [];
  if (isRolledBack(found) || status === 'STOPPED' || status === 'STOP_REQUESTED') parts.push(status);
  if (lifecycleStage) parts.push(`stage ${lifecycleStage}`);
  if (productionWeight !== undefined) parts.push(`${percent(productionWeight)} % of the traffic`);
  if (circuitBreaker && circuitBreaker.failures > 0)
    parts.push(`circuit breaker ${circuitBreaker.failures} of ${circuitBreaker.threshold} failures`);
  if (alarms && alarms.triggered.length > 0) parts.push(`ALARM ${alarms.triggered.join(', ')}`);
  return [...parts, ...found.hooks.flatMap(hook)];
}

function hook({ id, target, status, expiresAt, timeoutAction }: HookSnapshot): string[] {
  const name = target ? target.slice(target.lastIndexOf(':') + 1) : id;
  const until = expiresAt === undefined ? '' : ` until ${utc(expiresAt)}`;
  const then = timeoutAction ? `, then ${timeoutAction}` : '';
  if (status === 'AWAITING_ACTION') return [`PAUSED: hook ${name} waits${until}${then}`];
  return status === 'SUCCEEDED' ? [] : [`hook ${name} ${status}`];
}

/** Weights have one place after the point. */
function percent(weight: number): number {
  return Math.round(weight * 10) / 10;
}
