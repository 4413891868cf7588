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

/** `create the service`, `nothing to do` */
export function planActionText(action: PlanAction): string {
  return actions[action];
}

/** `hid-generator in production: update the service` */
export function planTitle({ service, cluster, action }: Plan): string {
  return `${service} in ${cluster}: ${actions[action]}`;
}

/** `back to hid-generator:7 with 2 tasks`; null where nothing is changed that could fail. */
export function wayBack({ action, rollbackTo, rollbackDesired, firstDeployment }: Plan): string | null {
  if (rollbackTo) {
    const count = rollbackDesired === undefined ? '' : ` with ${rollbackDesired} tasks`;
    return `back to ${revisionName(rollbackTo)}${count}`;
  }
  if (firstDeployment) return 'desired count 0, there is nothing to go back to';
  return action === 'update' || action === 'adopt'
    ? 'left as it is, no revision to go back to is known'
    : null;
}
