// DescribeServices, CreateService, UpdateService.
import {
  CreateServiceCommand,
  type CreateServiceCommandInput,
  DescribeServicesCommand,
  type DescribeServicesCommandOutput,
  type Service,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from './clients/ecs.ts';
import type { JsonObject } from '@bamboo-ecs/release';
import type { ServiceSnapshot } from '@bamboo-ecs/rollout';
import { call, write } from './call.ts';
import { failureWords } from './clusters.ts';
import { type Context, serviceSubject } from './context.ts';
import { EcsCallError } from './error.ts';
import type { Call } from './facts.ts';
import { missingService, toServiceSnapshot } from './snapshot.ts';
import { lastSegment } from './scaling.ts';

/** "API_DescribeServices": up to 10 services in one call. */
const perCall = 10;

/** One snapshot per name, in the order of the names; a name may be an ARN, and may occur twice. */
export async function describeServices(
  context: Context,
  cluster: string,
  names: readonly string[],
): Promise<readonly ServiceSnapshot[]> {
  const different = [...new Set(names)];
  const found = new Map<string, ServiceSnapshot>();
  for (let start = 0; start < different.length; start += perCall) {
    const batch = different.slice(start, start + perCall);
    for (const [name, snapshot] of await describeBatch(context, cluster, batch)) found.set(name, snapshot);
  }
  return names.flatMap((name) => found.get(name) ?? []);
}

async function describeBatch(
  context: Context,
  cluster: string,
  batch: readonly string[],
): Promise<readonly (readonly [string, ServiceSnapshot])[]> {
  const what: Call = { operation: 'DescribeServices', subject: subjectOf(cluster, batch), mode: 'read' };
  const { reads, limits } = context.client;
  const answer = await call(what, limits.call, (options) =>
    reads.send(new DescribeServicesCommand({ cluster, services: [...batch] }), options),
  );
  refuseOtherFailures(what, answer);
  const at = context.clock.now();
  return batch.map((name) => {
    const service = answer.services?.find((each) => isNamed(each, name));
    if (service !== undefined) return [name, toServiceSnapshot(service, cluster, at)] as const;
    const failure = answer.failures?.find((each) => lastSegment(each.arn ?? '') === lastSegment(name));
    return [name, missingService(cluster, lastSegment(name), failure?.arn ?? '', at)] as const;
  });
}

/** A failure other than MISSING is an error, and so is an answer without any of the two lists: it is not one of ECS. */
function refuseOtherFailures(what: Call, answer: DescribeServicesCommandOutput): void {
  const prefix = `${what.operation} (${what.subject})`;
  if (answer.services === undefined && answer.failures === undefined) {
    throw new EcsCallError(
      'unsupported',
      what.operation,
      `${prefix}: the answer has neither services nor failures`,
      {
        hint: 'Check the address (AWS_ENDPOINT_URL): this is no answer of Amazon ECS.',
      },
    );
  }
  const failures = (answer.failures ?? []).filter((failure) => failure.reason !== 'MISSING');
  if (failures.length === 0) return;
  const words = failures.map((failure) =>
    `${lastSegment(failure.arn ?? '')} ${failureWords(failure)}`.trim(),
  );
  throw new EcsCallError('refused', what.operation, `${prefix}: ${words.join('; ')}`, {
    code: failures[0]?.reason,
  });
}

function isNamed(service: Service, name: string): boolean {
  return service.serviceArn === name || service.serviceName === lastSegment(name);
}

function subjectOf(cluster: string, names: readonly string[]): string {
  const services = names.length === 1 ? `service ${names.join('')}` : `services ${names.join(', ')}`;
  return `${services} in cluster ${cluster}`;
}

/** One request; its `clientToken`, when it has one, makes a repetition by the caller safe. */
export async function createService(context: Context, request: JsonObject): Promise<ServiceSnapshot> {
  const { cluster, service } = targetOf(request, 'serviceName');
  const what = { operation: 'CreateService', subject: serviceSubject(cluster, service) };
  const { writes, limits } = context.client;
  const input = request as unknown as CreateServiceCommandInput;
  const answer = await write(what, limits.call, context.clock, context.random, (options) =>
    writes.send(new CreateServiceCommand(input), options),
  );
  return changed(what, answer.service, cluster, context);
}

/** One request; after a lost answer the caller must read before it asks again. */
export async function updateService(context: Context, request: JsonObject): Promise<ServiceSnapshot> {
  const { cluster, service } = targetOf(request, 'service');
  const what = { operation: 'UpdateService', subject: serviceSubject(cluster, service) };
  const { writes, limits } = context.client;
  const input = request as unknown as UpdateServiceCommandInput;
  const answer = await write(what, limits.call, context.clock, context.random, (options) =>
    writes.send(new UpdateServiceCommand(input), options),
  );
  return changed(what, answer.service, cluster, context);
}

/** "If you do not specify a cluster, the default cluster is assumed" (API_CreateService). */
function targetOf(request: JsonObject, member: string): { cluster: string; service: string } {
  const text = (value: unknown, otherwise: string) =>
    typeof value === 'string' && value !== '' ? value : otherwise;
  return { cluster: text(request['cluster'], 'default'), service: text(request[member], '(unnamed)') };
}

function changed(
  what: { operation: string; subject: string },
  service: Service | undefined,
  cluster: string,
  context: Context,
): ServiceSnapshot {
  if (service !== undefined) return toServiceSnapshot(service, cluster, context.clock.now());
  throw new EcsCallError(
    'unreachable',
    what.operation,
    `${what.operation} (${what.subject}): the answer does not contain the service`,
    { hint: 'Whether the change was made is found out by reading.' },
  );
}
