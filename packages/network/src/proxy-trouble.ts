// Whether it was the proxy that failed a request, and what to do about it.
import { proxyOf, type Proxies, type Proxy } from './proxies.ts';

export interface ProxyTrouble {
  /** A sentence: which proxy did what. */
  readonly lead: string;
  /** What to do. */
  readonly hint: string;
  /** It may be over in a moment: not what asks for a user or refuses. */
  readonly passing: boolean;
}

/** A request that got no answer. */
export interface FailedRequest {
  readonly url: string;
  /** Node's or OpenSSL's code: `ECONNREFUSED`. */
  readonly code: string;
  readonly message: string;
}

/** An answer as it came. */
export interface Answered {
  readonly url: string;
  readonly status: number;
  readonly statusText?: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Of a connection that never stood. With a proxy in between it is the proxy that was connected to. */
const notThere = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN']);
const notKnown = new Set(['ENOTFOUND', 'EAI_AGAIN']);

/** Null when no proxy was asked, or when it may as well have been the server. */
export function explainProxyFailure(proxies: Proxies, failed: FailedRequest): ProxyTrouble | null {
  const proxy = proxyOf(proxies, failed.url);
  if (proxy === null) return null;
  const { host } = new URL(failed.url);
  const { code, message } = failed;
  const tunnel = /failed to establish tunnel to .*?: *HTTP\/\d\.\d (\d{3}) *(.*?)$/isu.exec(message);
  if (tunnel !== null) return refusal(proxy, host, Number(tunnel[1]), tunnel[2] ?? '');
  // What the AWS SDK and got call the wait for a connection.
  if (/did not establish a connection|awaiting '(?:lookup|connect|secureConnect|socket)'/u.test(message)) {
    return {
      lead: `The proxy ${shown(proxy)} gave no connection to ${host} in time.`,
      hint: `Look whether the proxy runs, whether its name in ${proxy.variable} is right and known here, and whether it may reach ${host}. ${elseDirectly(host)}`,
      passing: true,
    };
  }
  const known = code || (/\b(E[A-Z_]{4,})\b/u.exec(message)?.[1] ?? '');
  if (notKnown.has(known)) {
    return {
      lead: `The name of the proxy ${shown(proxy)} is not known to the name service.`,
      hint: `Look whether it is spelt rightly in ${proxy.variable}. ${elseDirectly(host)}`,
      passing: true,
    };
  }
  if (notThere.has(known) || known === 'ERR_PROXY_TUNNEL') {
    return {
      lead: `The proxy ${shown(proxy)} cannot be reached, so that nothing was asked of ${host}.`,
      hint: `Look whether the proxy runs and whether its address in ${proxy.variable} is right. ${elseDirectly(host)}`,
      passing: true,
    };
  }
  return null;
}

/**
 * An answer of the proxy itself in place of the server's. Only where the proxy sees the request: of what goes through a
 * tunnel (https) every answer is the server's. `isServers`: something in it that only the server sends.
 */
export function explainProxyAnswer(
  proxies: Proxies,
  answered: Answered,
  isServers: boolean,
): ProxyTrouble | null {
  const { status, statusText = '', url } = answered;
  if (status < 400 || !url.startsWith('http:')) return null;
  const proxy = proxyOf(proxies, url);
  if (proxy === null) return null;
  const { host } = new URL(url);
  if (status === 407 || saysSo(answered)) return refusal(proxy, host, status, statusText);
  if (isServers || !/\bhtml\b/iu.test(headerOf(answered, 'content-type'))) return null;
  // A page where the server would have said it in its own form.
  return refusal(proxy, host, status, statusText);
}

/** Squid and tinyproxy sign what they say themselves; they leave the server's own Server header alone. */
function saysSo(answered: Answered): boolean {
  if (headerOf(answered, 'x-squid-error') !== '' || headerOf(answered, 'proxy-authenticate') !== '')
    return true;
  return /^(?:tinyproxy|squid)\b/iu.test(headerOf(answered, 'server'));
}

function refusal(proxy: Proxy, host: string, status: number, words: string): ProxyTrouble {
  const said = [String(status), words.trim().slice(0, 80)].filter(Boolean).join(' ');
  if (status === 407 || status === 401) {
    return {
      lead: proxy.hasUser
        ? `The proxy ${shown(proxy)} does not accept the user and password that stand in ${proxy.variable} (${said}).`
        : `The proxy ${shown(proxy)} asks for credentials, and ${proxy.variable} has none (${said}).`,
      hint: `Put user and password into ${proxy.variable}, in front of the host: user, colon, password, @; special characters percent-encoded. ${elseDirectly(host)}`,
      passing: false,
    };
  }
  if (status >= 500) {
    return {
      lead: `The proxy ${shown(proxy)} could not reach ${host} (${said}).`,
      hint: `Look whether ${host} is right and up, and whether the proxy may reach it. ${elseDirectly(host)}`,
      passing: true,
    };
  }
  return {
    lead: `The proxy ${shown(proxy)} does not let us through to ${host} (${said}).`,
    hint: `Ask who runs the proxy to allow ${host}. ${elseDirectly(host)}`,
    passing: false,
  };
}

function shown({ address, variable }: Proxy): string {
  return `${address} (${variable})`;
}

function elseDirectly(host: string): string {
  return `If ${host} is to be reached without a proxy, name it in NO_PROXY.`;
}

function headerOf({ headers }: Answered, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}
