// A server that answers what a test tells it, and keeps what it was asked.
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  /** With the matrix properties, as it came. */
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** `count`: how often this method and path were asked for, from 1. */
export type Handler = (asked: Asked, response: http.ServerResponse, count: number) => void;

export interface SmallServer extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly port: number;
  readonly requests: Asked[];
}

export async function startServer(
  handler: Handler,
  tls?: { readonly key: string; readonly cert: string },
): Promise<SmallServer> {
  const requests: Asked[] = [];
  const counts = new Map<string, number>();
  const listener: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const asked = { method, url, headers, body: Buffer.concat(chunks) };
      requests.push(asked);
      const key = `${method} ${url.replace(/;.*/, '')}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      handler(asked, response, count);
    });
  };
  const server = tls ? https.createServer({ ...tls }, listener) : http.createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${address.port}`,
    port: address.port,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

export function answer(
  response: http.ServerResponse,
  status: number,
  body: string | Buffer = '',
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** As Artifactory writes an error. */
export function refuse(
  response: http.ServerResponse,
  status: number,
  message: string,
  headers: http.OutgoingHttpHeaders = {},
): void {
  const body = JSON.stringify({ errors: [{ status, message }] }, null, 2);
  answer(response, status, body, { 'content-type': 'application/json', ...headers });
}
