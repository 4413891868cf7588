// One POST and its answer: no redirect, no repetition, little of the body. The only file that knows got.
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import type { Proxies } from '@bamboo-ecs/network';

export type Answer =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: Readonly<Record<string, string | string[] | undefined>>;
      /** The beginning. */
      readonly body: string;
    }
  | { readonly kind: 'failure'; readonly code: string; readonly message: string };

export interface PostSettings {
  readonly url: string;
  readonly proxies: Proxies;
  readonly ca?: string;
  readonly userAgent: string;
  /** For a proxy to open a tunnel: no time limit of got's counts before there is a socket. Milliseconds. */
  readonly tunnelMs: number;
}

const longestBody = 2000;

/** `timeoutMs`: for one request, from the look-up of the name to the last byte. */
export async function makePost({
  url,
  proxies,
  ca,
  userAgent,
  tunnelMs,
}: PostSettings): Promise<(body: string, timeoutMs: number) => Promise<Answer>> {
  const { default: got, RequestError } = await import('got');
  const options = { keepAlive: false, proxyEnv: { ...proxies.variables } };
  const agent = { http: new http.Agent(options), https: new https.Agent({ ...options, timeout: tunnelMs }) };
  // got's list takes the place of the built-in one, so the usual authorities come first.
  const authorities =
    ca === undefined ? {} : { https: { certificateAuthority: [...tls.getCACertificates('default'), ca] } };
  return (body, timeoutMs) =>
    new Promise((resolve) => {
      const stream = got.stream.post(url, {
        body,
        headers: { 'content-type': 'application/json', 'user-agent': userAgent },
        agent,
        ...authorities,
        timeout: { request: Math.max(1, Math.round(timeoutMs)) },
        followRedirect: false,
        throwHttpErrors: false,
        retry: { limit: 0 },
        decompress: false,
      });
      let reply: Pick<http.IncomingMessage, 'statusCode' | 'headers'> = { headers: {} };
      const chunks: Buffer[] = [];
      const done = (): void => {
        const text = Buffer.concat(chunks).toString('utf8').slice(0, longestBody);
        resolve({ kind: 'reply', status: reply.statusCode ?? 0, headers: reply.headers, body: text });
      };
      stream.on('response', (response: http.IncomingMessage) => {
        reply = response;
      });
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (Buffer.concat(chunks).length < longestBody) return;
        done();
        stream.destroy();
      });
      stream.on('end', done);
      stream.on('error', (error: unknown) => {
        // Who has answered has taken the message, even when the rest of the answer never comes: no second one.
        if (reply.statusCode !== undefined) return done();
        const code = error instanceof RequestError ? error.code : '';
        const message = error instanceof Error ? error.message : String(error);
        resolve({ kind: 'failure', code, message });
      });
    });
}
