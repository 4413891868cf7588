// One request and its answer: no retry, no redirect, never more bytes than asked for. The only file that knows got.
import type { IncomingHttpHeaders } from 'node:http';
import { explainProxyAnswer, explainProxyFailure, type ProxyTrouble } from '@bamboo-ecs/network';
import got, { RequestError } from 'got';
import type { Connections } from './agents.ts';

export interface Request {
  readonly method: 'GET' | 'HEAD' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whole, so that it can be sent again. */
  readonly body?: Buffer;
  readonly maxBytes: number;
  /** Milliseconds. */
  readonly timeout: { readonly connect: number; readonly response: number; readonly request: number };
}

export interface Reply {
  readonly kind: 'reply';
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The proxy said this, not the server. */
  readonly proxy?: ProxyTrouble;
}
export interface TooLarge {
  readonly kind: 'too-large';
  readonly url: string;
  /** Declared by the server; null when it did not say. */
  readonly bytes: number | null;
  readonly maxBytes: number;
}
export interface Failure {
  readonly kind: 'failure';
  readonly url: string;
  /** Node's, OpenSSL's or got's code. */
  readonly code: string;
  readonly message: string;
  /** The answer had begun: what came is not whole. */
  readonly truncated: boolean;
  /** It was the proxy that could not be reached, or did not let us through. */
  readonly proxy?: ProxyTrouble;
}
export type Outcome = Reply | TooLarge | Failure;

export type Exchange = (request: Request) => Promise<Outcome>;

export function makeExchange(connections: Connections): Exchange {
  const https =
    connections.certificateAuthority === null
      ? {}
      : { https: { certificateAuthority: [...connections.certificateAuthority] } };
  const blame = (outcome: Outcome): Outcome => {
    if (outcome.kind === 'too-large') return outcome;
    const proxy = proxyTrouble(connections, outcome);
    return proxy === null ? outcome : { ...outcome, proxy };
  };
  return async (request) => blame(await send(request));

  function send(request: Request): Promise<Outcome> {
    return new Promise((resolve) => {
      const stream = got.stream(request.url, {
        method: request.method,
        headers: { 'user-agent': 'bamboo-ecs', ...request.headers },
        ...(request.body === undefined ? {} : { body: request.body }),
        agent: connections.agent,
        ...https,
        timeout: { ...request.timeout, secureConnect: request.timeout.connect },
        followRedirect: false,
        throwHttpErrors: false,
        retry: { limit: 0 },
        // Checksums are over the bytes as they are stored, and what is not unpacked cannot be a bomb.
        decompress: false,
      });
      collect(stream, request, resolve);
    });
  }
}

function proxyTrouble({ proxies }: Connections, outcome: Reply | Failure): ProxyTrouble | null {
  if (outcome.kind === 'failure') return outcome.truncated ? null : explainProxyFailure(proxies, outcome);
  // Artifactory signs its answers ("X-JFrog-Version", "X-Artifactory-Id").
  const isServers = Object.keys(outcome.headers).some((name) => /^x-(?:jfrog|artifactory)-/u.test(name));
  return explainProxyAnswer(proxies, outcome, isServers);
}

type Stream = ReturnType<typeof got.stream>;

function collect(stream: Stream, request: Request, resolve: (outcome: Outcome) => void): void {
  const { url, maxBytes } = request;
  const chunks: Buffer[] = [];
  let received = 0;
  let head: Pick<Reply, 'status' | 'statusText' | 'headers'> | null = null;
  const tooLarge = (bytes: number | null) => {
    resolve({ kind: 'too-large', url, bytes, maxBytes });
    stream.destroy();
  };
  stream.on('response', (response) => {
    head = {
      status: response.statusCode,
      statusText: response.statusMessage ?? '',
      headers: response.headers,
    };
    const declared = Number(response.headers['content-length'] ?? 'NaN');
    if (request.method !== 'HEAD' && isSuccess(head.status) && declared > maxBytes) tooLarge(declared);
  });
  const finish = () => {
    if (head !== null) resolve({ kind: 'reply', url, ...head, body: Buffer.concat(chunks) });
    stream.destroy();
  };
  stream.on('data', (chunk: Buffer) => {
    const room = maxBytes - received;
    received += chunk.length;
    chunks.push(chunk.subarray(0, Math.max(room, 0)));
    if (received <= maxBytes) return;
    // Of an error page the beginning is enough; the beginning of a file would pass for the whole.
    if (head !== null && !isSuccess(head.status)) finish();
    else tooLarge(null);
  });
  stream.once('end', finish);
  stream.on('error', (error: Error) => {
    const code = error instanceof RequestError ? error.code : '';
    resolve({ kind: 'failure', url, code, message: error.message, truncated: head !== null });
  });
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
