// At a PAUSE hook, where the run was asked not to wait for the decision.
import type { Verdict } from '../verdict.ts';
import { pauseKey, waitingHooks } from '../watching/service-deployment.ts';
import type { JudgeInput } from './input.ts';
import { ourCounts, utc } from './words.ts';
import type { DeploymentSnapshot } from '../snapshot.ts';

export function paused(input: JudgeInput, ours: DeploymentSnapshot): Verdict | null {
  const { serviceDeployment } = input.snapshot;
  if (input.onPause !== 'stop' || !serviceDeployment) return null;
  const hook = waitingHooks(input.snapshot).find(
    (one) => input.continued?.has(pauseKey(serviceDeployment, one)) !== true,
  );
  if (!hook) return null;
  const where = serviceDeployment.lifecycleStage ? ` at ${serviceDeployment.lifecycleStage}` : '';
  const until = hook.expiresAt === undefined ? '' : ` until ${utc(hook.expiresAt)}`;
  const then = hook.timeoutAction === 'CONTINUE' ? ', then it goes on' : ', then ECS rolls it back';
  return {
    kind: 'paused',
    reason: `The deployment waits${where} for somebody to decide (hook ${hook.id})${until}${then}; ${ourCounts(input, ours)}.`,
  };
}
