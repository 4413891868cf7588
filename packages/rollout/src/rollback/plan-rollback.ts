// What to do about a rollout that did not end well.
import { revisionName, sameRevision } from '../arn.ts';
import { deploymentOf, hasWorked, othersWithTasks, primaryOf } from '../deployments.ts';
import { drainingTasks } from '../judging/steady.ts';
import { tasks } from '../judging/words.ts';
import { flagOf, objectOf, textOf } from '../json.ts';
import type { JsonObject } from '@bamboo-ecs/release';
import type { Plan } from '../plan.ts';
import type { DeploymentSnapshot, ServiceDeploymentSnapshot, ServiceSnapshot } from '../snapshot.ts';
import type { Verdict } from '../verdict.ts';
import { whatToRestore } from './what-to-restore.ts';
import { isRolledBack } from '../watching/service-deployment.ts';

export type RollbackStep =
  /** Change nothing. */
  | { readonly kind: 'none'; readonly reason: string }
  /** ECS rolls back by itself: wait for it. */
  | { readonly kind: 'watch-ecs'; readonly taskDefinition: string; readonly reason: string }
  /** StopServiceDeployment(ROLLBACK); where the server does not know it, `update`. Then watch `taskDefinition`. */
  | {
      readonly kind: 'stop-deployment';
      readonly taskDefinition: string;
      readonly desired?: number;
      readonly reason: string;
    }
  /** UpdateService to this revision and, if given, this desired count and these attributes. */
  | {
      readonly kind: 'update';
      readonly taskDefinition: string;
      readonly desired?: number;
      readonly attributes?: JsonObject;
      readonly reason: string;
    }
  /** UpdateService with desired count 0. */
  | { readonly kind: 'scale-to-zero'; readonly reason: string };

export interface RollbackInput {
  readonly plan: Plan;
  /** The last one seen. */
  readonly snapshot: ServiceSnapshot;
  readonly verdict: Verdict;
  /** Id of our deployment; null: the update started none. */
  readonly deployment: string | null;
  readonly onFailure: 'rollback' | 'leave';
  /** The run was told to stop: it leaves everything as it is. */
  readonly stopped?: boolean;
}

export function planRollback(input: RollbackInput): RollbackStep {
  const { plan, snapshot, deployment } = input;
  const nothing = whyNothing(input);
  if (nothing) return { kind: 'none', reason: nothing };
  const ours = deployment === null ? primaryOf(snapshot) : deploymentOf(snapshot, deployment);
  const byEcs = rolledBackByEcs(input, ours);
  if (byEcs) return byEcs;
  if (ours && isOnlyDraining(snapshot, ours)) {
    const left = tasks(drainingTasks(snapshot, ours));
    return {
      kind: 'none',
      reason: `Nothing is rolled back: the new tasks all run, only ${left} of older deployments still drain.`,
    };
  }
  return plan.rollbackTo ? goBack(input, plan.rollbackTo, ours) : withoutTarget(input);
}

function whyNothing({ plan, snapshot, verdict, onFailure, stopped }: RollbackInput): string | null {
  switch (verdict.kind) {
    case 'steady':
    case 'unchanged':
      return 'Nothing has to be rolled back.';
    case 'superseded':
      return 'Nothing is rolled back: somebody else has changed the service, it is theirs now.';
    case 'paused':
      return 'Nothing is rolled back: the deployment waits for a decision.';
    case 'unknown':
      return 'Nothing is rolled back: what became of the rollout is not known.';
    case 'failed':
    case 'timed-out':
      break;
  }
  if (stopped) return 'Nothing is rolled back: the run was stopped.';
  if (onFailure === 'leave') return 'Nothing is rolled back: on-failure is leave.';
  if (snapshot.status !== 'ACTIVE') return `Nothing can be rolled back: the service is ${snapshot.status}.`;
  const changed = plan.action === 'create' || plan.action === 'update' || plan.action === 'adopt';
  return changed ? null : 'Nothing has to be rolled back: nothing was changed.';
}

