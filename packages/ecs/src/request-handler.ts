// Connections to AWS: time limits, proxies, private certificate authorities.
import { X509Certificate } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import * as tls from 'node:tls';
import { badProxy, readProxies, watchClock, watchProxy } from '@bamboo-ecs/network';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** All in milliseconds. */
export interface TimeLimits {
  /** Until a connection stands. */
  readonly connect: number;
  /** From the request to the answer's first byte, for one attempt; and the longest silence within an answer. */
  readonly request: number;
  /** A call of the port as a whole, with the SDK's repetitions and the search for credentials. */
  readonly call: number;
}

export const defaultLimits: TimeLimits = { connect: 5000, request: 30_000, call: 90_000 };

export interface ConnectionSettings {
  readonly proxyEnv?: Readonly<Record<string, string | undefined>> | undefined;
  readonly ca?: string | readonly string[] | undefined;
  readonly limits: TimeLimits;
  readonly keepAlive: boolean;
  /** Told once when AWS's clock is minutes ahead of this machine's (milliseconds; negative: behind). */
  readonly onClockOffset?: ((milliseconds: number) => void) | undefined;
}

/**
 * A handler of the SDK over Node's own agents, which know proxies from the environment since Node 24.5. Where the
 * settings cannot be used every call is refused with the reason, and none goes out some other way.
 */
export function createRequestHandler(settings: ConnectionSettings): RequestHandler {
  const { keepAlive, limits } = settings;
  const proxies = readProxies(settings.proxyEnv);
  if ('bad' in proxies) return refuseAll(proxies.bad.map(badProxy).join(', and '));
  const authorities = settings.ca === undefined ? [] : [settings.ca].flat();
  if (!authorities.every(areCertificates)) {
    return refuseAll('the certificate authority that was given is no certificate in PEM form');
  }
  const { variables } = proxies;
  const proxyEnv = Object.keys(variables).length === 0 ? {} : { proxyEnv: { ...variables } };
  // Proxies that close a connection after each answer do not say so (tinyproxy): a kept one would lose the next request.
  const keepPlain = keepAlive && (variables['http_proxy'] ?? variables['HTTP_PROXY']) === undefined;
  const ca = authorities.length === 0 ? {} : { ca: trusted(authorities) };
  const handler = new NodeHttpHandler({
    httpAgent: new http.Agent({ keepAlive: keepPlain, ...proxyEnv }),
    httpsAgent: new https.Agent({ keepAlive, ...proxyEnv, ...ca }),
    connectionTimeout: limits.connect,
    requestTimeout: limits.request,
    socketTimeout: limits.request,
    throwOnRequestTimeout: true,
  });
  const clocked = watchClock(handler, { now: Date.now, onOffset: settings.onClockOffset });
  return watchProxy(clocked, proxies);
}

type RequestHandler = Pick<
  NodeHttpHandler,
  'handle' | 'destroy' | 'metadata' | 'updateHttpClientConfig' | 'httpHandlerConfigs'
>;

function refuseAll(reason: string): RequestHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async () => {
      throw new Error(reason);
    },
    destroy: () => {},
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  };
}

/** OpenSSL would pass over what it cannot read, and the server would not be trusted for no visible reason. */
function areCertificates(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/gu) ?? [];
  return blocks.length > 0 && blocks.every(isCertificate);
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).subject !== null;
  } catch {
    return false;
  }
}

/** Node replaces its list by the one that is given, so the usual authorities are named again. */
function trusted(authorities: readonly string[]): string[] {
  return [...tls.getCACertificates('default'), ...authorities];
}
