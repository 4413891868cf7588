// A roll-back that has PAUSE hooks of its own.
import type { RunContext } from '@bamboo-ecs/program';
import { isEcsError, pauseKey, waitingHooks, type EcsPort } from '@bamboo-ecs/rollout';
import type { Look } from './looks.ts';

/**
 * The way back was decided when the release failed: its own deployment does not wait for people while the failed one serves.
 * `look` sees the service deployment; a pause that cannot be ended is waited for.
 */
export function endPauses(context: RunContext, ecs: EcsPort, look: Look): Look {
  const ended = new Set<string>();
  return async (target, snapshot) => {
    const seen = await look(target, snapshot);
    const { serviceDeployment } = seen;
    if (!serviceDeployment) return seen;
    for (const hook of waitingHooks({ ...snapshot, serviceDeployment })) {
      const key = pauseKey(serviceDeployment, hook);
      if (ended.has(key)) continue;
      ended.add(key);
      const stage = serviceDeployment.lifecycleStage;
      const where = `hook ${hook.id}${stage ? ` at ${stage}` : ''}`;
      try {
        await ecs.continueDeployment(serviceDeployment.arn, hook.id, 'CONTINUE');
        context.say(`The roll-back does not wait at its own PAUSE hook: it was told to go on (${where})`);
      } catch (error) {
        if (!isEcsError(error)) throw error;
        context.say(`The roll-back waits at a PAUSE hook (${where}): ${error.message}`, 'warning');
      }
    }
    return seen;
  };
}
