// The note on a revision for the runs to come: how its rollout ended here.
import type { RunContext } from '@bamboo-ecs/program';
import { isEcsError, tagKeys, type EcsPort } from '@bamboo-ecs/rollout';
import { shortArn } from './apply-plan.ts';

/**
 * `rolling-back` before the way back is sent: a run that is killed in between is followed by one that goes back, too.
 * `failed` afterwards: tried again only with `force`. `cause`: of the diagnosis, with the time, for the run that is refused then. `returned` and `withdrawn`: where a roll-back by hand went, and what it left. A note that cannot be written is told and stops nothing.
 */
export async function markOutcome(
  context: RunContext,
  ecs: EcsPort,
  taskDefinition: string,
  outcome: 'rolling-back' | 'failed' | 'withdrawn' | 'returned',
  cause?: string,
): Promise<void> {
  try {
    await ecs.tagTaskDefinition(taskDefinition, {
      [tagKeys.outcome]: outcome,
      ...(cause === undefined
        ? {}
        : { [tagKeys.cause]: cause, [tagKeys.failedAt]: new Date(context.now()).toISOString() }),
    });
  } catch (error) {
    if (!isEcsError(error)) throw error;
    const hint = error.hint ? ` ${error.hint}` : '';
    const so =
      outcome === 'returned'
        ? 'so a later roll-back may take this one for cut off'
        : 'so a later run may try it again';
    context.say(
      `${shortArn(taskDefinition)} could not be tagged as ${outcome}, ${so}: ${error.message}.${hint}`,
      'warning',
    );
  }
}
