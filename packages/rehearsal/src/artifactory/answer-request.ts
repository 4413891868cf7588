// One request from the wire to the wire: faults, authentication, the answer, the log.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { readBody } from '../http/serve.ts';
import { insteadOfWork, type Outcome, spoil } from './apply-fault.ts';
import type { Authentication } from './auth.ts';
import type { Exchange, World } from './exchange.ts';
import type { Fault, Faults } from './faults.ts';
import { standInVersion } from './options.ts';
import { parseQuery } from './query.ts';
import { html, json, Refusal, type Reply } from './reply.ts';
import { logLine, type RequestLog, safeHeaders } from './request-log.ts';
import { answerRehearsal } from './rehearsal-addresses.ts';
import { answer, isOpen } from './route.ts';
import type { SignedOrigin } from './signed-origin.ts';

export interface Machinery {
  readonly world: World;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly origin: SignedOrigin;
  readonly authentication: Authentication;
  readonly reset: () => void;
  readonly say: (line: string) => void;
}

/** Never rejects: a bug of the stand-in is answered with 500 and said in the log. */
export async function answerRequest(
  machinery: Machinery,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = await readBody(request);
    if (body === null) {
      send(request, response, { reply: html(413, 'Request Entity Too Large') });
      return;
    }
    const url = request.url ?? '/';
    const cut = url.indexOf('?');
    const path = cut < 0 ? url : url.slice(0, cut);
    const query = cut < 0 ? '' : url.slice(cut + 1);
    if (path.startsWith('/_rehearsal/'))
      send(request, response, { reply: answerRehearsal(machinery, request.method ?? '', path, body) });
    else await answerArtifactory(machinery, request, response, { path, query, body });
  } catch (error) {
    // The client went away in the middle of its request: there is nobody to answer.
    if (request.destroyed && !request.complete) return;
    machinery.say(
      `a bug of the stand-in: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    if (response.headersSent) response.destroy();
    else send(request, response, { reply: html(500, 'Internal Server Error') });
  }
}

async function answerArtifactory(
  machinery: Machinery,
  request: IncomingMessage,
  response: ServerResponse,
  { path, query, body }: { path: string; query: string; body: Buffer },
): Promise<void> {
  const { faults, log, world, say } = machinery;
  const method = request.method ?? 'GET';
  const { delay, fault } = faults.take(method, path.replace(/^\/artifactory\//u, ''));
  // An answer that nobody waits for any more keeps no process alive.
  if (delay > 0) await sleep(delay, undefined, { ref: false });
  const user: { name: string | null } = { name: null };
  const host = request.headers.host ?? 'localhost';
  const work = () => {
    const whole = wholeAnswer(machinery, request, { path, query, body, host });
    user.name = whole.user;
    return whole.reply;
  };
  const outcome =
    (fault && insteadOfWork(fault, request.url ?? '/', host)) ?? (await worked(machinery, fault, work));
  const entry = {
    at: world.now(),
    method,
    url: request.url ?? '/',
    user: user.name,
    headers: safeHeaders(request.headers),
    size: body.length,
    status: outcome.reply?.status ?? 0,
    ...(fault === undefined ? {} : { fault: fault.kind }),
  };
  log.add(entry);
  say(logLine(entry));
  send(request, response, outcome);
}

async function worked(machinery: Machinery, fault: Fault | undefined, work: () => Reply): Promise<Outcome> {
  const reply = work();
  return fault === undefined ? { reply } : spoil(fault, reply, machinery.origin);
}

/** The answer without faults, and who asked. */
function wholeAnswer(
  machinery: Machinery,
  request: IncomingMessage,
  { path, query, body, host }: { path: string; query: string; body: Buffer; host: string },
): { reply: Reply; user: string | null } {
  if (path === '/router/api/v1/system/readiness') return { reply: json(200, { code: 'OK' }), user: null };
  if (path !== '/artifactory' && !path.startsWith('/artifactory/'))
    return { reply: html(404, 'Not Found'), user: null };
  const rawPath = path.slice('/artifactory/'.length);
  try {
    const user = isOpen(rawPath) ? null : machinery.authentication.whoAsks(request.headers);
    const exchange: Exchange = {
      method: request.method ?? 'GET',
      rawPath,
      query: parseQuery(query),
      headers: request.headers,
      body,
      user,
      base: `http://${host}/artifactory`,
    };
    return { reply: answer(machinery.world, exchange), user: user?.name ?? null };
  } catch (error) {
    if (error instanceof Refusal) return { reply: error.toReply(), user: null };
    throw error;
  }
}

const identity = {
  'X-JFrog-Version': `Artifactory/${standInVersion.version} ${standInVersion.revision}`,
  'X-Artifactory-Id': 'rehearsal',
  'X-Artifactory-Node-Id': 'rehearsal-stand-in',
};

function send(request: IncomingMessage, response: ServerResponse, { reply, truncate }: Outcome): void {
  if (reply === null) {
    response.destroy();
    return;
  }
  const body = Buffer.from(reply.body ?? '');
  const empty = reply.status === 204 || reply.status === 304;
  response.writeHead(reply.status, {
    ...identity,
    ...reply.headers,
    ...(empty ? {} : { 'Content-Length': body.length }),
  });
  if (truncate === true && body.length > 0) {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
    return;
  }
  response.end(request.method === 'HEAD' || empty ? undefined : body);
}
