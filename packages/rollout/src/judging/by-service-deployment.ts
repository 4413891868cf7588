// What the service deployment says of our deployment: rolled back, or stopped by somebody.
import type { DeploymentSnapshot, ServiceDeploymentSnapshot } from '../snapshot.ts';
import type { Verdict } from '../verdict.ts';
import { isRolledBack } from '../watching/service-deployment.ts';
import type { JudgeInput } from './input.ts';
import { ourRevision, quoted } from './words.ts';

/** "ServiceDeployment", ECS API Reference: each status that is not PENDING, IN_PROGRESS or SUCCESSFUL is the end of ours. */
export function rolledBack(input: JudgeInput): Verdict | null {
  const { serviceDeployment: found } = input.snapshot;
  if (!found || !isRolledBack(found)) return null;
  const why = reasonOf(found);
  const because = why ? `: ${why}` : '';
  const what = `the deployment of ${ourRevision(input)}`;
  switch (found.status) {
    case 'ROLLBACK_SUCCESSFUL':
      return { kind: 'failed', reason: `ECS rolled ${what} back${because}.` };
    case 'ROLLBACK_FAILED':
      return { kind: 'failed', reason: `ECS gave up ${what} and could not roll it back${because}.` };
    default:
      return { kind: 'failed', reason: `ECS is rolling ${what} back${because}.` };
  }
}

/** Ours is PRIMARY still: nobody has put another in its place, it was just ended. */
export function stoppedBySomebody(input: JudgeInput, ours: DeploymentSnapshot): Verdict | null {
  const { serviceDeployment: found } = input.snapshot;
  if (found?.status !== 'STOPPED') return null;
  const why = reasonOf(found);
  return {
    kind: 'failed',
    reason: `The deployment ${ours.id} of ${ourRevision(input)} was stopped${why ? `: ${why}` : ', ECS does not say why'}.`,
  };
}

/** ECS's own sentence, and what it may leave out: which hook, which alarm, how many failures. */
export function reasonOf(found: ServiceDeploymentSnapshot): string {
  const said = [found.rollbackReason, found.statusReason].map((text) => quoted(text ?? ''));
  const hooks = found.hooks
    .filter(({ status }) => status === 'FAILED' || status === 'TIMED_OUT')
    .map(({ id, target, status }) => `hook ${target ? nameOf(target) : id} ${status}`);
  const alarms = found.alarms?.triggered.map((name) => `alarm ${name}`) ?? [];
  const breaker =
    found.circuitBreaker?.status === 'TRIGGERED'
      ? [`circuit breaker at ${found.circuitBreaker.failures} of ${found.circuitBreaker.threshold} failures`]
      : [];
  const parts = [...new Set([...said, ...hooks, ...alarms, ...breaker])].filter(Boolean);
  return parts
    .filter((part, index) => !parts.slice(0, index).some((other) => other.includes(part)))
    .join('; ');
}

/** `arn:aws:lambda:eu-west-1:123456789012:function:smoke-test` → `smoke-test` */
function nameOf(target: string): string {
  return target.slice(target.lastIndexOf(':') + 1);
}
