// Proxies and certificate authorities, both handed to Node's own agents.
import { X509Certificate } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';

export interface Connections {
  readonly agent: { readonly http: http.Agent; readonly https: https.Agent };
  /** Null: Node's own list. */
  readonly certificateAuthority: readonly string[] | null;
  /** Credentials that stand in the proxies' addresses. */
  readonly secrets: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

const proxyNames = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'] as const;
const noProxyNames = ['no_proxy', 'NO_PROXY'] as const;

/** The agents, or what is wrong with the settings: one sentence each. */
export function makeConnections(
  proxyEnv: Environment | undefined,
  ca: string | undefined,
): Connections | { readonly faults: readonly string[] } {
  const faults = [...proxyFaults(proxyEnv ?? {}), ...caFaults(ca)];
  if (faults.length > 0) return { faults };
  const env: Record<string, string> = {};
  for (const name of [...proxyNames, ...noProxyNames]) {
    const value = proxyEnv?.[name]?.trim();
    if (value) env[name] = value;
  }
  const options = { keepAlive: true, proxyEnv: env };
  return {
    agent: { http: new http.Agent(options), https: new https.Agent(options) },
    // got's list replaces the built-in one, so the usual authorities (NODE_EXTRA_CA_CERTS among them) are put in front.
    certificateAuthority: ca === undefined ? null : [...tls.getCACertificates('default'), ca],
    secrets: proxyNames.flatMap((name) => secretsOf(env[name])),
  };
}

/** Node would pass over an address that it does not understand, and the request would go out directly. */
function proxyFaults(env: Environment): readonly string[] {
  return proxyNames.flatMap((name) => {
    const value = env[name]?.trim() ?? '';
    if (value === '' || (/^https?:\/\//i.test(value) && URL.canParse(value))) return [];
    // The value may carry a password: it is not shown.
    return [`${name} is not the address of an http proxy: write it as in http://proxy.example.com:3128.`];
  });
}

function caFaults(ca: string | undefined): readonly string[] {
  if (ca === undefined) return [];
  const blocks = ca.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs) ?? [];
  if (blocks.length === 0) {
    return [
      'The file of certificate authorities (ca-file) holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).',
    ];
  }
  const broken = blocks.findIndex((block) => !isCertificate(block));
  if (broken < 0) return [];
  return [
    `Certificate ${broken + 1} of ${blocks.length} in the file of certificate authorities (ca-file) cannot be read.`,
  ];
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== '';
  } catch {
    return false;
  }
}

function secretsOf(proxy: string | undefined): readonly string[] {
  if (proxy === undefined || !URL.canParse(proxy)) return [];
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
