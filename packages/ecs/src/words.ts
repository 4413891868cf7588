// AWS's own words, in one line, bounded, without what must not be in a log.
import type { Facts } from './facts.ts';
import { titleOf } from './unreadable.ts';

const longest = 600;
const longestBlob = 60;

/** The message of an error as far as it is AWS's or the network's, on one line. */
export function textOf(error: unknown): string {
  if (!isError(error)) return redact(oneLine(String(error)));
  const inner = error instanceof AggregateError ? error.errors.map(textOf).join('; ') : '';
  const message = error.message === '' ? inner : error.message;
  return redact(oneLine(withoutSdkRemarks(message)));
}

/** What the message says after the operation: AWS's words, or, where there are none, what was answered instead. */
export function wordsOf(error: unknown, facts: Facts): string {
  if (facts.proxy !== undefined) return facts.proxy.lead.replace(/\.$/u, '');
  const status = facts.status === undefined ? '' : `HTTP ${facts.status}`;
  if (facts.unreadable) return `the answer (${status}) is not JSON${beginningOf(error)}`;
  const text = textOf(error);
  const empty = text === '' || text === 'UnknownError' || text === 'Unknown';
  if (empty) return facts.code ?? (status === '' ? 'no reason was given' : `${status} without a message`);
  const known = facts.code !== undefined && !text.includes(facts.code) ? ` (${facts.code})` : '';
  return `${text}${known}`;
}

/** Also of another realm, where `instanceof` says no. */
function isError(error: unknown): error is Error {
  return error instanceof Error || Object.prototype.toString.call(error) === '[object Error]';
}

/** The SDK's advice to its programmers is of no use to a reader of a build log. */
function withoutSdkRemarks(message: string): string {
  return message
    .replace(/\s*Deserialization error: to see the raw response[\s\S]*$/u, '')
    .replace(/^AWS SDK error wrapper for (?:Error: )?/u, '')
    .replace(/^@smithy\/node-http-handler - (?:\[ERROR\] )?/u, '')
    .replace(/ \((?:configured by client requestHandler|service default socket timeout)\)/u, '');
}

/**
 * A signature mismatch is answered with the canonical request, session token included ("Troubleshoot AWS Signature
 * Version 4"): everything from there on is left out. Encoded authorization messages and other long words are cut.
 */
function redact(text: string): string {
  const withoutRequest = text.replace(
    /\s*The (?:Canonical String|String-to-Sign) for this request[\s\S]*$/iu,
    '',
  );
  const withoutToken = withoutRequest.replace(
    /(x-amz-security-token|aws_session_token|secretaccesskey|sessiontoken)(["']?\s*[:=]\s*["']?)[^\s"',;]+/giu,
    '$1$2***',
  );
  const bounded = withoutToken.replace(/\S{161,}/gu, (word) =>
    /^(?:arn:|https?:)/u.test(word) ? word : `${word.slice(0, longestBlob)}…`,
  );
  return bounded.length > longest ? `${bounded.slice(0, longest)}…` : bounded;
}

function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- a server's words must not steer the terminal
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, ' ').trim();
}

/** The title of a page, or its beginning, which the SyntaxError of a parser quotes. */
function beginningOf(error: unknown): string {
  const title = titleOf(error);
  if (title !== undefined) return ` but a page: ${redact(oneLine(title))}`;
  const quoted = /Unexpected token .*?, (?:\.\.\.)?"([\s\S]{1,40})/u.exec(
    isError(error) ? error.message : '',
  );
  return quoted?.[1] === undefined ? '' : ` but begins with ${oneLine(quoted[1]).replace(/["].*$/u, '')}`;
}
