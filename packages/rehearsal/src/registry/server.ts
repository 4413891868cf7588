// A tiny Docker registry, so that an image has a tag and a digest without Docker. See BEHAVIOUR.md.
import * as http from 'node:http';
import { closeServer, listen, originOf, readBody } from '../http/serve.ts';
import { Contents } from './contents.ts';
import { json, refusal, type RegistryReply } from './reply.ts';
import { route } from './route.ts';

export interface RegistryStandInOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default: everybody may read and write. */
  readonly users?: readonly { readonly name: string; readonly password: string }[];
  /** Told of every request, one line each. */
  readonly log?: (line: string) => void;
}

export interface RegistryStandIn extends AsyncDisposable {
  /** `http://127.0.0.1:5055`; an image is `127.0.0.1:5055/name:tag`. */
  readonly url: string;
  /** Nothing in it any more. */
  reset(): void;
  close(): Promise<void>;
}

/** Rejects when the port is taken. The contents are in memory only. */
export async function startRegistryStandIn(options: RegistryStandInOptions = {}): Promise<RegistryStandIn> {
  const { host = '127.0.0.1', port = 0 } = options;
  const contents = new Contents();
  const server = http.createServer((request, response) => {
    void answerRequest(contents, options, request, response);
  });
  await listen(server, host, port);
  const close = () => closeServer(server);
  return {
    url: originOf(server, host),
    reset: () => contents.clear(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function answerRequest(
  contents: Contents,
  options: RegistryStandInOptions,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const { log = () => {} } = options;
  try {
    const reply = await answer(contents, options, request);
    log(`${request.method} ${request.url} ${reply.status}`);
    send(request, response, reply);
  } catch (error) {
    // Mostly a client that went away in the middle of its request: there is nobody to answer.
    log(
      `${request.method} ${request.url} broken off: ${error instanceof Error ? error.message : String(error)}`,
    );
    response.destroy();
  }
}

async function answer(
  contents: Contents,
  options: RegistryStandInOptions,
  request: http.IncomingMessage,
): Promise<RegistryReply> {
  const body = await readBody(request);
  if (body === null) return refusal(413, 'SIZE_INVALID', 'the body is too large');
  const url = request.url ?? '/';
  const cut = url.indexOf('?');
  const path = cut < 0 ? url : url.slice(0, cut);
  if (path === '/_rehearsal/health') return json(200, { status: 'ok', kind: 'registry' });
  if (!mayPass(options, request.headers.authorization)) {
    return refusal(401, 'UNAUTHORIZED', 'authentication required', {
      'WWW-Authenticate': 'Basic realm="Registry Realm"',
    });
  }
  return route(
    contents,
    {
      method: request.method ?? 'GET',
      query: new URLSearchParams(cut < 0 ? '' : url.slice(cut + 1)),
      contentType: request.headers['content-type'] ?? '',
      body,
    },
    path,
  );
}

function mayPass(options: RegistryStandInOptions, authorization: string | undefined): boolean {
  if (options.users === undefined) return true;
  const [, encoded = ''] = /^basic (.*)$/iu.exec(authorization ?? '') ?? [];
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  return options.users.some(({ name, password }) => given === `${name}:${password}`);
}

function send(request: http.IncomingMessage, response: http.ServerResponse, reply: RegistryReply): void {
  const body = Buffer.from(reply.body ?? '');
  response.writeHead(reply.status, {
    'Docker-Distribution-Api-Version': 'registry/2.0',
    ...reply.headers,
    ...(reply.status === 204 ? {} : { 'Content-Length': body.length }),
  });
  response.end(request.method === 'HEAD' || reply.status === 204 ? undefined : body);
}
