// ECS has gone back by itself: to its last deployment that was COMPLETED, and it leaves desired count and attributes. The rest is ours.
import { isEcsError, sameRevision, whatToRestore, type ServiceSnapshot } from '@bamboo-ecs/rollout';
import { primaryOf } from '../apply-plan.ts';
import { followEcs, followRollback, nameOf } from './follow-roll-back.ts';
import { resolveLost } from '../lost-answer.ts';
import type { RollbackInput, RollbackOutcome } from './roll-back-types.ts';
import { updateBack } from './update-back.ts';

/** Where ECS does not go back the service is updated; where it went elsewhere, too. */
export async function followOrUpdate(input: RollbackInput, taskDefinition: string): Promise<RollbackOutcome> {
  const outcome = await followEcs(input, taskDefinition);
  if (outcome) return afterEcs(input, outcome);
  const { context, planned, watched } = input;
  context.say('ECS does not roll back by itself: the service is updated back.', 'warning');
  const rest = watched.snapshot ? whatToRestore(planned.plan, watched.snapshot) : {};
  return updateBack(input, planned.plan.rollbackTo ?? taskDefinition, rest);
}

export async function afterEcs(input: RollbackInput, outcome: RollbackOutcome): Promise<RollbackOutcome> {
  const { context, ecs, planned } = input;
  const { plan } = planned;
  const { taskDefinition } = outcome;
  if (outcome.superseded || outcome.kind === 'unknown' || taskDefinition === undefined) return outcome;
  const elsewhere = plan.rollbackTo !== undefined && !sameRevision(taskDefinition, plan.rollbackTo);
  if (!elsewhere && outcome.kind !== 'back') return outcome;
  try {
    const [now] = await ecs.describeServices(plan.cluster, [plan.service]);
    // Whoever has given it another revision since then owns it.
    const primary = now?.deployments.find(({ status }) => status === 'PRIMARY');
    const runs = primary?.taskDefinition ?? now?.taskDefinition ?? '';
    if (now?.status !== 'ACTIVE' || !sameRevision(runs, taskDefinition)) return outcome;
    if (!elsewhere) return await restored(input, outcome, now);
    context.say(
      `ECS went back to ${nameOf(input, taskDefinition)}, but what was steady before is ${nameOf(input, plan.rollbackTo)}: the service is updated to that.`,
      'warning',
    );
    return await updateBack(input, plan.rollbackTo, whatToRestore(plan, now));
  } catch (error) {
    if (!isEcsError(error) || elsewhere) throw error;
    const hint = error.hint ? ` ${error.hint}` : '';
    context.say(
      `What ECS has left as the failed release had set it could not be put back: ${error.message}.${hint}`,
      'warning',
    );
    return outcome;
  }
}

/** Desired count and limits start no deployment; what does was brought back by ECS with its revision. */
async function restored(
  input: RollbackInput,
  outcome: RollbackOutcome,
  now: ServiceSnapshot,
): Promise<RollbackOutcome> {
  const { context, ports, ecs, planned } = input;
  const { cluster, service } = planned.plan;
  const { desired, attributes, notes } = whatToRestore(planned.plan, now);
  for (const note of notes) context.say(note);
  if (desired === undefined && attributes === undefined) return outcome;
  const count = desired === undefined ? {} : { desiredCount: desired };
  const startedAt = context.now();
  const updated = await resolveLost(
    ports.clock,
    async () => ecs.updateService({ ...attributes, cluster, service, ...count }),
    async () => {
      const [seen] = await ecs.describeServices(cluster, [service]);
      const left = seen && whatToRestore(planned.plan, seen);
      return left && left.desired === undefined && left.attributes === undefined ? seen : null;
    },
  );
  const names = [...Object.keys(attributes ?? {}), ...Object.keys(count)].join(', ');
  context.say(`ECS goes back with the revision only: ${names} of ${service} put back as before`);
  const deployment = primaryOf(updated) ?? null;
  // Fewer tasks and other limits are carried out by what is steady already.
  if (deployment === primaryOf(now) && (desired ?? 0) <= now.running)
    return { ...outcome, sentence: `${outcome.sentence} As before again: ${names}.` };
  return followRollback(input, {
    deployment,
    taskDefinition: updated.taskDefinition,
    startedAt,
    adopted: deployment === primaryOf(now),
  });
}
