// What of the service, besides its revision, is not as it was before the release, and is ours to put back.
import type { JsonObject } from '@bamboo-ecs/release';
import type { Plan } from '../plan.ts';
import { changedBy } from '../planning/attributes-before.ts';
import type { ServiceSnapshot } from '../snapshot.ts';

export interface ToRestore {
  readonly desired?: number;
  /** Members of UpdateService; absent where all are as before. */
  readonly attributes?: JsonObject;
  /** Why something stays as it is now. */
  readonly notes: readonly string[];
}

/** A desired count that is not the one that the release has set is somebody else's, by hand or by auto scaling: it is never reset. */
export function whatToRestore(plan: Plan, { desired, definition }: ServiceSnapshot): ToRestore {
  const before = plan.rollbackDesired;
  const sent = plan.desiredSent;
  const differs = before !== undefined && desired !== before;
  const isOurs = differs && desired === sent;
  const attributes = changedBy(definition, plan.rollbackAttributes ?? {});
  const set = sent === undefined ? 'this release had not set it' : `this release had set ${sent}`;
  return {
    ...(isOurs && { desired: before }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
    notes:
      differs && !isOurs
        ? [
            `The desired count is ${desired} now, it was ${before} and ${set}: somebody else has changed it since, so it stays.`,
          ]
        : [],
  };
}
