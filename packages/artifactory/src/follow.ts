// Redirects. Reads may follow them (cloud servers hand out signed links to their storage), writes never: a redirected
// PUT may be sent on without its body, and the answer would look like success.
import type { Exchange, Outcome, Reply, Request } from './exchange.ts';

/** The answer at the end of the chain, and what stood in the answers of Artifactory itself on the way. */
export interface Followed {
  readonly outcome: Outcome;
  /** X-Checksum-Sha256 of the first answer that had one: signed links go to storage that does not send it. */
  readonly sha256: string | null;
  /** The last answer came from another origin than the first, and was asked for without credentials. */
  readonly elsewhere: boolean;
}

const longestChain = 5;

/** GET and HEAD over redirects. On another origin (scheme, host or port) the request is sent bare. HEAD stays on its origin: a signed link is good for GET only. */
export async function follow(exchange: Exchange, request: Request): Promise<Followed> {
  const { origin } = new URL(request.url);
  let current = request;
  let sha256: string | null = null;
  let bare = false;
  for (let hop = 0; ; hop += 1) {
    const outcome = await exchange(current);
    const elsewhere = new URL(current.url).origin !== origin;
    if (outcome.kind !== 'reply') return { outcome, sha256, elsewhere };
    if (!elsewhere) sha256 ??= checksumOf(outcome);
    const location = locationOf(outcome);
    if (location === null || hop === longestChain) return { outcome, sha256, elsewhere };
    const leaves = location.origin !== origin;
    bare ||= leaves;
    if (request.method === 'HEAD' && leaves) return { outcome, sha256, elsewhere };
    current = {
      ...request,
      url: location.href,
      // Every header of ours is about Artifactory; storage refuses a second kind of credentials.
      headers: bare ? {} : request.headers,
    };
  }
}

/** X-Checksum-Sha256 in lower case, when it is one. */
export function checksumOf(reply: Reply): string | null {
  const value = headerOf(reply, 'x-checksum-sha256')?.trim().toLowerCase() ?? '';
  return /^[0-9a-f]{64}$/.test(value) ? value : null;
}

export function headerOf(reply: Reply, name: string): string | undefined {
  const value = reply.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export function isRedirect(reply: Reply): boolean {
  return [301, 302, 303, 307, 308].includes(reply.status);
}

/** Where a redirect leads; null when the answer is none, or leads to something that is not http. */
export function locationOf(reply: Reply): URL | null {
  const header = headerOf(reply, 'location');
  if (!isRedirect(reply) || header === undefined || !URL.canParse(header, reply.url)) return null;
  const location = new URL(header, reply.url);
  return location.protocol === 'http:' || location.protocol === 'https:' ? location : null;
}
