// One request of the registry's API, with the proof of who asks.
import type { Asking } from './authenticate.ts';
import type { Outcome } from './exchange.ts';

/** Manifests and lists of them, by OCI's and by Docker's names; without them a registry converts to an old form with another digest. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const mostRedirects = 3;

/** GET or HEAD with a few redirects. The proof goes to the registry itself only, and never from https to http. */
export async function ask(
  method: 'GET' | 'HEAD',
  url: string,
  /** Media types. */
  accept: string,
  authorization: string | undefined,
  asking: Asking,
): Promise<Outcome> {
  let at = url;
  for (let hop = 0; ; hop++) {
    const proof = authorization !== undefined && sameOrigin(at, url) ? { authorization } : {};
    const outcome = await asking.exchange({ method, url: at, headers: { accept, ...proof } });
    if (outcome.kind === 'failure' || ![301, 302, 303, 307, 308].includes(outcome.status)) return outcome;
    const location = outcome.headers.location ?? '';
    if (hop === mostRedirects || !URL.canParse(location, at)) return outcome;
    const next = new URL(location, at);
    if (next.protocol !== 'https:' && next.protocol !== new URL(url).protocol) return outcome;
    next.username = '';
    next.password = '';
    at = next.href;
  }
}

export function sameOrigin(a: string, b: string): boolean {
  return new URL(a).origin === new URL(b).origin;
}
