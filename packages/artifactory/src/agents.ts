// Proxies and certificate authorities, both handed to Node's own agents.
import { X509Certificate } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { badProxy, type Environment, type Proxies, readProxies } from '@bamboo-ecs/network';

export interface Connections {
  readonly agent: { readonly http: http.Agent; readonly https: https.Agent };
  /** Null: Node's own list. */
  readonly certificateAuthority: readonly string[] | null;
  readonly proxies: Proxies;
}

/**
 * The agents, or what is wrong with the settings: one sentence each. `tunnelMs`: for a proxy to open a tunnel, because no
 * time limit of got's counts before there is a socket.
 */
export function makeConnections(
  proxyEnv: Environment | undefined,
  ca: string | undefined,
  tunnelMs: number,
): Connections | { readonly faults: readonly string[] } {
  const proxies = readProxies(proxyEnv);
  const bad = 'bad' in proxies ? proxies.bad.map((name) => `${badProxy(name)}.`) : [];
  const faults = [...bad, ...caFaults(ca)];
  if ('bad' in proxies || faults.length > 0) return { faults };
  const options = { keepAlive: true, proxyEnv: { ...proxies.variables } };
  return {
    // Proxies that close a connection after each answer do not say so (tinyproxy): a kept one would lose the next request.
    agent: {
      http: new http.Agent({ ...options, keepAlive: !byProxy(proxies) }),
      https: new https.Agent({ ...options, timeout: tunnelMs }),
    },
    // got's list replaces the built-in one, so the usual authorities (NODE_EXTRA_CA_CERTS among them) are put in front.
    certificateAuthority: ca === undefined ? null : [...tls.getCACertificates('default'), ca],
    proxies,
  };
}

function byProxy({ variables }: Proxies): boolean {
  return (variables['http_proxy'] ?? variables['HTTP_PROXY']) !== undefined;
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
