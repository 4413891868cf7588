// Connections to AWS: time limits, proxies, private certificate authorities.
import { X509Certificate } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import * as tls from 'node:tls';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { proxyVariables } from './proxies.ts';

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
}

/**
 * A handler of the SDK over Node's own agents, which know proxies from the environment since Node 24.5. Where the
 * settings cannot be used every call is refused with the reason, and none goes out some other way.
 */
export function createRequestHandler(settings: ConnectionSettings): RequestHandler {
  const { keepAlive, limits } = settings;
  const proxy = settings.proxyEnv === undefined ? undefined : proxyVariables(settings.proxyEnv);
  if (proxy !== undefined && 'bad' in proxy) {
    // Its value may carry a password: it is not shown.
    return refuseAll(`the environment variable ${proxy.bad} is not the address of an http proxy`);
  }
  const authorities = settings.ca === undefined ? [] : [settings.ca].flat();
  if (!authorities.every(areCertificates)) {
    return refuseAll('the certificate authority that was given is no certificate in PEM form');
  }
  const proxyEnv = proxy === undefined ? {} : { proxyEnv: proxy.variables };
  const ca = authorities.length === 0 ? {} : { ca: trusted(authorities) };
  return new NodeHttpHandler({
    httpAgent: new http.Agent({ keepAlive, ...proxyEnv }),
    httpsAgent: new https.Agent({ keepAlive, ...proxyEnv, ...ca }),
    connectionTimeout: limits.connect,
    requestTimeout: limits.request,
    socketTimeout: limits.request,
    throwOnRequestTimeout: true,
  });
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
