// Proxies and certificate authorities, both handed to Node's own agents.
import { X509Certificate } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { badProxy, type Environment, type Proxies, readProxies } from '@bamboo-ecs/network';

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
  readonly proxies: Proxies;
}

/**
 * The connections, or what is wrong with the settings. `tunnelMs`: for a proxy to open a tunnel, because no time limit of
 * got's counts before there is a socket.
 */
export function makeConnections(
  proxyEnv: Environment,
  ca: string | undefined,
  tunnelMs: number,
): Connections | { readonly fault: string } {
  const proxies = readProxies(proxyEnv);
  if ('bad' in proxies) return { fault: proxies.bad.map(badProxy).join(', and ') };
  if (ca !== undefined && !areCertificates(ca)) {
    return {
      fault:
        'the certificate authority that was given is not a certificate in PEM form, or one of several is not',
    };
  }
  const env = { ...proxies.variables };
  return {
    outside: {
      http: new http.Agent({ proxyEnv: env }),
      https: new https.Agent({ proxyEnv: env, timeout: tunnelMs }),
    },
    direct: { http: new http.Agent(), https: new https.Agent() },
    // got's list takes the place of the built-in one, so the usual authorities (NODE_EXTRA_CA_CERTS too) come first.
    authorities: ca === undefined ? undefined : [...tls.getCACertificates('default'), ca],
    proxies,
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
