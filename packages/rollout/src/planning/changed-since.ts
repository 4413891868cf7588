// Was somebody else here since the plan was made?
import { primaryOf } from '../deployments.ts';
import type { Plan } from '../plan.ts';
import type { ServiceSnapshot } from '../snapshot.ts';

/** One sentence that says what is different now, or null when the plan still holds. */
export function changedSince(plan: Plan, now: ServiceSnapshot): string | null {
  if (plan.action === 'create') {
    return now.status === 'ACTIVE' || now.status === 'DRAINING'
      ? `Since the plan was made somebody else created the service ${plan.service} (${now.status}).`
      : null;
  }
  if (now.status !== 'ACTIVE')
    return `Since the plan was made the service ${plan.service} has become ${now.status}.`;
  const primary = primaryOf(now)?.id;
  if (primary === plan.primaryBefore) return null;
  return `Since the plan was made somebody else deployed to ${plan.service}: PRIMARY is ${primary ?? 'none'}, it was ${plan.primaryBefore ?? 'none'}.`;
}
