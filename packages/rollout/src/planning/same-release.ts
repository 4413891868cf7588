// The wanted release is here already: it runs, is on its way, or has failed.
import { revisionName, sameRevision } from '../arn.ts';
import { isFull, isInProgress, othersWithTasks, taskCount } from '../deployments.ts';
import { numberOf, pick } from '../json.ts';
import { isUp } from '../judging/steady.ts';
import type { Plan } from '../plan.ts';
import type { DeploymentSnapshot, TaskDefinitionSnapshot } from '../snapshot.ts';
import { attributesOf, changedBy, deploymentAttributes } from './attributes-before.ts';
import { notedAttributes } from './attributes-note.ts';
import { driftNotes } from './drift.ts';
import { isDaemon, updateRequest } from './requests.ts';
import { planFor } from './situation.ts';
import type { Situation } from './situation.ts';
import {
  isBakePending,
  isBeingRolledBack,
  isMarkedFailed,
  isSameRelease,
  replacedDesired,
  tagOf,
} from './tags.ts';
import { updatePlan } from './update.ts';

export function sameReleaseRule(situation: Situation): Plan | null {
  const { primary, running, options } = situation;
  if (!primary || !isSameRelease(running, situation.wanted, situation.applied)) return null;
  if (wasLeftCrashing(situation, primary))
    return options.force ? updatePlan(situation) : adopt(situation, primary);
  if (primary.rolloutState === 'FAILED' || isMarkedFailed(running)) {
    return options.force ? updatePlan(situation) : refuseFailed(situation);
  }
  const settled =
    isFull(primary) &&
    isUp(situation.service, primary, situation.now) &&
    othersWithTasks(situation.service, primary).length === 0;
  if (!settled || (isUnproven(situation) && !options.force)) return adopt(situation, primary);
  return options.force ? updatePlan(situation) : nothingToDo(situation, primary);
}

/** It is up, but the run that was to bake it was cut off: that is done before it counts as installed. */
function isUnproven({ running, options }: Situation): boolean {
  return options.bake === true && (isBakePending(running) || isBeingRolledBack(running));
}

/** A run was killed between its verdict and the way back: what it left is judged again, and gone back from. */
function wasLeftCrashing({ running }: Situation, primary: DeploymentSnapshot): boolean {
  return isBeingRolledBack(running) && primary.rolloutState !== 'FAILED' && primary.desired > 0;
}

/** The wanted release was registered but does not run: a run was killed before its update, or it failed and was rolled back. */
export function leftRevisionRule(situation: Situation): Plan | null {
  const { left, service, options } = situation;
  if (!left || options.force) return null;
  const failedHere = service.deployments.some(
    ({ rolloutState, taskDefinition }) => rolloutState === 'FAILED' && sameRevision(taskDefinition, left.arn),
  );
  return failedHere || isMarkedFailed(left) ? refuseFailed(situation) : null;
}

export function refuseFailed(situation: Situation): Plan {
  const revision = situation.left ?? situation.running;
  const name = revision ? ` (${revisionName(revision.arn)})` : '';
  const reason = situation.primary?.rolloutStateReason;
  const why = situation.primary?.rolloutState === 'FAILED' && reason ? `: ${reason}` : '.';
  const { project, version } = situation.wanted;
  return planFor(
    situation,
    'refuse-failed',
    `${situation.label}${name} was installed here before and failed${whenAndWhy(revision)}${why}`,
    {
      hint: `Publish a release that mends it, or set force to try the same one again (ecs.force=true, bamboo_ecs_force=true). The record of that run says more: beside the release, in ${project}/${version}/records.`,
    },
  );
}

