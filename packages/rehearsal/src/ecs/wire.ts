// Requests and answers as plain values, whatever carries them: a socket or a request handler in the same process.
import { createHash } from 'node:crypto';
import type { JsonObject } from '@bamboo-ecs/rollout/simulation';

export interface WireRequest {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const jsonType = 'application/x-amz-json-1.1';

/** The object that a request's body is; null where it is none. */
export function jsonBody(body: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : null;
  } catch {
    return null;
  }
}

export function jsonAnswer(value: unknown, status = 200): WireAnswer {
  return { status, headers: { 'content-type': jsonType }, body: JSON.stringify(value) };
}

/** An error of the AWS JSON protocols. */
export function jsonError(
  code: string,
  message: string,
  status = 400,
  details: Readonly<Record<string, unknown>> = {},
): WireAnswer {
  const answer = jsonAnswer({ __type: code, message, ...details }, status);
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': code } };
}

export function xmlAnswer(body: string, status = 200): WireAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

/** An error of the AWS query protocol. */
export function xmlError(code: string, message: string, status = 400): WireAnswer {
  const fault = status >= 500 ? 'Receiver' : 'Sender';
  const error = `<Error><Type>${fault}</Type><Code>${xmlText(code)}</Code><Message>${xmlText(message)}</Message></Error>`;
  return xmlAnswer(`<ErrorResponse>${error}<RequestId>${zeroId}</RequestId></ErrorResponse>`, status);
}

export const zeroId = '00000000-0000-4000-8000-000000000000';

export function xmlText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The answer with a request id, made from the request and its number, so that it is the same in every run. */
export function withRequestId(answer: WireAnswer, number: number, request: WireRequest): WireAnswer {
  const hash = createHash('sha256').update(`${number}/${request.path}/${request.body}`).digest('hex');
  const id = hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/u, '$1-$2-$3-$4-$5');
  return { ...answer, headers: { ...answer.headers, 'x-amzn-requestid': id } };
}
