// Refusals that are not JSON: an error of AWS in its older XML form, or the page of somebody on the way.
import type { ECSClient } from '@aws-sdk/client-ecs';

/** So much of a refusal's body is looked at. */
const longest = 64 * 1024;

interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  body?: unknown;
}

/**
 * Right behind the network: an error in one of the XML forms ("Query API": `<ErrorResponse><Error><Code>`, EC2's
 * `<Response><Errors><Error><Code>`, S3's `<Error><Code>`) is handed on as the JSON that the SDK reads, so that its
 * repetition and our kinds see the code; of a page the beginning is kept. Only from status 400: whether a write that was
 * answered with success was carried out must be found out by reading.
 */
export function readRefusals(client: ECSClient): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const answer = result.response;
      if (isUnreadable(answer)) {
        const text = await beginningOf(answer.body);
        answer.body = Buffer.from(asJson(text) ?? text);
      }
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'readRefusals' },
  );
}

function isUnreadable(answer: unknown): answer is HttpAnswer {
  const { statusCode = 0, headers = {} } = (answer ?? {}) as Partial<HttpAnswer>;
  return statusCode >= 400 && !/json|cbor/iu.test(headers['content-type'] ?? '');
}

async function beginningOf(body: unknown): Promise<string> {
  if (typeof body === 'string') return body.slice(0, longest);
  // Request handlers without a socket give the whole body at once.
  if (ArrayBuffer.isView(body)) {
    const size = Math.min(body.byteLength, longest);
    return Buffer.from(body.buffer, body.byteOffset, size).toString('utf8');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop closes the stream: the rest of a huge page is not read.
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(Buffer.from(chunk));
    size += chunk.byteLength;
    if (size >= longest) break;
  }
  return Buffer.concat(chunks).toString('utf8', 0, longest);
}

function asJson(text: string): string | undefined {
  if (!/<(?:ErrorResponse|Response|Error)[\s>]/u.test(text)) return undefined;
  const code = /<Code>\s*([\w.:-]{1,100})\s*<\/Code>/u.exec(text)?.[1];
  if (code === undefined) return undefined;
  const message = /<Message>([^<]*)<\/Message>/u.exec(text)?.[1] ?? '';
  return JSON.stringify({ __type: code, message: withoutEntities(message) });
}

/** The title of the page that an error was made of: proxies and gateways say there who they are. */
export function titleOf(error: unknown): string | undefined {
  const { $response } = (error ?? {}) as { $response?: { body?: unknown } };
  if (!($response?.body instanceof Uint8Array)) return undefined;
  const page = new TextDecoder().decode($response.body);
  const title = /<title[^>]{0,200}>([^<]*)<\/title>/iu.exec(page)?.[1] ?? '';
  const line = withoutEntities(title).replace(/\s+/gu, ' ').trim();
  return line === '' ? undefined : line.slice(0, 100);
}

const entities = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&#39;', "'"],
  ['&amp;', '&'],
]);

function withoutEntities(text: string): string {
  return text.replace(/&(?:lt|gt|quot|apos|#39|amp);/gu, (entity) => entities.get(entity) ?? entity);
}
