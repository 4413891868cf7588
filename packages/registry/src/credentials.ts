// Who we are at a registry: the given credentials, or what `docker login` left in the configuration file.
import { dockerHub } from './image-reference.ts';

/** `~/.docker/config.json`, parsed and not yet checked. Fields: github.com/docker/cli, cli/config/configfile/file.go. */
export interface DockerConfig {
  readonly auths?: unknown;
  readonly credHelpers?: unknown;
  readonly credsStore?: unknown;
}

/** What could be read of it. */
export interface DockerLogins {
  /** By host, or by an address as older Dockers wrote it: `https://index.docker.io/v1/`. */
  readonly logins: readonly (readonly [key: string, credentials: Credentials])[];
  /** Programs that keep credentials, by host; `*` for all others. */
  readonly helpers: readonly (readonly [key: string, program: string])[];
}

export type Credentials =
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'identity-token'; readonly token: string }
  | { readonly kind: 'registry-token'; readonly token: string };

export interface HostCredentials {
  /** `registry.example.com:5000`, as images name it (`docker.io` for Docker Hub). They are used for no other host. */
  readonly host: string;
  readonly user: string;
  readonly password: string;
}

export function findCredentials(
  host: string,
  given: readonly HostCredentials[],
  config: DockerLogins,
): Credentials | null {
  const own = given.find((entry) => sameHost(entry.host, host));
  if (own) return { kind: 'basic', user: own.user, password: own.password };
  return config.logins.find(([key]) => sameHost(key, host))?.[1] ?? null;
}

/** The name of the program that keeps the credentials of this host; it is not run here. */
export function helperFor(host: string, config: DockerLogins): string | null {
  return config.helpers.find(([key]) => key === '*' || sameHost(key, host))?.[1] ?? null;
}

/** The file is the user's own: what is not as it should be is passed over, as Docker does. */
export function readDockerConfig(value: unknown): DockerLogins {
  const { auths, credHelpers, credsStore } = members(value);
  const logins = Object.entries(members(auths)).flatMap(([key, entry]) => {
    const found = readLogin(members(entry));
    return found ? [[key, found] as const] : [];
  });
  const helpers = Object.entries({ ...members(credHelpers), '*': credsStore });
  return { logins, helpers: helpers.filter((entry): entry is [string, string] => isText(entry[1])) };
}

function members(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** `registrytoken` goes to the registry as it is, `identitytoken` to its token server, `auth` is `user:password` in base64. */
function readLogin({
  registrytoken,
  identitytoken,
  auth,
  username,
  password,
}: Record<string, unknown>): Credentials | null {
  if (isText(registrytoken)) return { kind: 'registry-token', token: registrytoken };
  if (isText(identitytoken)) return { kind: 'identity-token', token: identitytoken };
  if (isText(username) && isText(password)) return { kind: 'basic', user: username, password };
  if (!isText(auth)) return null;
  const decoded = Buffer.from(auth, 'base64').toString('utf8').replaceAll('\0', '');
  const colon = decoded.indexOf(':');
  return colon < 1
    ? null
    : { kind: 'basic', user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function sameHost(key: string, host: string): boolean {
  const name = key
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/s, '')
    .toLowerCase();
  const meant = name === 'docker.io' || name === 'index.docker.io' ? dockerHub : name;
  return meant === host.toLowerCase();
}
