// Who asks: Security Token Service, which answers everybody.
import { known, unknown, type Answer, type Identity } from '@bamboo-ecs/rollout/preflight';
import { ask } from '../ask.ts';
import { type Around, unanswered } from './gather.ts';

export async function identity(around: Around): Promise<Answer<Identity>> {
  const { openQuery } = await import('./query-call.ts');
  const sts = { name: 'sts', version: '2011-06-15', endpointVariable: 'AWS_ENDPOINT_URL_STS' };
  const client = openQuery(around.aws.neighbour(), around.env, sts);
  const asked = await ask(
    {
      operation: 'GetCallerIdentity',
      subject: 'the credentials',
      limitMs: around.limits.call,
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
