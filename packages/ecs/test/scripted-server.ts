// An HTTP server that answers each request with the next line of a script, and remembers what it was asked.
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@bamboo-ecs/rollout';
import { createEcsClient, createEcsPort, type EcsClientSettings, type EcsPortOptions } from '../src/index.ts';

export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: unknown;
  /** Instead of an answer: break the connection off, say nothing, or stop within the body. */
  readonly trouble?: 'drop' | 'silence' | 'half';
}

export interface Asked {
  readonly operation: string;
  readonly body: Record<string, unknown>;
  readonly headers: http.IncomingHttpHeaders;
  readonly url: string;
}

export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly Asked[];
}

/** A list, of which the last answer is given again and again, or a function of the request. */
export type Script = readonly Answer[] | ((asked: Asked) => Answer);

export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const target = request.headers['x-amz-target'];
      asked.push({
        operation: typeof target === 'string' ? (target.split('.').pop() ?? '') : '',
        body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text },
        headers: request.headers,
        url: request.url ?? '',
      });
      const last = asked.at(-1);
      const next = Array.isArray(script)
        ? (script as readonly Answer[])[Math.min(asked.length, script.length) - 1]
        : last && (script as (asked: Asked) => Answer)(last);
      give(response, next ?? {});
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function give(response: http.ServerResponse, answer: Answer): void {
  if (answer.trouble === 'silence') return;
  if (answer.trouble === 'drop') {
    response.destroy();
    return;
  }
  const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
  const type = answer.type ?? 'application/x-amz-json-1.1';
  if (answer.trouble === 'half') {
    response.writeHead(answer.status ?? 200, { 'content-type': type, 'content-length': body.length + 100 });
    response.write(body, () => response.destroy());
    return;
  }
  response.writeHead(answer.status ?? 200, { 'content-type': type, ...answer.headers });
  response.end(body);
}

/** Time that passes only by sleeping. */
export function testClock(now = 1_700_000_000_000): Clock & { readonly slept: number[] } {
  let time = now;
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    sleep: async (ms) => {
      slept.push(ms);
      time += ms;
    },
  };
}

/** The port against a server, with test credentials and no waiting by chance. */
export function portTo(
  server: { readonly url: string },
  settings: EcsClientSettings = {},
  options: Partial<EcsPortOptions> = {},
) {
  const client = createEcsClient({
    region: 'eu-west-1',
    endpoint: server.url,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-real-key' },
    limits: { connect: 2000, request: 2000, call: 10_000 },
    ...settings,
  });
  const clock = testClock();
  return { client, clock, port: createEcsPort({ client, clock, random: () => 0, ...options }) };
}

/** The answer of an error in AWS's form. */
export function awsError(code: string, message: string, status = 400): Answer {
  return { status, body: { __type: code, message } };
}