/** ` at 2026-11-24 02:01 UTC (crash-loop)`, as the run that saw it fail has noted. */
function whenAndWhy(revision: TaskDefinitionSnapshot | null): string {
  const at = Date.parse(tagOf(revision, 'failedAt') ?? '');
  const cause = tagOf(revision, 'cause');
  const when = Number.isNaN(at) ? '' : ` at ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `${when}${cause ? ` (${cause})` : ''}`;
}

function nothingToDo(situation: Situation, primary: DeploymentSnapshot): Plan {
  const { request } = updateRequest(situation, false);
  const unproven = primary.desired === 0 ? '; the desired count is 0, so nothing is proven' : '';
  const drift = driftNotes(situation, request);
  const left =
    drift.length > 0 ? ['These differences are left alone; set force to apply the descriptor.'] : [];
  return planFor(
    situation,
    'none',
    `${situation.label} runs already: ${primary.running} of ${primary.desired} tasks run ${revisionName(primary.taskDefinition)}, nothing is in progress${unproven}.`,
    { deployment: primary.id, notes: [...drift, ...left, ...bakeNotes(situation)] },
  );
}

function bakeNotes({ running }: Situation): string[] {
  return isBakePending(running)
    ? ['An earlier run was cut off before its bake was over; bake is not set now, so it is not done.']
    : [];
}

/** Watch what is on its way, start nothing. */
function adopt(situation: Situation, primary: DeploymentSnapshot): Plan {
  const { running, service, now } = situation;
  const others = othersWithTasks(service, primary);
  const replaces = tagOf(running, 'replaces');
  // A release that was up and lost a task (an instance went away) is no reason to bring an older one back.
  const rollingOut =
    isInProgress(service, primary, now) ||
    others.length > 0 ||
    isUnproven(situation) ||
    wasLeftCrashing(situation, primary);
  const back =
    rollingOut && replaces && !sameRevision(replaces, primary.taskDefinition) ? replaces : undefined;
  const before = replacedDesired(running);
  const keepsCount = situation.options.scalable === true || isDaemon(service.definition);
  const counts = `${primary.running} of ${primary.desired} tasks run, ${primary.pending} are pending`;
  const doing = whatItDoes(situation, primary, others);
  return planFor(
    situation,
    'adopt',
    `${situation.label} ${doing} (${counts}): it is watched, nothing is changed.`,
    {
      deployment: primary.id,
      ...(back && { rollbackTo: back }),
      ...(back &&
        !keepsCount &&
        before !== undefined &&
        before !== service.desired && { rollbackDesired: before }),
      ...(back && attributesOfAdopted(situation, back, others)),
      ...(rollingOut && !replaces && others.length === 0 && { firstDeployment: true }),
    },
  );
}

function whatItDoes(
  situation: Situation,
  primary: DeploymentSnapshot,
  others: readonly DeploymentSnapshot[],
): string {
  if (primary.rolloutState !== 'COMPLETED') return 'is being rolled out already';
  if (others.length > 0) return `is up, ${taskCount(others)} older tasks are still being drained`;
  if (isBeingRolledBack(situation.running))
    return 'was seen to fail, and the run that was to go back was cut off';
  return isFull(primary) && isUnproven(situation)
    ? 'is installed, but an earlier run was cut off before its bake was over'
    : 'is installed, but not every task runs';
}

/** As the run that began the rollout has noted it; else as the deployment that it replaces has it, and the rest is not known. */
function attributesOfAdopted(
  { running, service, wanted }: Situation,
  back: string,
  others: readonly DeploymentSnapshot[],
): Pick<Plan, 'desiredSent' | 'rollbackAttributes' | 'rollbackUnknown'> {
  const sent = numberOf(wanted.serviceUpdate, 'desiredCount');
  const noted = notedAttributes(running);
  const old = others.find(({ taskDefinition }) => sameRevision(taskDefinition, back));
  const set = attributesOf(wanted.serviceUpdate);
  const told = noted ?? pick(deploymentAttributes(service.definition, old?.id), Object.keys(set));
  const attributes = changedBy(service.definition, told);
  const unknown = noted ? [] : Object.keys(set).filter((name) => !Object.hasOwn(told, name));
  return {
    ...(sent !== undefined && { desiredSent: sent }),
    ...(Object.keys(attributes).length > 0 && { rollbackAttributes: attributes }),
    ...(unknown.length > 0 && { rollbackUnknown: unknown }),
  };
}
