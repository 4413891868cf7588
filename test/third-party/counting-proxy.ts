// A proxy in front of an AWS endpoint that notes each operation: what a program really asks for is counted on the wire.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CountingProxy extends AsyncDisposable {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  /** The operations since the last time, in their order; then it counts anew. */
  readonly take: () => readonly string[];
}

/** An answer that is no success is noted with its status: `DescribeServices 400`. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  let seen: string[] = [];
  const server = http.createServer((request, response) => {
    const operation = String(request.headers['x-amz-target'] ?? request.url)
      .split('.')
      .at(-1);
    const onward = http.request(
      new URL(request.url ?? '/', target),
      { method: request.method, headers: request.headers },
      (answer) => {
        const { statusCode = 502 } = answer;
        seen.push(statusCode < 400 ? `${operation}` : `${operation} ${statusCode}`);
        response.writeHead(statusCode, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    take: () => {
      const taken = seen;
      seen = [];
      return taken;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
