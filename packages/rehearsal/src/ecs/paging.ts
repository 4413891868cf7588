// Pages of a list: maxResults and an opaque nextToken.
import { EcsSimulationError, numberOf, textOf } from '@bamboo-ecs/rollout/simulation';
import type { JsonObject } from '@bamboo-ecs/rollout/simulation';

/** Throws InvalidParameterException for a token that is not ours or a page size outside 1…100. */
export function pageOf<T>(
  items: readonly T[],
  request: JsonObject,
  usual: number,
): { readonly page: readonly T[]; readonly more: { readonly nextToken?: string } } {
  const size = numberOf(request, 'maxResults') ?? usual;
  if (size < 1 || size > 100)
    throw new EcsSimulationError('InvalidParameterException', 'maxResults must be from 1 to 100.');
  const start = startOf(textOf(request, 'nextToken'));
  const end = start + size;
  const more = end < items.length ? { nextToken: Buffer.from(`from ${end}`).toString('base64') } : {};
  return { page: items.slice(start, end), more };
}

function startOf(token: string | undefined): number {
  if (token === undefined || token === '') return 0;
  const start = /^from (\d{1,9})$/u.exec(Buffer.from(token, 'base64').toString('utf8'))?.[1];
  if (start === undefined) throw new EcsSimulationError('InvalidParameterException', 'Invalid nextToken.');
  return Number(start);
}
