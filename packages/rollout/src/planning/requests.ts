// The requests that a plan carries, without the revision: the flow pins it once it is registered.
import type { JsonObject } from '@bamboo-ecs/release';
import { numberOf, textOf, without } from '../json.ts';
import { clientToken } from '../wanted/client-token.ts';
import type { Situation } from './situation.ts';
import { isMarkedFailed } from './tags.ts';

export interface PlannedRequest {
  readonly request: JsonObject;
  readonly notes: readonly string[];
}

const daemonNote = 'The service is a DAEMON: ECS runs one task per instance, desiredCount is not sent.';

export function createRequest(situation: Situation): PlannedRequest {
  const { wanted, service, applied } = situation;
  const previous = service.status === 'INACTIVE' ? incarnation(situation) : null;
  const daemon = isDaemon(wanted.serviceDefinition);
  const request = {
    ...without(wanted.serviceDefinition, 'taskDefinition', ...(daemon ? ['desiredCount'] : [])),
    cluster: wanted.cluster,
    serviceName: wanted.service,
    clientToken: clientToken(wanted, applied, previous),
  };
  const notes =
    daemon && numberOf(wanted.serviceDefinition, 'desiredCount') !== undefined ? [daemonNote] : [];
  return { request, notes: [...notes, ...emptyNotes(numberOf(request, 'desiredCount'))] };
}

/** `again`: the same revision is started anew. */
export function updateRequest(situation: Situation, again: boolean): PlannedRequest {
  const { wanted, service } = situation;
  const count = plannedCount(situation);
  const request: JsonObject = {
    ...without(wanted.serviceUpdate, 'taskDefinition', 'desiredCount'),
    cluster: wanted.cluster,
    service: wanted.service,
    ...(count.send !== undefined && { desiredCount: count.send }),
    ...(again && { forceNewDeployment: true }),
  };
  const desired = count.send ?? service.desired;
  return { request, notes: [...count.notes, ...(isDaemon(service.definition) ? [] : emptyNotes(desired))] };
}

interface PlannedCount {
  readonly send?: number;
  readonly notes: readonly string[];
}

/** The desired count is somebody else's business when auto scaling owns it or when there is none (DAEMON). */
function plannedCount({ wanted, service, options, running }: Situation): PlannedCount {
  const stated = numberOf(wanted.serviceUpdate, 'desiredCount');
  if (stated === undefined) return { notes: [] };
  if (isDaemon(service.definition)) return { notes: [daemonNote] };
  if (options.scalable === false) return { send: stated, notes: [] };
  if (options.scalable === null) {
    const note = `Whether auto scaling owns the desired count could not be asked; ${stated} is sent, it is ${service.desired} now.`;
    return { send: stated, notes: stated === service.desired ? [] : [note] };
  }
  if (service.desired === 0 && isMarkedFailed(running)) {
    // Auto scaling does not start a service again that a failed installation has set to 0.
    const note = `Auto scaling owns the desired count, but a failed installation had set it to 0: ${stated} is sent.`;
    return { send: stated, notes: [note] };
  }
  return {
    notes: [`Auto scaling owns the desired count: ${stated} is not sent, it stays ${service.desired}.`],
  };
}

function emptyNotes(desired: number | undefined): string[] {
  return desired === 0 ? ['The desired count is 0: nothing will be started, so nothing is proven.'] : [];
}

export function isDaemon(definition: JsonObject): boolean {
  return textOf(definition, 'schedulingStrategy') === 'DAEMON';
}

/** What tells a deleted service from the one that takes its name: when it was created, else its last event. */
function incarnation({ service }: Situation): string {
  const { createdAt } = service.definition;
  if (typeof createdAt === 'string' || typeof createdAt === 'number') return String(createdAt);
  return service.events[0]?.id ?? service.arn;
}
