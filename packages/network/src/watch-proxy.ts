// A request handler of the AWS SDK that tells when it was the proxy that failed a request.
import type { Proxies } from './proxies.ts';
import { explainProxyAnswer, explainProxyFailure, type ProxyTrouble } from './proxy-trouble.ts';

interface Asked {
  readonly protocol?: string;
  readonly hostname?: string;
  readonly port?: number | undefined;
}

interface Answer {
  readonly statusCode: number;
  readonly reason?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

interface Handler {
  handle(request: never, options?: never): Promise<Result>;
}

interface Result {
  readonly response: Answer;
}

/** What the SDK hands on in place of an answer. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly trouble: ProxyTrouble;
  /** Node's, where there is one: the SDK repeats by it. */
  readonly code?: string;
  /** For the SDK: may be tried again. */
  readonly $retryable?: { readonly throttling: false };

  constructor(trouble: ProxyTrouble, code: string) {
    super(trouble.lead);
    this.trouble = trouble;
    if (code !== '') this.code = code;
    if (trouble.passing) this.$retryable = { throttling: false };
  }
}

/** Of whatever realm. */
export function proxyTroubleOf(error: unknown): ProxyTrouble | null {
  return error instanceof ProxyError ? error.trouble : null;
}

/** The handler, with its `handle` replaced by one that throws `ProxyError` where it was the proxy. */
export function watchProxy<H extends Handler>(handler: H, proxies: Proxies): H {
  if (Object.keys(proxies.variables).length === 0) return handler;
  const handle = handler.handle.bind(handler) as (request: Asked, options: unknown) => Promise<Result>;
  const watched = async (request: Asked, options: unknown): Promise<Result> => {
    const url = addressOf(request);
    let result: Result;
    try {
      result = await handle(request, options);
    } catch (error) {
      const code = textOf(error, 'code');
      const trouble = explainProxyFailure(proxies, { url, code, message: textOf(error, 'message') });
      throw trouble === null ? error : new ProxyError(trouble, code);
    }
    const { statusCode: status, reason: statusText = '', headers } = result.response;
    // Every answer of AWS names its request ("x-amzn-RequestId", "x-amz-request-id").
    const isServers = Object.keys(headers).some((name) => /^x-amzn?-/iu.test(name));
    const trouble = explainProxyAnswer(proxies, { url, status, statusText, headers }, isServers);
    if (trouble !== null) throw new ProxyError(trouble, '');
    return result;
  };
  handler.handle = watched;
  return handler;
}

function addressOf({ protocol = 'https:', hostname = '', port }: Asked): string {
  const host = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
  return `${protocol}//${host}${port === undefined ? '' : `:${port}`}/`;
}

function textOf(error: unknown, name: 'code' | 'message'): string {
  if (typeof error !== 'object' || error === null) return '';
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
}
