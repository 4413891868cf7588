// A plan as lines for the log.
import { formatDifference } from '@bamboo-ecs/release';
import type { Plan, PlanAction } from '../plan.ts';
import { revisionName } from '../arn.ts';

const actions: Readonly<Record<PlanAction, string>> = {
  create: 'create the service',
  update: 'update the service',
  none: 'nothing to do',
  adopt: 'watch what is in progress',
  'refuse-failed': 'refused: it failed here before',
  wait: 'wait',
  refuse: 'refused',
};

/** The action and why, what is going to be called, what changes, notes, and the way back. No line is empty. */
export function describePlan(plan: Plan): string[] {
  return [
    `${plan.service} in ${plan.cluster}: ${actions[plan.action]}`,
    plan.reason,
    ...(plan.hint ? [`→ ${plan.hint}`] : []),
    ...steps(plan),
    ...differenceLines(plan),
    ...plan.notes.map((note) => `note: ${note}`),
    ...wayBack(plan),
  ];
}

function steps(plan: Plan): string[] {
  if (!plan.request) return [];
  const call = plan.action === 'create' ? 'CreateService' : 'UpdateService';
  const revision = plan.adoptRevision
    ? `use ${revisionName(plan.adoptRevision)}`
    : `register a revision of ${family(plan)}`;
  return [`steps: ${revision}, then ${call} pinned to it`];
}

function family({ register }: Plan): string {
  const name = register?.request['family'];
  return typeof name === 'string' ? name : 'the task definition';
}

function differenceLines({ action, differences }: Plan): string[] {
  if (action !== 'update') return [];
  if (differences.length === 0) return ['no difference between what runs and what is wanted'];
  return ['differences:', ...differences.map((difference) => `  ${formatDifference(difference)}`)];
}

function wayBack({ action, rollbackTo, rollbackDesired, firstDeployment }: Plan): string[] {
  if (rollbackTo) {
    const count = rollbackDesired === undefined ? '' : ` with ${rollbackDesired} tasks`;
    return [`on failure: back to ${revisionName(rollbackTo)}${count}`];
  }
  if (firstDeployment) return ['on failure: desired count 0, there is nothing to go back to'];
  return action === 'update' || action === 'adopt'
    ? ['on failure: left as it is, no revision to go back to is known']
    : [];
}
