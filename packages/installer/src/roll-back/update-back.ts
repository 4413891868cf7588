// UpdateService back to the revision that ran before, with desired count and attributes as they were, watched to its verdict.
import type { JsonObject } from '@bamboo-ecs/release';
import {
  isEcsError,
  registeredAgain,
  sameRevision,
  tagKeys,
  type ServiceSnapshot,
  type TaskDefinitionSnapshot,
  type ToRestore,
} from '@bamboo-ecs/rollout';
import { primaryOf, shortArn } from '../apply-plan.ts';
import { followRollback, nameOf } from './follow-roll-back.ts';
import { resolveLost } from '../lost-answer.ts';
import { markOutcome } from '../mark-outcome.ts';
import type { RollbackInput, RollbackOutcome } from './roll-back-types.ts';

export async function updateBack(
  input: RollbackInput,
  taskDefinition: string,
  { desired, attributes }: Pick<ToRestore, 'desired' | 'attributes'>,
): Promise<RollbackOutcome> {
  const { context, ports, planned, watched } = input;
  const { cluster, service } = planned.plan;
  const startedAt = context.now();
  const before = watched.snapshot ? primaryOf(watched.snapshot) : undefined;
  context.note({
    leftRunning: `UpdateService of ${service} back to ${shortArn(taskDefinition)} may have been carried out.`,
  });
  const count = desired === undefined ? {} : { desiredCount: desired };
  const sent: Sent = { taskDefinition, request: { cluster, service, ...count }, attributes };
  const updated = await resolveLost(
    ports.clock,
    async () => send(input, sent),
    async () => {
      const [now] = await input.ecs.describeServices(cluster, [service]);
      return now && isBackOn(now, sent.taskDefinition) ? now : null;
    },
  );
  await markOutcome(context, input.ecs, watched.target.taskDefinition, 'failed');
  const named = renamed(input, taskDefinition, sent.taskDefinition);
  const deployment = primaryOf(updated) ?? null;
  context.say(
    `Updated ${service} back to ${nameOf(named, updated.taskDefinition)}, deployment ${deployment ?? 'unknown'}`,
  );
  context.note({
    leftRunning: `The roll-back of ${service} to ${nameOf(named, updated.taskDefinition)} is under way; ECS goes on with it.`,
  });
  return followRollback(named, {
    deployment,
    taskDefinition: updated.taskDefinition,
    startedAt,
    adopted: false,
    ...(before ? { primaryBefore: before } : {}),
  });
}

/** What was registered once more is the same version. */
function renamed(input: RollbackInput, from: string, to: string): RollbackInput {
  const { current } = input.planned;
  if (to === from || !current || !sameRevision(current.arn, from)) return input;
  return { ...input, planned: { ...input.planned, current: { ...current, arn: to } } };
}

interface Sent {
  /** Another one after it had to be registered once more. */
  taskDefinition: string;
  readonly request: JsonObject;
  readonly attributes: JsonObject | undefined;
}

/** What is refused for its revision is sent with the same revision registered anew, what is refused for its attributes without them. */
async function send(input: RollbackInput, sent: Sent): Promise<ServiceSnapshot> {
  const { context, ecs } = input;
  const update = async (attributes: JsonObject = {}): Promise<ServiceSnapshot> =>
    ecs.updateService({ ...attributes, ...sent.request, taskDefinition: sent.taskDefinition });
  try {
    return await update(sent.attributes);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const again = await registerAgain(input, sent.taskDefinition);
    if (again === null && sent.attributes === undefined) throw error;
    if (again === null) return withoutAttributes(error);
    sent.taskDefinition = again;
  }
  try {
    return await update(sent.attributes);
  } catch (error) {
    if (!isRefusal(error) || sent.attributes === undefined) throw error;
    return withoutAttributes(error);
  }

  async function withoutAttributes(error: Error): Promise<ServiceSnapshot> {
    const names = Object.keys(sent.attributes ?? {}).join(', ');
    context.say(`${names} could not be put back, so they stay as they are now: ${error.message}`, 'warning');
    return update();
  }
}

/** Its ARN; null where the revision is not deregistered, or nobody knows any more what it was. */
async function registerAgain(input: RollbackInput, taskDefinition: string): Promise<string | null> {
  const { context, ports, ecs } = input;
  const known = input.planned.current;
  const found =
    (await ecs.describeTaskDefinition(taskDefinition)) ??
    (known && sameRevision(known.arn, taskDefinition) ? gone(known) : null);
  if (!found || found.status === 'ACTIVE') return null;
  const { request, tags } = registeredAgain(found);
  const made = await resolveLost(
    ports.clock,
    async () => ecs.registerTaskDefinition(request, tags),
    async () => {
      const latest = await ecs.describeTaskDefinition(found.family);
      const isIt = latest !== null && latest.tags[tagKeys.applied] === tags[tagKeys.applied];
      return isIt && latest.revision > found.revision ? latest : null;
    },
  );
  context.say(
    `${shortArn(found.arn)} is deregistered, so ECS cannot go back to it: the same is registered once more as ${shortArn(made.arn)}`,
    'warning',
  );
  return made.arn;
}

/** ECS does not know it any more, but the plan has seen it. */
function gone(revision: TaskDefinitionSnapshot): TaskDefinitionSnapshot {
  return { ...revision, status: 'INACTIVE' };
}

function isRefusal(error: unknown): error is Error {
  return isEcsError(error) && (error.kind === 'refused' || error.kind === 'not-found');
}

function isBackOn(now: ServiceSnapshot, taskDefinition: string): boolean {
  return now.status === 'ACTIVE' && sameRevision(now.taskDefinition, taskDefinition);
}
