// A plan in words: what is done to which service, and where a failure goes back to.
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

/** Nothing of it is carried out: the plan itself refuses, or a check found that it cannot work. */
export function isRefused({ action, findings = [] }: Pick<Plan, 'action' | 'findings'>): boolean {
  return action === 'refuse' || action === 'refuse-failed' || findings.some(({ level }) => level === 'error');
}

/** `update the service`, `nothing to do`; of a plan that a check refuses `refused (would update the service)`. */
export function plannedAction(plan: Pick<Plan, 'action' | 'findings'>): string {
  const text = actions[plan.action];
  return isRefused(plan) && (plan.action === 'create' || plan.action === 'update')
    ? `refused (would ${text})`
    : text;
}

/** `hid-generator in production: update the service` */
export function planTitle(plan: Plan): string {
  return `${plan.service} in ${plan.cluster}: ${plannedAction(plan)}`;
}

/** `back to hid-generator:7 with 2 tasks`; null where nothing is changed that could fail. */
export function wayBack(plan: Plan): string | null {
  const { action, rollbackTo, rollbackDesired, firstDeployment } = plan;
  if (isRefused(plan)) return null;
  if (rollbackTo) {
    const count = rollbackDesired === undefined ? '' : ` with ${rollbackDesired} tasks`;
    return `back to ${revisionName(rollbackTo)}${count}`;
  }
  if (firstDeployment) return 'desired count 0, there is nothing to go back to';
  return action === 'update' || action === 'adopt'
    ? 'left as it is, no revision to go back to is known'
    : null;
}
