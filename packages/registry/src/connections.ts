// Proxies and certificate authorities, both handed to Node's own agents.
import { X509Certificate } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';

export interface Agents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}
export interface Connections {
  /** By the proxy of the environment, where it names one. */
  readonly outside: Agents;
  /** For hosts of this machine: never by a proxy, which would look for them on its own side. */
  readonly direct: Agents;
  /** Undefined: Node's own list. */
  readonly authorities: readonly string[] | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const proxyNames = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'] as const;
const noProxyNames = ['no_proxy', 'NO_PROXY'] as const;

/** The connections, or what is wrong with the settings. */
export function makeConnections(
  proxyEnv: Environment,
  ca: string | undefined,
): Connections | { readonly fault: string } {
  // Node would pass over an address that it does not understand, and the request would go out directly. It may carry a
  // password: it is not shown.
  const bad = proxyNames.find((name) => !isProxy(proxyEnv[name]));
  if (bad !== undefined)
    return { fault: `the environment variable ${bad} is not the address of an http proxy` };
  if (ca !== undefined && !areCertificates(ca)) {
    return {
      fault:
        'the certificate authority that was given is not a certificate in PEM form, or one of several is not',
    };
  }
  const env: Record<string, string> = {};
  for (const name of [...proxyNames, ...noProxyNames]) {
    const value = proxyEnv[name]?.trim();
    if (value) env[name] = value;
  }
  return {
    outside: { http: new http.Agent({ proxyEnv: env }), https: new https.Agent({ proxyEnv: env }) },
    direct: { http: new http.Agent(), https: new https.Agent() },
    // got's list takes the place of the built-in one, so the usual authorities (NODE_EXTRA_CA_CERTS too) come first.
    authorities: ca === undefined ? undefined : [...tls.getCACertificates('default'), ca],
  };
}

/** OpenSSL would pass over what it cannot read, and the registry would not be trusted for no visible reason. */
function areCertificates(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return blocks.length > 0 && blocks.every(isCertificate);
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).subject !== null;
  } catch {
    return false;
  }
}

function isProxy(value: string | undefined): boolean {
  const text = value?.trim() ?? '';
  return text === '' || (/^https?:\/\//i.test(text) && URL.canParse(text));
}
