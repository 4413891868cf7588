// Connections to AWS: time limits, proxies, private certificate authorities.
import * as http from 'node:http';
import * as https from 'node:https';
import * as tls from 'node:tls';
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
}

/** A handler of the SDK over Node's own agents, which know proxies from the environment since Node 24.5. */
export function createRequestHandler(settings: ConnectionSettings): NodeHttpHandler {
  const { keepAlive, limits } = settings;
  const proxy = settings.proxyEnv === undefined ? {} : { proxyEnv: { ...settings.proxyEnv } };
  const ca = settings.ca === undefined ? {} : { ca: trusted(settings.ca) };
  return new NodeHttpHandler({
    httpAgent: new http.Agent({ keepAlive, ...proxy }),
    httpsAgent: new https.Agent({ keepAlive, ...proxy, ...ca }),
    connectionTimeout: limits.connect,
    requestTimeout: limits.request,
    socketTimeout: limits.request,
    throwOnRequestTimeout: true,
  });
}

/** Node replaces its list by the one that is given, so the usual authorities are named again. */
function trusted(ca: string | readonly string[]): string[] {
  return [...tls.getCACertificates('default'), ...(typeof ca === 'string' ? [ca] : ca)];
}
