// Before a roll-back: what is known of the revision that it goes to, and of what the service was like, is made as whole as it can be.
import { isEcsError, knownByRelease, revisionName, sameRevision, tagKeys } from '@bamboo-ecs/rollout';
import { RunStopped } from '@bamboo-ecs/program';
import { releasedAs } from '../places/released-as.ts';
import { openStores } from '../places/stores.ts';
import type { RollbackInput } from './roll-back-types.ts';

/** A plan that adopts a rollout has not seen what ran before; what nobody has noted the release of then says, perhaps. */
export async function withWayBack(input: RollbackInput): Promise<RollbackInput> {
  const { rollbackTo } = input.planned.plan;
  if (rollbackTo === undefined) return input;
  return withAttributes(await withRevision(input, rollbackTo), rollbackTo);
}

async function withRevision(input: RollbackInput, rollbackTo: string): Promise<RollbackInput> {
  const { ecs, planned } = input;
  if (planned.current && sameRevision(planned.current.arn, rollbackTo)) return input;
  try {
    const current = await ecs.describeTaskDefinition(rollbackTo);
    return { ...input, planned: { ...planned, current: current ?? planned.current } };
  } catch (error) {
    // Its name is nicer with the version, and that is all.
    if (!isEcsError(error)) throw error;
    return input;
  }
}

async function withAttributes(input: RollbackInput, rollbackTo: string): Promise<RollbackInput> {
  const { context, planned } = input;
  const { plan, wanted } = planned;
  const names = plan.rollbackUnknown ?? [];
  if (names.length === 0) return input;
  const found = await updateOfThen(input, rollbackTo);
  const { known, unknown } =
    found.update === null
      ? { known: {}, unknown: names }
      : knownByRelease(names, found.update, wanted.serviceUpdate);
  if (Object.keys(known).length > 0)
    context.say(
      `What ${Object.keys(known).join(', ')} was before is as ${found.label} says: nobody has noted it.`,
    );
  if (unknown.length > 0)
    context.say(
      `What ${unknown.join(', ')} of the service was before this release is not known, so it stays as it is now: ECS does not tell it, no tag has noted it, and ${found.why}.`,
      'warning',
    );
  const rollbackAttributes = { ...known, ...plan.rollbackAttributes };
  if (Object.keys(rollbackAttributes).length === 0) return input;
  return { ...input, planned: { ...planned, plan: { ...plan, rollbackAttributes } } };
}

interface Then {
  readonly update: Parameters<typeof knownByRelease>[1] | null;
  readonly label: string;
  /** Why it does not say everything. */
  readonly why: string;
}

async function updateOfThen({ context, ports, planned }: RollbackInput, rollbackTo: string): Promise<Then> {
  const before = planned.current;
  const label = before?.tags[tagKeys.version] ?? revisionName(rollbackTo);
  if (!before || !sameRevision(before.arn, rollbackTo))
    return { update: null, label, why: `${revisionName(rollbackTo)} could not be read` };
  try {
    const released = await releasedAs(context, ports, before, await openStores(context, ports));
    if (released.kind === 'unknown')
      return { update: null, label, why: `its release does not either (${released.why})` };
    const today = released.exact ? '' : ' with the variables of today';
    return {
      update: released.wanted.serviceUpdate,
      label: `${label}${today}`,
      why: `${label} does not set it`,
    };
  } catch (error) {
    if (!(error instanceof RunStopped)) throw error;
    context.stopIfAsked();
    return { update: null, label, why: 'the repository could not be read' };
  }
}
