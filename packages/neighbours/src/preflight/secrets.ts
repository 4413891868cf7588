// Secrets Manager and Parameter Store: what there is, never what it says.
import {
  parameterKey,
  type Answer,
  type Answers,
  type ParameterFact,
  type ParameterUse,
  type SecretFact,
  type SecretUse,
} from '@bamboo-ecs/rollout/preflight';
import { ask } from '../ask.ts';
import { answerOf, type Around, gather, unanswered } from './gather.ts';

/** DescribeSecret: one call for each secret, without its value. */
export async function secrets(around: Around, uses: readonly SecretUse[]): Promise<Answers<SecretFact>> {
  const { SecretsManagerClient, DescribeSecretCommand } = await import('../clients/secrets-manager.ts');
  const look = async ({ id, region }: SecretUse): Promise<Answer<SecretFact>> => {
    const client = new SecretsManagerClient(around.aws.neighbour(region ?? undefined));
    try {
      const asked = await ask(
        {
          operation: 'DescribeSecret',
          subject: `secret ${id}`,
          limitMs: around.limits.call,
          action: 'secretsmanager:DescribeSecret',
        },
        (options) => client.send(new DescribeSecretCommand({ SecretId: id }), options),
      );
      if (asked.ok && asked.value.ARN === undefined && asked.value.Name === undefined)
        return unanswered({ message: `DescribeSecret (secret ${id}): an empty answer` });
      return answerOf(asked, ['ResourceNotFoundException'], ({ DeletedDate, VersionIdsToStages }) => ({
        deleted: DeletedDate !== undefined,
        stages: VersionIdsToStages === undefined ? null : Object.values(VersionIdsToStages).flat(),
      }));
    } finally {
      client.destroy();
    }
  };
  // Labels of one secret do not make it another one.
  const each = [...new Map(uses.map((use) => [use.id, use])).values()];
  return gather(around, each, ({ id }) => id, look);
}

/** Names in one filter, "ParameterStringFilter", Systems Manager API Reference. */
const namesAtATime = 50;

/** Pages of one answer that are looked at: the service may give few results in each. */
const mostPages = 20;

/** DescribeParameters, which tells no value: one call for up to 50 names of a region. */
export async function parameters(
  around: Around,
  uses: readonly ParameterUse[],
): Promise<Answers<ParameterFact>> {
  const batches = batchesOf(uses);
  const answers = await gather(
    around,
    batches.map((batch, index) => ({ batch, index })),
    ({ index }) => String(index),
    ({ batch }) => describe(around, batch),
  );
  const pairs = batches.flatMap((batch, index) =>
    batch.map((use): readonly [string, Answer<ParameterFact>] => {
      const answer = answers.get(String(index));
      if (!answer?.known) return [parameterKey(use), answer ?? unanswered({ message: 'not asked' })];
      return [parameterKey(use), { known: true, value: answer.value.get(use.name) ?? null }];
    }),
  );
  return new Map(pairs);
}

function batchesOf(uses: readonly ParameterUse[]): ParameterUse[][] {
  const byRegion = Map.groupBy(uses, ({ region }) => region);
  return [...byRegion.values()].flatMap((ofRegion) => {
    const each = [...new Map(ofRegion.map((use) => [use.name, use])).values()];
    return Array.from({ length: Math.ceil(each.length / namesAtATime) }, (_, index) =>
      each.slice(index * namesAtATime, (index + 1) * namesAtATime),
    );
  });
}

type Found = ReadonlyMap<string, NonNullable<ParameterFact>>;

async function describe(around: Around, batch: readonly ParameterUse[]): Promise<Answer<Found>> {
  const { SSMClient, DescribeParametersCommand } = await import('../clients/ssm.ts');
  const client = new SSMClient(around.aws.neighbour(batch[0]?.region ?? undefined));
  const names = batch.map(({ name }) => name);
  const found = new Map<string, NonNullable<ParameterFact>>();
  const [first = ''] = names;
  try {
    let NextToken: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const token = NextToken;
      const asked = await ask(
        {
          operation: 'DescribeParameters',
          subject:
            names.length > 1 ? `parameter ${first} and ${names.length - 1} more` : `parameter ${first}`,
          limitMs: around.limits.call,
          action: 'ssm:DescribeParameters',
        },
        (options) =>
          client.send(
            new DescribeParametersCommand({
              ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: names }],
              MaxResults: 50,
              ...(token === undefined ? {} : { NextToken: token }),
            }),
            options,
          ),
      );
      if (!asked.ok) return unanswered(asked);
      if (asked.value.Parameters === undefined)
        return unanswered({ message: `DescribeParameters (parameter ${first}): an empty answer` });
      for (const { Name, Version } of asked.value.Parameters)
        if (Name !== undefined) found.set(Name, { version: Version ?? null });
      NextToken = asked.value.NextToken;
      if (!NextToken) return { known: true, value: found };
    }
    return unanswered({ message: 'DescribeParameters: the answer has too many pages' });
  } finally {
    client.destroy();
  }
}
