// Which proxy the environment names, in the form that Node's agents take, and which of them a request goes by.
import { directHosts, goesDirectly } from './no-proxy.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Proxies {
  /** For the option `proxyEnv` of Node's agents. */
  readonly variables: Readonly<Record<string, string>>;
  /** Passwords in the proxies' addresses, in every form in which they may be seen: never for a log. */
  readonly secrets: readonly string[];
}

export interface Proxy {
  /** The variable that names it: `HTTPS_PROXY`. */
  readonly variable: string;
  /** `http://proxy.example.com:3128`, without user and password. */
  readonly address: string;
  /** Its address has a user or a password. */
  readonly hasUser: boolean;
}

/** The small spelling goes first, as with curl. */
const proxyNames = {
  'http:': ['http_proxy', 'HTTP_PROXY'],
  'https:': ['https_proxy', 'HTTPS_PROXY'],
} as const;
const allNames = [...proxyNames['http:'], ...proxyNames['https:']];

/**
 * Reads HTTP_PROXY, HTTPS_PROXY and NO_PROXY in both spellings; undefined: no proxy. `bad`: the variables that hold no
 * address of an http proxy. Node would pass over them, and requests would go out directly.
 */
export function readProxies(
  environment: Environment | undefined,
): Proxies | { readonly bad: readonly string[] } {
  if (environment === undefined) return { variables: {}, secrets: [] };
  const bad = allNames.filter((name) => !isProxy(environment[name]?.trim() ?? ''));
  if (bad.length > 0) return { bad };
  const variables: Record<string, string> = {};
  for (const name of allNames) {
    const value = environment[name]?.trim();
    if (value) variables[name] = value;
  }
  if (Object.keys(variables).length === 0) return { variables, secrets: [] };
  const noProxy = environment['no_proxy']?.trim() || environment['NO_PROXY']?.trim() || '';
  const secrets = Object.values(variables).flatMap(secretsOf);
  return { variables: { ...variables, no_proxy: directHosts(noProxy).join(',') }, secrets };
}

/** `HTTP_PROXY is not the address of an http proxy: …`; its value may carry a password and is not shown. */
export function badProxy(name: string): string {
  return `the environment variable ${name} is not the address of an http proxy, as http://proxy.example.com:3128 is`;
}

/** The proxy by which a request to this address goes; null: directly. */
export function proxyOf({ variables }: Proxies, url: string): Proxy | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  const variable = proxyNames[protocol].find((name) => variables[name] !== undefined);
  if (variable === undefined) return null;
  const direct = (variables['no_proxy'] ?? '').split(',');
  if (goesDirectly(direct, hostname, port || (protocol === 'https:' ? '443' : '80'))) return null;
  const { origin, username, password } = new URL(variables[variable] ?? '');
  return { variable, address: origin, hasUser: username !== '' || password !== '' };
}

function isProxy(value: string): boolean {
  return value === '' || (/^https?:\/\//iu.test(value) && URL.canParse(value));
}

function secretsOf(proxy: string): readonly string[] {
  const { username, password } = new URL(proxy);
  if (password === '') return [];
  const plain = decode(password);
  return [password, plain, Buffer.from(`${decode(username)}:${plain}`).toString('base64')];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
