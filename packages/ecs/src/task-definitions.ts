// DescribeTaskDefinition, RegisterTaskDefinition, ListTaskDefinitions, DeregisterTaskDefinition, TagResource.
import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  TagResourceCommand,
} from './clients/ecs.ts';
import type { JsonObject } from '@bamboo-ecs/release';
import type { TaskDefinitionSnapshot } from '@bamboo-ecs/rollout';
import { call, write } from './call.ts';
import type { Context } from './context.ts';
import { EcsCallError } from './error.ts';
import type { Call } from './facts.ts';
import { toTaskDefinitionSnapshot } from './snapshot.ts';
import { mergeTags, toTags } from './tags.ts';

/** ECS says it as a ClientException with no code of its own ("API_DescribeTaskDefinition"). */
const noSuchDefinition =
  /unable to describe task definition|task ?definition .*(?:does not exist|not found)/iu;

/** Null when there is no such family or revision. */
export async function describeTaskDefinition(
  context: Context,
  reference: string,
): Promise<TaskDefinitionSnapshot | null> {
  const what: Call = {
    operation: 'DescribeTaskDefinition',
    subject: `task definition ${reference}`,
    mode: 'read',
  };
  const { reads, limits } = context.client;
  try {
    const answer = await call(what, limits.call, (options) =>
      reads.send(
        new DescribeTaskDefinitionCommand({ taskDefinition: reference, include: ['TAGS'] }),
        options,
      ),
    );
    return answer.taskDefinition === undefined
      ? null
      : toTaskDefinitionSnapshot(answer.taskDefinition, answer.tags);
  } catch (error) {
    const missing =
      error instanceof EcsCallError &&
      (error.kind === 'not-found' || (error.kind === 'refused' && noSuchDefinition.test(error.message)));
    if (missing) return null;
    throw error;
  }
}

/** One request; tags of the request stay, ours win over one of the same key. */
export async function registerTaskDefinition(
  context: Context,
  request: JsonObject,
  tags: Readonly<Record<string, string>>,
): Promise<TaskDefinitionSnapshot> {
  const family = typeof request['family'] === 'string' ? request['family'] : '(unnamed)';
  const what = { operation: 'RegisterTaskDefinition', subject: `family ${family}` };
  const { writes, limits } = context.client;
  const own = request as unknown as RegisterTaskDefinitionCommandInput;
  const all = mergeTags(own.tags ?? [], toTags(tags));
  const input = { ...own, ...(all.length === 0 ? {} : { tags: all }) };
  const answer = await write(what, limits.call, context.clock, context.random, (options) =>
    writes.send(new RegisterTaskDefinitionCommand(input), options),
  );
  if (answer.taskDefinition !== undefined)
    return toTaskDefinitionSnapshot(answer.taskDefinition, answer.tags ?? all);
  throw new EcsCallError(
    'unreachable',
    what.operation,
    `${what.operation} (${what.subject}): the answer does not contain the task definition`,
    { hint: 'Whether the revision was registered is found out by reading.' },
  );
}

/** "API_ListTaskDefinitions": up to 100 in one answer. */
const perPage = 100;

/** Newest first. Some servers take `familyPrefix` for a mere prefix and sort as they like: both are done here, too. */
export async function listTaskDefinitions(
  context: Context,
  family: string,
  limit: number,
): Promise<readonly string[]> {
  const what: Call = { operation: 'ListTaskDefinitions', subject: `family ${family}`, mode: 'read' };
  const { reads, limits } = context.client;
  const found = new Map<string, number>();
  let nextToken: string | undefined;
  while (found.size < limit) {
    const input = {
      familyPrefix: family,
      status: 'ACTIVE' as const,
      sort: 'DESC' as const,
      maxResults: perPage,
      ...(nextToken === undefined ? {} : { nextToken }),
    };
    const answer = await call(what, limits.call, (options) =>
      reads.send(new ListTaskDefinitionsCommand(input), options),
    );
    for (const arn of answer.taskDefinitionArns ?? []) {
      const [, name, revision] = /([^/:]+):(\d+)$/u.exec(arn) ?? [];
      if (name === family) found.set(arn, Number(revision));
    }
    // A server that hands out the same token for ever would keep us here for ever.
    if (answer.nextToken === undefined || answer.nextToken === '' || answer.nextToken === nextToken) break;
    nextToken = answer.nextToken;
  }
  const sorted = [...found].sort(([, left], [, right]) => right - left).map(([arn]) => arn);
  return sorted.slice(0, Math.max(0, limit));
}

/** The same call twice changes nothing more, so the SDK may repeat it. */
export async function deregisterTaskDefinition(context: Context, arn: string): Promise<void> {
  const what: Call = {
    operation: 'DeregisterTaskDefinition',
    subject: `task definition ${arn}`,
    mode: 'read',
  };
  const { reads, limits } = context.client;
  await call(what, limits.call, (options) =>
    reads.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn }), options),
  );
}

/** Adds tags or replaces their values; the same call twice changes nothing more, so the SDK may repeat it. */
export async function tagTaskDefinition(
  context: Context,
  arn: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  const all = toTags(tags);
  if (all.length === 0) return;
  const what: Call = { operation: 'TagResource', subject: `task definition ${arn}`, mode: 'read' };
  const { reads, limits } = context.client;
  await call(what, limits.call, (options) =>
    reads.send(new TagResourceCommand({ resourceArn: arn, tags: all }), options),
  );
}
