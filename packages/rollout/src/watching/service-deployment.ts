// When DescribeServiceDeployments tells more than DescribeServices, and what it says of pauses.
import type { JsonObject } from '@bamboo-ecs/release';
import { deploymentOf, primaryOf } from '../deployments.ts';
import { flagOf, numberOf, objectOf, objectsOf } from '../json.ts';
import { deploymentStrategy } from '../limits.ts';
import type { HookSnapshot, ServiceDeploymentSnapshot, ServiceSnapshot } from '../snapshot.ts';

/**
 * Stages, traffic, hooks, alarms, bake time, the breaker's count and why a deployment was ended stand there only. A rolling
 * update that goes well and has none of them is told whole by DescribeServices: it costs no further call.
 */
export function serviceDeploymentTellsMore(snapshot: ServiceSnapshot, deployment: string): boolean {
  if (snapshot.status !== 'ACTIVE') return false;
  if (hasStages(snapshot.definition)) return true;
  const ours = deploymentOf(snapshot, deployment);
  if (!ours || ours !== primaryOf(snapshot) || ours.rolloutState === 'FAILED') return true;
  const configuration = objectOf(snapshot.definition, 'deploymentConfiguration');
  return ours.failed > 0 && flagOf(objectOf(configuration, 'deploymentCircuitBreaker'), 'enable');
}

function hasStages(definition: JsonObject): boolean {
  const configuration = objectOf(definition, 'deploymentConfiguration');
  return (
    deploymentStrategy(definition) !== 'ROLLING' ||
    objectsOf(configuration, 'lifecycleHooks').length > 0 ||
    (numberOf(configuration, 'bakeTimeInMinutes') ?? 0) > 0 ||
    flagOf(objectOf(configuration, 'alarms'), 'enable')
  );
}

const rollingBack = /^ROLLBACK_/u;

/** Back, on the way back, or failed on it. */
export function isRolledBack({ status }: ServiceDeploymentSnapshot): boolean {
  return rollingBack.test(status);
}

/** It will have another status one day: nothing is concluded from this one. */
export function isUnderWay({ status }: ServiceDeploymentSnapshot): boolean {
  return status === 'PENDING' || status === 'IN_PROGRESS' || status === 'STOP_REQUESTED';
}

/** The PAUSE hooks at which our deployment waits for somebody to decide. */
export function waitingHooks({ serviceDeployment }: ServiceSnapshot): readonly HookSnapshot[] {
  if (!serviceDeployment || !isUnderWay(serviceDeployment)) return [];
  return serviceDeployment.hooks.filter(({ status }) => status === 'AWAITING_ACTION');
}

/** One wait of one hook: the same hook may stand at several stages. */
export function pauseKey({ lifecycleStage }: ServiceDeploymentSnapshot, { id }: HookSnapshot): string {
  return `${lifecycleStage ?? ''} ${id}`;
}
