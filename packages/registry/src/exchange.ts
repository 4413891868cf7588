// One request and its answer: no retry, no redirect, never more bytes than asked for. The only file that knows got.
import type { IncomingHttpHeaders } from 'node:http';
import {
  explainProxyAnswer,
  explainProxyFailure,
  type Proxies,
  type ProxyTrouble,
} from '@bamboo-ecs/network';
import got, { RequestError } from 'got';
import type { Connections } from './connections.ts';
import { isLoopback } from './registry-host.ts';

export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Reply {
  readonly kind: 'reply';
  readonly url: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}
export interface Failure {
  readonly kind: 'failure';
  readonly url: string;
  /** Node's, OpenSSL's or got's code; `TOO_LARGE` for a body beyond the limit. */
  readonly code: string;
  readonly message: string;
  /** It was the proxy that could not be reached, did not let us through, or answered in the registry's place. */
  readonly proxy?: ProxyTrouble;
}
export type Outcome = Reply | Failure;
export type Exchange = (request: Request) => Promise<Outcome>;

/** "Registries should accept manifests up to 4 megabytes" (OCI Distribution Specification, Pushing Manifests). */
export const maxBody = 4 * 1024 * 1024;

/** `timeoutMs`: for one request, from the look-up of the name to the last byte. */
export function makeExchange(connections: Connections, timeoutMs: number): Exchange {
  const { authorities } = connections;
  const https = authorities === undefined ? {} : { https: { certificateAuthority: [...authorities] } };
  return async (request) => blame(connections.proxies, await send(request));

  function send({ method, url, headers, body }: Request): Promise<Outcome> {
    return new Promise((resolve) => {
      const agent = isLoopback(new URL(url).host) ? connections.direct : connections.outside;
      const stream = got.stream(url, {
        method,
        headers: { 'user-agent': 'bamboo-ecs', ...headers },
        ...(body === undefined ? {} : { body }),
        agent,
        ...https,
        timeout: { request: timeoutMs },
        followRedirect: false,
        throwHttpErrors: false,
        retry: { limit: 0 },
        // Digests are over the bytes as they are stored, and what is not unpacked cannot be a bomb.
        decompress: false,
      });
      const chunks: Buffer[] = [];
      let received = 0;
      let head: Pick<Reply, 'status' | 'headers'> | null = null;
      const end = (outcome: Outcome): void => {
        resolve(outcome);
        stream.destroy();
      };
      stream.on('response', (response) => {
        head = { status: response.statusCode, headers: response.headers };
      });
      stream.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received <= maxBody) chunks.push(chunk);
        else
          end({
            kind: 'failure',
            url,
            code: 'TOO_LARGE',
            message: `the answer has more than ${maxBody} bytes`,
          });
      });
      stream.once('end', () => {
        if (head) end({ kind: 'reply', url, ...head, body: Buffer.concat(chunks) });
      });
      stream.on('error', (error: Error) => {
        const code = error instanceof RequestError ? error.code : '';
        end({ kind: 'failure', url, code, message: error.message });
      });
    });
  }
}

function blame(proxies: Proxies, outcome: Outcome): Outcome {
  if (outcome.kind === 'failure') {
    const proxy = explainProxyFailure(proxies, outcome);
    return proxy === null ? outcome : { ...outcome, proxy };
  }
  const { url, status, headers } = outcome;
  // "Docker-Distribution-API-Version: registry/2.0" (OCI Distribution Specification, "Legacy Docker support").
  const proxy = explainProxyAnswer(
    proxies,
    outcome,
    headers['docker-distribution-api-version'] !== undefined,
  );
  const message = `answered ${status}`;
  return proxy === null
    ? outcome
    : { kind: 'failure', url, code: proxy.passing ? 'ECONNRESET' : '', message, proxy };
}
