// A second origin with signed addresses, such as cloud storage: it serves a download once it is not shown credentials.
import * as http from 'node:http';
import { randomBytes } from 'node:crypto';
import { closeServer, listen, originOf } from '../http/serve.ts';

export class SignedOrigin {
  readonly #host: string;
  readonly #contents = new Map<string, Buffer>();
  #server: http.Server | undefined;

  constructor(host: string) {
    this.#host = host;
  }

  /** An address at which these bytes can be had. */
  async addressFor(bytes: Buffer): Promise<string> {
    const server = await this.#started();
    const signature = randomBytes(16).toString('hex');
    this.#contents.set(signature, bytes);
    return `${originOf(server, this.#host)}/filestore?X-Amz-Signature=${signature}`;
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    await closeServer(server);
  }

  async #started(): Promise<http.Server> {
    if (this.#server !== undefined) return this.#server;
    const server = http.createServer((request, response) => this.#answer(request, response));
    this.#server = server;
    await listen(server, this.#host, 0);
    return server;
  }

  #answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const signature = new URL(request.url ?? '/', 'http://x').searchParams.get('X-Amz-Signature') ?? '';
    const bytes = this.#contents.get(signature);
    if (request.headers.authorization !== undefined || request.headers['x-jfrog-art-api'] !== undefined) {
      response.writeHead(400, { 'Content-Type': 'application/xml' });
      response.end(
        '<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>',
      );
    } else if (bytes === undefined) {
      response.writeHead(403, { 'Content-Type': 'application/xml' });
      response.end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
    } else {
      response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length });
      response.end(bytes);
    }
  }
}
