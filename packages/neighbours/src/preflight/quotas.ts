// Service Quotas: what the account has been given.
import { known, type Answer, type QuotaFact } from '@bamboo-ecs/rollout/preflight';
import { ask } from '../ask.ts';
import { type Around, unanswered } from './gather.ts';

/** One call: the quotas of Amazon ECS that were changed or looked at fit on a page. */
export async function quotas(around: Around, names: readonly string[]): Promise<Answer<QuotaFact>> {
  const { ServiceQuotasClient, ListServiceQuotasCommand } = await import('../clients/service-quotas.ts');
  const client = new ServiceQuotasClient(around.aws.neighbour());
  try {
    const asked = await ask(
      {
        operation: 'ListServiceQuotas',
        subject: `quota ${names.join(', ')}`,
        limitMs: around.limits.call,
        action: 'servicequotas:ListServiceQuotas',
      },
      (options) =>
        client.send(new ListServiceQuotasCommand({ ServiceCode: 'ecs', MaxResults: 100 }), options),
    );
    if (!asked.ok) return unanswered(asked);
    if (asked.value.Quotas === undefined)
      return unanswered({ message: 'ListServiceQuotas: an empty answer' });
    const found = asked.value.Quotas.flatMap(({ QuotaName, Value }) =>
      QuotaName !== undefined && Value !== undefined && names.includes(QuotaName)
        ? [[QuotaName, Value] as const]
        : [],
    );
    return known(new Map(found));
  } finally {
    client.destroy();
  }
}
