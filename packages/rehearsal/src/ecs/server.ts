// The ECS stand-in as an HTTP server on this machine.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { EcsSimulation, quickPace } from '@bamboo-ecs/rollout/simulation';
import type { SimulationOptions } from '@bamboo-ecs/rollout/simulation';
import { controlAnswer } from './control.ts';
import { DataPlane } from './data-plane.ts';
import { FrontDoor, operationOf } from './front-door.ts';
import type { FrontDoorOptions } from './front-door.ts';
import { load, store } from './persistence.ts';
import type { LoggedRequest } from './request-log.ts';
import { TimeSource } from './time-source.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

export interface EcsStandInOptions extends SimulationOptions, FrontDoorOptions {
  /** Default 127.0.0.1: the stand-in knows no secrets, but it is not for others. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Simulated milliseconds per real one. Default 1, with `quickPace`. */
  readonly speed?: number;
  /** Keeps the state in this folder; a stand-in that is started again goes on there. */
  readonly dir?: string;
  /** One line a request. */
  readonly log?: (line: string) => void;
}

export interface EcsStandIn extends AsyncDisposable {
  /** `http://127.0.0.1:12345`, for AWS_ENDPOINT_URL. */
  readonly url: string;
  /** Where a load balancer or target group of this name answers. */
  loadBalancerUrl(name: string): string;
  readonly simulation: EcsSimulation;
  /** Requests to the AWS APIs so far, oldest first. */
  readonly requests: readonly LoggedRequest[];
  close(): Promise<void>;
}

const largestBody = 16 * 1024 * 1024;

/** Rejects when the address cannot be listened on, or the folder's state cannot be read. */
export async function startEcsStandIn(options: EcsStandInOptions = {}): Promise<EcsStandIn> {
  const { host = '127.0.0.1', port = 0, dir, log = () => undefined } = options;
  const saved = dir === undefined ? null : load(dir);
  const settings = { pace: quickPace, ...options, startMs: options.startMs ?? Date.now() };
  const simulation = saved === null ? new EcsSimulation(settings) : EcsSimulation.restore(saved, settings);
  const time = new TimeSource(Math.max(simulation.now, settings.startMs), options.speed ?? 1);
  const door = new FrontDoor(simulation, options);
  const plane = new DataPlane();
  const reset = (): void => {
    door.reset(new EcsSimulation({ ...settings, startMs: time.now() }));
  };

  const answer = async (request: WireRequest): Promise<WireAnswer | null> => {
    door.simulation.advanceTo(time.now());
    const direct = controlAnswer({ door, time, reset }, request) ?? plane.answer(door.simulation, request);
    if (direct !== null) return direct;
    const reply = door.reply(request);
    const outcome = reply.kind === 'answer' ? `${reply.answer.status}` : 'dropped';
    log(`${new Date(door.simulation.now).toISOString()} ecs ${operationOf(request)} ${outcome}`);
    if (dir !== undefined && !/^(Describe|List|Get)/u.test(operationOf(request)))
      store(dir, door.simulation.save());
    if (reply.kind === 'dropped') return null;
    // An answer that nobody waits for any more keeps no process alive.
    if (reply.delayMs > 0) await delay(reply.delayMs, undefined, { ref: false });
    return reply.answer;
  };

  const server = createServer((request, response) => {
    void serve(request, response, answer, log);
  });
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  const url = `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
  const close = async (): Promise<void> => {
    if (dir !== undefined) store(dir, door.simulation.save());
    server.closeAllConnections();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
  return {
    url,
    loadBalancerUrl: (name) => `${url}/_lb/${encodeURIComponent(name)}/`,
    get simulation() {
      return door.simulation;
    },
    requests: door.log.list(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: WireRequest) => Promise<WireAnswer | null>,
  log: (line: string) => void,
): Promise<void> {
  try {
    const body = await bodyOf(request);
    const found = body === null ? tooLarge : await answer(wireRequest(request, body));
    if (found === null) {
      request.socket.destroy();
      return;
    }
    response.writeHead(found.status, found.headers);
    response.end(request.method === 'HEAD' ? '' : found.body);
  } catch (error) {
    log(
      `ecs: a mistake of the stand-in: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
    response.end('A mistake of the stand-in; its log has the details.\n');
  }
}

const tooLarge: WireAnswer = {
  status: 413,
  headers: { 'content-type': 'text/plain', connection: 'close' },
  body: 'The body is too large.\n',
};

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
  }
  return size > largestBody ? null : Buffer.concat(chunks).toString('utf8');
}

function wireRequest(request: IncomingMessage, body: string): WireRequest {
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: Object.fromEntries(headers) as Record<string, string>,
    body,
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
