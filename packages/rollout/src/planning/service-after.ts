// The service as it will be once the plan is carried out.
import type { JsonObject } from '@bamboo-ecs/release';
import { objectOf } from '../json.ts';
import type { Plan } from '../plan.ts';

/**
 * A request to create says all; an update changes the members that it names, and of the deployment configuration again only those.
 * `described` is the service as DescribeServices gave it, empty when it is not there.
 */
export function serviceAfter({ action, request }: Plan, described: JsonObject): JsonObject {
  if (request === undefined) return described;
  if (action === 'create') return request;
  const configuration = objectOf(request, 'deploymentConfiguration');
  if (configuration === undefined) return { ...described, ...request };
  const before = objectOf(described, 'deploymentConfiguration') ?? {};
  return { ...described, ...request, deploymentConfiguration: { ...before, ...configuration } };
}
