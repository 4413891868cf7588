// The service is not there: create it.
import type { Plan } from '../plan.ts';
import { registration } from './registration.ts';
import { createRequest } from './requests.ts';
import { planFor } from './situation.ts';
import type { Situation } from './situation.ts';
import { refuseFailed } from './same-release.ts';
import { isMarkedFailed } from './tags.ts';

export function createRule(situation: Situation): Plan | null {
  const { service, left, options } = situation;
  if (service.status !== 'MISSING' && service.status !== 'INACTIVE') return null;
  if (isMarkedFailed(left) && !options.force) return refuseFailed(situation);
  const { request, notes } = createRequest(situation);
  const why =
    service.status === 'MISSING'
      ? 'There is no such service in the cluster'
      : 'The service was deleted (INACTIVE)';
  return planFor(situation, 'create', `${why}: it is created with ${situation.label}.`, {
    ...registration(situation, left, { revision: undefined, deployment: undefined }),
    request,
    notes,
    firstDeployment: true,
  });
}
