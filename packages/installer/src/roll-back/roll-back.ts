// Roll back: to the revision that ran before, watched to its own verdict. A first deployment has nothing to go back to.
import { isEcsError, planRollback, type RollbackStep, type ServiceSnapshot } from '@bamboo-ecs/rollout';
import { followOrUpdate } from './after-ecs.ts';
import { rolledBackAlready } from './follow-roll-back.ts';
import { lookAgain } from './look-again.ts';
import { resolveLost } from '../lost-answer.ts';
import { markOutcome } from '../mark-outcome.ts';
import type { RollbackInput, RollbackOutcome } from './roll-back-types.ts';
import { updateBack } from './update-back.ts';
import { withWayBack } from './way-back.ts';

export async function rollBack(given: RollbackInput): Promise<RollbackOutcome> {
  const { context, watched } = given;
  let input = given;
  if (!watched.snapshot)
    return { kind: 'none', short: 'none', sentence: 'ECS was never seen, so nothing is rolled back.' };
  const onFailure = context.settings.text('on-failure') === 'leave' ? 'leave' : 'rollback';
  const planFor = (snapshot: ServiceSnapshot): RollbackStep =>
    planRollback({
      plan: input.planned.plan,
      snapshot,
      verdict: watched.verdict,
      deployment: watched.target.deployment,
      onFailure,
    });
  let step = planFor(watched.snapshot);
  if (step.kind !== 'none') {
    input = await withWayBack(given);
    const { snapshot, taken } = await lookAgain(input, watched.snapshot);
    step =
      taken === undefined
        ? planFor(snapshot)
        : { kind: 'none', reason: `Nothing is rolled back, the service is somebody else's now. ${taken}` };
  }
  context.say(step.reason);
  let outcome: RollbackOutcome;
  try {
    outcome = await take(input, step);
  } catch (error) {
    if (!isEcsError(error)) throw error;
    const unknown = error.kind === 'unreachable' || error.kind === 'credentials';
    const hint = error.hint ? ` ${error.hint}` : '';
    outcome = {
      kind: unknown ? 'unknown' : 'failed',
      short: unknown ? 'unknown' : 'failed',
      sentence: `The roll-back failed: ${error.message}.${hint}`,
    };
  }
  if (outcome.kind !== 'none') context.note({ rollback: outcome.sentence });
  return outcome;
}

async function take(input: RollbackInput, step: RollbackStep): Promise<RollbackOutcome> {
  const { context, ecs, watched, cause } = input;
  const ours = watched.target.taskDefinition;
  switch (step.kind) {
    case 'none':
      // One that only timed out and is left may still come up: the next run goes on watching it.
      if (watched.verdict.kind === 'failed') await markOutcome(context, ecs, ours, 'failed', cause);
      return { kind: 'none', short: 'none', sentence: step.reason };
    case 'watch-ecs':
      await markOutcome(context, ecs, ours, 'failed', cause);
      return followOrUpdate(input, step.taskDefinition);
    case 'scale-to-zero':
    case 'stop-deployment':
    case 'update':
      await markOutcome(context, ecs, ours, 'rolling-back', cause);
      context.stopIfAsked();
      return change(input, step);
  }
}

async function change(
  input: RollbackInput,
  step: Exclude<RollbackStep, { kind: 'none' | 'watch-ecs' }>,
): Promise<RollbackOutcome> {
  if (step.kind === 'scale-to-zero') return scaleToZero(input);
  const byEcs = step.kind === 'stop-deployment' && (await stopDeployment(input));
  return byEcs
    ? followOrUpdate(input, step.taskDefinition)
    : updateBack(input, step.taskDefinition, {
        ...(step.desired !== undefined && { desired: step.desired }),
        ...(step.kind === 'update' && step.attributes && { attributes: step.attributes }),
      });
}

async function scaleToZero(input: RollbackInput): Promise<RollbackOutcome> {
  const { context, ports, ecs, planned } = input;
  const { cluster, service } = planned.plan;
  context.note({ leftRunning: `${service} may be scaled to 0 already.` });
  const request = { cluster, service, desiredCount: 0 };
  await resolveLost(
    ports.clock,
    async () => ecs.updateService(request),
    async () => {
      const [now] = await ecs.describeServices(cluster, [service]);
      return now?.status === 'ACTIVE' && now.desired === 0 ? now : null;
    },
  );
  await markFailed(input);
  context.say(`Updated ${service} to desired count 0`);
  context.note({ leftRunning: `${service} is scaled to 0.` });
  return {
    kind: 'scaled-to-zero',
    short: 'scaled to 0, there is nothing to go back to',
    sentence: `${service} is scaled to 0, because there is nothing to go back to: nothing runs.`,
  };
}

/** True when ECS goes back by itself now. Asking twice does no harm: ECS says that it is at it. */
async function stopDeployment(input: RollbackInput): Promise<boolean> {
  const { context, ports, ecs, planned, watched } = input;
  const { cluster, service } = planned.plan;
  const { deployment } = watched.target;
  if (deployment === null) return false;
  context.note({ leftRunning: `ECS may be rolling ${service} back (StopServiceDeployment ${deployment}).` });
  const stopped = await resolveLost(
    ports.clock,
    async () => ecs.stopDeployment(cluster, service, deployment),
    async () => {
      const [now] = await ecs.describeServices(cluster, [service]);
      return now && rolledBackAlready(now, deployment) ? true : null;
    },
  );
  if (!stopped) return false;
  await markFailed(input);
  context.say(`ECS was told to roll back ${deployment} (StopServiceDeployment)`);
  return true;
}

async function markFailed({ context, ecs, watched }: RollbackInput): Promise<void> {
  await markOutcome(context, ecs, watched.target.taskDefinition, 'failed');
}