/** ECS has done it, is doing it, or is about to: its circuit breaker or an alarm, when told to roll back. */
function rolledBackByEcs(input: RollbackInput, ours: DeploymentSnapshot | undefined): RollbackStep | null {
  const { plan, snapshot, deployment } = input;
  const primary = primaryOf(snapshot);
  if (deployment !== null && primary && primary.id !== deployment) {
    return {
      kind: 'watch-ecs',
      taskDefinition: primary.taskDefinition,
      reason: `ECS rolls back to ${revisionName(primary.taskDefinition)} by itself (${primary.id}): that is watched.`,
    };
  }
  const told =
    ours?.rolloutState === 'FAILED' ? rollsBackItself(snapshot) : isRollingBack(snapshot.serviceDeployment);
  if (!told || !plan.rollbackTo) return null;
  return {
    kind: 'watch-ecs',
    taskDefinition: plan.rollbackTo,
    reason: `ECS is told to roll back by itself, to ${revisionName(plan.rollbackTo)}: that is watched.`,
  };
}

function rollsBackItself({ definition }: ServiceSnapshot): boolean {
  const configuration = objectOf(definition, 'deploymentConfiguration');
  return ['deploymentCircuitBreaker', 'alarms'].some((name) => {
    const member = objectOf(configuration, name);
    return flagOf(member, 'enable') && flagOf(member, 'rollback');
  });
}

/** A hook or a person may have told it, too. */
function isRollingBack(found: ServiceDeploymentSnapshot | undefined): boolean {
  return found !== undefined && isRolledBack(found) && found.status !== 'ROLLBACK_FAILED';
}

function isOnlyDraining(snapshot: ServiceSnapshot, ours: DeploymentSnapshot): boolean {
  return (
    ours.rolloutState === 'COMPLETED' &&
    ours.desired > 0 &&
    ours.running >= ours.desired &&
    othersWithTasks(snapshot, ours).length > 0
  );
}

function goBack(
  { plan, snapshot, deployment }: RollbackInput,
  target: string,
  ours: DeploymentSnapshot | undefined,
): RollbackStep {
  const to = revisionName(target);
  const { desired, attributes, notes } = whatToRestore(plan, snapshot);
  const stays = notes.map((note) => ` ${note}`).join('');
  const count = desired === undefined ? {} : { desired };
  // ECS goes back to the last deployment that was COMPLETED, and leaves desired count and attributes as they are: only where that is
  // what is wanted is it told to stop.
  const sameTarget = snapshot.deployments.some(
    (other) => other !== ours && hasWorked(other) && sameRevision(other.taskDefinition, target),
  );
  const sameCount = desired === undefined || desired === ours?.desired;
  if (deployment !== null && ours?.rolloutState === 'IN_PROGRESS' && sameTarget && sameCount && !attributes) {
    return {
      kind: 'stop-deployment',
      taskDefinition: target,
      ...count,
      reason: `The deployment ${deployment} is in flight: ECS is told to stop it and to roll back to ${to}.${stays}`,
    };
  }
  return {
    kind: 'update',
    taskDefinition: target,
    ...count,
    ...(attributes && { attributes }),
    reason: `The service is updated back to ${to}${attributes ? `, its ${Object.keys(attributes).join(', ')} as before` : ''}.${stays}`,
  };
}

function withoutTarget({ plan, snapshot }: RollbackInput): RollbackStep {
  if (!plan.firstDeployment) {
    return { kind: 'none', reason: 'Nothing is rolled back: no revision is known that worked before.' };
  }
  if (textOf(snapshot.definition, 'schedulingStrategy') === 'DAEMON') {
    return {
      kind: 'none',
      reason: 'Nothing is rolled back: it is the first deployment, and a DAEMON has no desired count.',
    };
  }
  if (snapshot.desired === 0) {
    return {
      kind: 'none',
      reason: 'Nothing is rolled back: it is the first deployment, and its desired count is 0 already.',
    };
  }
  return {
    kind: 'scale-to-zero',
    reason:
      'It is the first deployment, there is nothing to go back to: the desired count is set to 0, so that it does not crash on.',
  };
}
