// Who asks: Security Token Service, which answers everybody.
import type { EcsClient } from '@bamboo-ecs/ecs';
import { known, unknown, type Answer, type Identity } from '@bamboo-ecs/rollout/preflight';
import { ask } from '../ask.ts';
import { callLimitMs, unanswered } from './gather.ts';

type Env = Readonly<Record<string, string | undefined>>;

export async function identity(aws: Pick<EcsClient, 'neighbour'>, env: Env): Promise<Answer<Identity>> {
  const { openQuery } = await import('./query-call.ts');
  const sts = { name: 'sts', version: '2011-06-15', endpointVariable: 'AWS_ENDPOINT_URL_STS' };
  const client = openQuery(aws.neighbour(), env, sts);
  const asked = await ask(
    {
      operation: 'GetCallerIdentity',
      subject: 'the credentials',
      limitMs: callLimitMs,
      action: 'sts:GetCallerIdentity',
    },
    ({ abortSignal }) => client.call('GetCallerIdentity', {}, abortSignal),
  );
  client.close();
  if (!asked.ok) return unanswered(asked);
  const result = asked.value['GetCallerIdentityResult'];
  if (typeof result !== 'object' || Array.isArray(result))
    return unknown('GetCallerIdentity: an empty answer');
  const { Arn: arn, Account: account } = result as Readonly<Record<string, unknown>>;
  if (typeof arn !== 'string' || typeof account !== 'string')
    return unknown('GetCallerIdentity: the answer names nobody');
  return known({ arn, account });
}
