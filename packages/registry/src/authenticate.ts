// From a challenge to the Authorization header that answers it.
import type { ImageLookup } from './port.ts';
import { describeFailure, describeRefusal, describeStatus, shownAddress, unknown } from './answers.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import type { Exchange, Reply } from './exchange.ts';
import { isLoopback } from './registry-host.ts';

export interface Asking {
  readonly exchange: Exchange;
  readonly timeoutMs: number;
  /** Those of the registry's own host, or null. */
  readonly credentials: Credentials | null;
  /** The program of the Docker configuration that may have credentials for it and is not run here, or null. */
  readonly helper: string | null;
  /** The repository's name, `team/web`. */
  readonly name: string;
}

export type Proof =
  | { readonly kind: 'proof'; readonly authorization: string }
  | Extract<ImageLookup, { kind: 'unknown' }>;

/** `reply`: the registry's own 401. */
export async function authenticate(reply: Reply, asking: Asking): Promise<Proof> {
  const challenges = parseChallenges(reply.headers['www-authenticate']);
  const { credentials } = asking;
  if (credentials?.kind === 'registry-token') return proof(`Bearer ${credentials.token}`);
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  if (bearer) return askForToken(reply, bearer, asking);
  if (challenges.some(({ scheme }) => scheme === 'basic')) {
    return credentials?.kind === 'basic' ? proof(basic(credentials)) : describeRefusal(reply, whoIs(asking));
  }
  const asked = challenges.map(({ scheme }) => scheme).join(', ') || 'nothing';
  return unknown(
    `${shownAddress(reply.url)} asks for a proof that is not known here (${asked.slice(0, 60)})`,
    'Basic and Bearer are. Otherwise set `image-digest` to `off`.',
  );
}

/** For messages. */
export function whoIs({ credentials, helper }: Asking): string {
  if (credentials === null)
    return helper === null ? 'without credentials' : `without credentials (${notRun(helper)})`;
  return credentials.kind === 'basic'
    ? `the user ${JSON.stringify(credentials.user)}`
    : 'the token of the Docker configuration';
}

export function notRun(helper: string): string {
  return `the credential helper ${helper} of the Docker configuration is not run here`;
}

async function askForToken(reply: Reply, { parameters }: Challenge, asking: Asking): Promise<Proof> {
  const realm = parameters.get('realm') ?? '';
  const at = shownAddress(reply.url);
  if (!URL.canParse(realm))
    return unknown(
      `${at} names no address at which to get a token`,
      'Is this a registry? Otherwise set `image-digest` to `off`.',
    );
  const url = new URL(realm);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.host));
  if (!safe) {
    return unknown(
      `${at} wants a token to be fetched from ${shownAddress(realm)}, which is not https`,
      'Credentials are not sent in clear. Otherwise set `image-digest` to `off`.',
    );
  }
  url.username = '';
  url.password = '';
  const service = parameters.get('service');
  const scope = parameters.get('scope') ?? `repository:${asking.name}:pull`;
  const { credentials } = asking;
  const request =
    credentials?.kind === 'identity-token'
      ? refreshRequest(url, service, scope, credentials.token)
      : tokenRequest(url, service, scope, credentials?.kind === 'basic' ? credentials : null);
  const answer = await asking.exchange(request);
  if (answer.kind === 'failure') return describeFailure(answer, asking.timeoutMs);
  if (answer.status === 401 || answer.status === 403) return describeRefusal(answer, whoIs(asking));
  if (answer.status !== 200) return describeStatus(answer);
  const token = tokenOf(answer.body);
  if (token === null)
    return unknown(
      `${shownAddress(answer.url)} gave no token`,
      'Is this the token server of a registry? Otherwise set `image-digest` to `off`.',
    );
  return proof(`Bearer ${token}`);
}

function tokenRequest(
  url: URL,
  service: string | undefined,
  scope: string,
  user: (Credentials & { kind: 'basic' }) | null,
) {
  if (service !== undefined) url.searchParams.set('service', service);
  url.searchParams.set('scope', scope);
  if (user) url.searchParams.set('account', user.user);
  const headers = user ? { authorization: basic(user) } : {};
  return { method: 'GET', url: url.href, headers } as const;
}

/** "OAuth2 Token Authentication" of the Distribution project: an identity token is a refresh token. */
function refreshRequest(url: URL, service: string | undefined, scope: string, token: string) {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: 'bamboo-ecs',
    service: service ?? '',
    scope,
    refresh_token: token,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', url: url.href, headers, body: body.toString() } as const;
}

function tokenOf(body: Buffer): string | null {
  try {
    const { token, access_token: accessToken } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    const found = token ?? accessToken;
    // Anything else could not stand in a header.
    return typeof found === 'string' && /^[\x21-\x7e]+$/.test(found) ? found : null;
  } catch {
    return null;
  }
}

function basic({ user, password }: { readonly user: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

function proof(authorization: string): Proof {
  return { kind: 'proof', authorization };
}
