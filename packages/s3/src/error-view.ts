// The parts of an SDK error that can be relied on, whatever realm it was made in.
import { offsetFromWords, offsetOf } from '@bamboo-ecs/network';

export interface ErrorView {
  readonly name: string;
  /** On one line, not endless. */
  readonly message: string;
  /** Null when there was no answer. */
  readonly status: number | null;
  /** Node's or OpenSSL's code, also from inside a cause. */
  readonly code: string;
  /** Where the bucket lies, when S3 says so. */
  readonly region: string | undefined;
  /** Milliseconds that the server's clock is ahead of the one that signed, when the answer says it. */
  readonly clockOffset: number | undefined;
}

const longest = 400;

export function errorView(error: unknown): ErrorView {
  const metadata = field(error, '$metadata');
  const status = field(metadata, 'httpStatusCode');
  const response = field(error, '$response');
  const fallback = field(response, 'statusCode');
  const region = field(field(response, 'headers'), 'x-amz-bucket-region') ?? field(error, 'Region');
  const known = [status, fallback].find((value) => typeof value === 'number');
  return {
    name: textOf(field(error, 'name')),
    message: oneLine(textOf(field(error, 'message'))),
    status: typeof known === 'number' ? known : null,
    code: codeOf(error, 0),
    region: typeof region === 'string' && /^[a-z0-9-]{1,40}$/.test(region) ? region : undefined,
    clockOffset: offsetOf(error) ?? offsetFromWords(textOf(field(error, 'message'))),
  };
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return found;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest).toWellFormed()}…` : line;
}

/** Also of the addresses of one name (AggregateError), one of which stands for all. */
function codeOf(error: unknown, depth: number): string {
  const code = field(error, 'code');
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return code;
  if (depth > 4) return '';
  const errors = field(error, 'errors');
  const inner: unknown[] = [...(Array.isArray(errors) ? errors : []), field(error, 'cause')];
  return (
    inner
      .filter((one) => one !== undefined)
      .map((one) => codeOf(one, depth + 1))
      .find((one) => one !== '') ?? ''
  );
}
