// Turns a right answer into the one that a fault asks for.
import type { Fault } from './faults.ts';
import { html, json, type Reply } from './reply.ts';
import type { SignedOrigin } from './signed-origin.ts';

/** What goes over the wire: a reply, a part of one, or nothing at all. */
export interface Outcome {
  readonly reply: Reply | null;
  /** Announce the whole body and break off in the middle. */
  readonly truncate?: boolean;
}

/** Faults that come instead of the work; undefined for those that spoil its answer. */
export function insteadOfWork(fault: Fault, url: string, hostHeader: string): Outcome | undefined {
  if (fault.kind === 'status') return { reply: statusReply(fault) };
  if (fault.kind === 'drop') return { reply: null };
  if (fault.kind === 'redirect-https') {
    return { reply: html(301, 'Moved Permanently', { Location: `https://${hostHeader}${url}` }) };
  }
  if (fault.kind === 'masked-404') {
    const address = url.split(/[;?]/u, 1)[0] ?? '';
    const where = address.replace(/^\/artifactory\//u, '').replace('/', ':');
    return {
      reply: json(404, { errors: [{ status: 404, message: `Could not locate artifact '${where}'.` }] }),
    };
  }
  return undefined;
}

export async function spoil(fault: Fault, reply: Reply, origin: SignedOrigin): Promise<Outcome> {
  const body = Buffer.from(reply.body ?? '');
  if (fault.kind === 'lost-response') return { reply: null };
  if (fault.kind === 'truncated') return { reply, truncate: true };
  if (fault.kind === 'wrong-bytes')
    return { reply: { ...reply, body: Buffer.from(body.map((byte) => byte ^ 1)) } };
  if (fault.kind === 'wrong-checksum')
    return { reply: { ...reply, headers: wrongChecksums(reply.headers ?? {}) } };
  if (fault.kind === 'redirect-storage' && reply.status === 200) {
    return { reply: { status: 302, headers: { Location: await origin.addressFor(body) } } };
  }
  return { reply };
}

function statusReply(fault: Fault): Reply {
  const status = fault.status ?? 500;
  const retry = fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) };
  const title = titles.get(status) ?? 'Error';
  return fault.page === true
    ? html(status, title, retry)
    : json(status, { errors: [{ status, message: title }] }, retry);
}

const titles = new Map([
  [413, 'Request Entity Too Large'],
  [429, 'Too Many Requests'],
  [500, 'Internal Server Error'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
]);

/** Another digit in the place of each first one. */
function wrongChecksums(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const checksum = /^(?:x-checksum-|etag$)/iu.test(name);
      return [name, checksum ? (value.startsWith('0') ? '1' : '0') + value.slice(1) : value];
    }),
  );
}
