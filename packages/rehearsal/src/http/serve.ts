// What the stand-ins need of an HTTP server.
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Rejects when the address is taken or not this machine's. */
export async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** `http://127.0.0.1:8081` */
export function originOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Ends open connections, too: a client that keeps one must not keep the server. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

/** More than any artifact of a rehearsal: the data stays in memory. */
const longestBody = 256 * 1024 * 1024;

/** Null when there is more than the server keeps; it is read to its end all the same, so that the client gets an answer. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= longestBody) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > longestBody ? null : Buffer.concat(chunks);
}
