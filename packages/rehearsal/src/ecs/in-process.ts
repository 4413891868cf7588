// The stand-in as a request handler of the AWS SDK for JavaScript v3: no socket, no waiting.
import type { EcsSimulation } from '@bamboo-ecs/rollout/simulation';
import { FrontDoor } from './front-door.ts';
import type { FrontDoorOptions } from './front-door.ts';
import type { LoggedRequest } from './request-log.ts';
import type { WireRequest } from './wire.ts';

/** What the SDK hands to a request handler, as far as it is read here. */
export interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

export interface InProcessHandler {
  handle(request: SdkRequest): Promise<{ response: SdkResponse }>;
  readonly metadata: { readonly handlerProtocol: string };
  /** Every request so far, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** Operation → number of requests. */
  counts(): Readonly<Record<string, number>>;
  /** Faults, as the control API takes them. */
  readonly faults: FrontDoor['faults'];
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
}

/**
 * Give it as `requestHandler` to an ECSClient. A dropped connection rejects with ECONNRESET. A delay of a fault is not waited for: whoever
 * needs it moves the clock.
 */
export function inProcessHandler(
  simulation: EcsSimulation,
  options: FrontDoorOptions = {},
): InProcessHandler {
  const door = new FrontDoor(simulation, options);
  return {
    async handle(request) {
      const reply = door.reply(wireRequest(request));
      if (reply.kind === 'dropped') throw connectionReset();
      const { status, headers, body } = reply.answer;
      return { response: { statusCode: status, headers: { ...headers }, body: Buffer.from(body) } };
    },
    metadata: { handlerProtocol: 'http/1.1' },
    requests: door.log.list(),
    counts: () => door.log.counts(),
    faults: door.faults,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
}

function wireRequest(request: SdkRequest): WireRequest {
  const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method: request.method,
    path: request.path,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: textOfBody(request.body),
  };
}

function textOfBody(body: unknown): string {
  if (typeof body === 'string') return body;
  if (!(body instanceof Uint8Array)) return '';
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}

function connectionReset(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}
