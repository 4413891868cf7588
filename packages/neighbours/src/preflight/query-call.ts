// The Query protocol by hand, for EC2, its Auto Scaling and STS: the SDK's client of EC2 would be larger than the rest of the program.
// "Making API requests" (Amazon EC2 Developer Guide): a form is posted, XML comes back.
import { parseXML } from '@aws-sdk/xml-builder';
import { partition } from '@aws-sdk/core/client';
import { Hash } from '@smithy/core/serde';
import { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import type { NeighbourConfig } from '@bamboo-ecs/ecs';

export type Xml = { readonly [name: string]: Xml | readonly Xml[] | string };

export interface QueryService {
  /** `ec2`, `sts`: name of host and signature. */
  readonly name: string;
  readonly version: string;
  /** Environment variable with the address of this service alone. */
  readonly endpointVariable: string;
}

/** An error as AWS names it, in the form that the classification of `ecs` reads. */
class QueryError extends Error {
  readonly $metadata: { readonly httpStatusCode: number };
  constructor(name: string, message: string, status: number) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode: status };
  }
}

/** A connection to one service; nothing is asked before the first call. */
export interface QueryClient {
  /** Calls once. The answer is the content of its outermost element. */
  call(action: string, parameters: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Xml>;
  close(): void;
}

export function openQuery(
  config: NeighbourConfig,
  env: Readonly<Record<string, string | undefined>>,
  service: QueryService,
): QueryClient {
  const { requestHandler: handler } = config;
  if (!isHandler(handler)) throw new Error('the connection to AWS is not set up');
  return {
    async call(action, parameters, abortSignal) {
      const form = new URLSearchParams({ Action: action, Version: service.version, ...parameters });
      const signed = await signedRequest(config, env, service, form.toString());
      const { response } = await handler.handle(HttpRequest.clone(signed), { abortSignal });
      return readAnswer(response);
    },
    close: () => handler.destroy?.(),
  };
}

interface Handler {
  handle(request: HttpRequest, options: { abortSignal: AbortSignal }): Promise<{ response: HttpResponse }>;
  destroy?(): void;
}

function isHandler(handler: unknown): handler is Handler {
  return typeof handler === 'object' && handler !== null && 'handle' in handler;
}

async function signedRequest(
  config: NeighbourConfig,
  env: Readonly<Record<string, string | undefined>>,
  service: QueryService,
  body: string,
) {
  const { credentials } = config;
  if (!credentials) throw new Error('no credentials are known');
  const region = typeof config.region === 'function' ? await config.region() : (config.region ?? '');
  const url = new URL(
    (typeof config.endpoint === 'string' ? config.endpoint : undefined) ??
      configuredEndpoint(env, service) ??
      `https://${service.name}.${region}.${partition(region).dnsSuffix}`,
  );
  const signer = new SignatureV4({
    service: service.name,
    region,
    credentials: typeof credentials === 'function' ? async () => credentials() : credentials,
    sha256: Hash.bind(null, 'sha256'),
  });
  return signer.sign(
    new HttpRequest({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      path: url.pathname,
      headers: {
        host: url.host,
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        'content-length': String(Buffer.byteLength(body)),
      },
      body,
    }),
    // By AWS's time, as far as it is known: this call goes out once.
    { signingDate: new Date(Date.now() + (config.systemClockOffset ?? 0)) },
  );
}

function configuredEndpoint(
  env: Readonly<Record<string, string | undefined>>,
  { endpointVariable }: QueryService,
): string | undefined {
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return undefined;
  return env[endpointVariable] || env['AWS_ENDPOINT_URL'] || undefined;
}

async function readAnswer(response: HttpResponse): Promise<Xml> {
  const text = await textOf(response.body);
  const xml = parsed(text);
  if (response.statusCode < 300 && xml) return xml;
  const code = /<Code>\s*([\w.:-]{1,100})\s*<\/Code>/u.exec(text)?.[1];
  const message = /<Message>([^<]*)<\/Message>/u.exec(text)?.[1];
  if (code !== undefined) throw new QueryError(code, message ?? '', response.statusCode);
  throw new QueryError('SyntaxError', `HTTP ${response.statusCode} without XML`, response.statusCode);
}

const mostBytes = 8 * 1024 * 1024;

async function textOf(body: unknown): Promise<string> {
  if (typeof body === 'string') return body;
  if (ArrayBuffer.isView(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > mostBytes) throw new Error(`the answer has more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The content of the outermost element; null for what is no XML. */
function parsed(text: string): Xml | null {
  if (!text.trimStart().startsWith('<')) return null;
  try {
    const document = parseXML(text) as Xml;
    const root = Object.entries(document).find(([name]) => name.endsWith('Response'))?.[1];
    return root !== undefined && typeof root === 'object' && !Array.isArray(root) ? (root as Xml) : null;
  } catch {
    return null;
  }
}

/** The `item` entries of a set; null when the answer has no such set. */
export function itemsOf(xml: Xml, set: string): readonly Xml[] | null {
  const found = xml[set];
  if (found === undefined) return null;
  if (typeof found === 'string' || Array.isArray(found)) return [];
  const item = (found as Xml)['item'];
  const list = item === undefined ? [] : Array.isArray(item) ? item : [item];
  return (list as readonly (Xml | string)[]).filter((one) => typeof one === 'object');
}

/** The `member` entries of a list, as services other than EC2 write them; null when the answer has no such list. */
export function membersOf(xml: Xml, set: string): readonly Xml[] | null {
  const found = xml[set];
  if (found === undefined) return null;
  const part = partOf(xml, set);
  return part === null ? [] : (itemsOf({ set: { item: part['member'] ?? [] } }, 'set') ?? []);
}

export function partOf(xml: Xml, name: string): Xml | null {
  const found = xml[name];
  return typeof found === 'object' && !Array.isArray(found) ? (found as Xml) : null;
}

export function textIn(xml: Xml, name: string): string | null {
  const value = xml[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
