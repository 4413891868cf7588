// Somebody else is deploying to this service.
import { revisionName } from '../arn.ts';
import { isInProgress } from '../deployments.ts';
import type { Plan } from '../plan.ts';
import type { DeploymentSnapshot } from '../snapshot.ts';
import { planFor } from './situation.ts';
import type { Situation } from './situation.ts';
import { isMarkedFailed, tagOf } from './tags.ts';

export function otherDeploymentRule(situation: Situation): Plan | null {
  const other = deploymentInTheWay(situation);
  if (!other || situation.options.onOtherDeployment === 'take-over') return null;
  const what = describe(situation, other);
  return situation.options.onOtherDeployment === 'wait'
    ? planFor(situation, 'wait', `${what} is in progress: it is waited for.`)
    : planFor(situation, 'refuse', `${what} is in progress.`, {
        hint: 'Install again when it has ended.',
      });
}

/**
 * The PRIMARY deployment, while it is being rolled out. Not one that a run of ours has seen fail: without a circuit breaker
 * ECS tries it for ever, and the next release is its cure.
 */
export function deploymentInTheWay(situation: Situation): DeploymentSnapshot | null {
  const { primary, service, running, now } = situation;
  if (!primary || isMarkedFailed(running) || !isInProgress(service, primary, now)) return null;
  return primary;
}

export function describe(situation: Situation, other: DeploymentSnapshot): string {
  const version = tagOf(situation.running, 'version');
  const what = version
    ? `${version} (${revisionName(other.taskDefinition)})`
    : revisionName(other.taskDefinition);
  return `Another deployment of the service, ${other.id} of ${what} with ${other.running} of ${other.desired} tasks running,`;
}
