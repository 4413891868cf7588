// Before a roll-back: is the service still as the verdict saw it? The diagnosis has taken its seconds meanwhile.
import { isEcsError, judge, type ServiceSnapshot } from '@bamboo-ecs/rollout';
import type { RollbackInput } from './roll-back-types.ts';

export interface SeenAgain {
  readonly snapshot: ServiceSnapshot;
  /** Why the service is somebody else's now: nothing may be sent to it any more. */
  readonly taken?: string;
}

/** One call. An ECS that does not answer leaves what was seen last: the change itself then gets the answer of that moment. */
export async function lookAgain(
  { context, ecs, watched }: Pick<RollbackInput, 'context' | 'ecs' | 'watched'>,
  last: ServiceSnapshot,
): Promise<SeenAgain> {
  const { target } = watched;
  try {
    const [now] = await ecs.describeServices(target.cluster, [target.service]);
    if (!now) return { snapshot: last };
    const verdict = judge({ ...target, snapshot: now, stopped: [], now: context.now() });
    // Of what the service deployment says the verdict's own look is the latest.
    const { serviceDeployment } = last;
    const snapshot = serviceDeployment === undefined ? now : { ...now, serviceDeployment };
    return verdict?.kind === 'superseded' ? { snapshot, taken: verdict.reason } : { snapshot };
  } catch (error) {
    if (!isEcsError(error)) throw error;
    return { snapshot: last };
  }
}
