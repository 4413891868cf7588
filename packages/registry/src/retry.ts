// What may pass is asked again, a few times, after growing pauses.
import type { Exchange, Outcome } from './exchange.ts';

export interface RetryPolicy {
  /** Attempts after the first. */
  readonly limit: number;
  /** Milliseconds; doubled before each further attempt. */
  readonly firstPause: number;
  /** Milliseconds; when the server asks for more patience than this, we give up. */
  readonly longestPause: number;
}

export const usualRetries: RetryPolicy = { limit: 2, firstPause: 500, longestPause: 10_000 };

/** Statuses that speak of the moment, not of the request. 401 and 403 are never asked again: accounts get locked. */
const busy = new Set([408, 425, 429, 500, 502, 503, 504]);

/** A network that may be there again in a moment. Certificates are not among them. */
const passing = new Set([
  'ETIMEDOUT',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ENOTFOUND',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'ERR_HTTP_CONTENT_LENGTH_MISMATCH',
]);

export type Pause = (milliseconds: number) => Promise<void>;

export function withRetries(exchange: Exchange, policy: RetryPolicy, pause: Pause): Exchange {
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await exchange(request);
      const wait = pauseBefore(outcome, attempt, policy);
      if (wait === null) return outcome;
      await pause(wait);
    }
  };
}

/** Milliseconds before the next attempt, or null when this outcome stands. */
export function pauseBefore(outcome: Outcome, attempt: number, policy: RetryPolicy): number | null {
  if (attempt > policy.limit || !mayPass(outcome)) return null;
  const asked = outcome.kind === 'reply' ? retryAfter(outcome.headers['retry-after']) : 0;
  if (asked > policy.longestPause) return null;
  return Math.max(asked, Math.min(policy.firstPause * 2 ** (attempt - 1), policy.longestPause));
}

function mayPass(outcome: Outcome): boolean {
  return outcome.kind === 'reply' ? busy.has(outcome.status) : passing.has(outcome.code);
}

/** Milliseconds. Seconds only: a date would need the server's clock and ours to agree. */
function retryAfter(header: string | undefined): number {
  return /^\d{1,9}$/.test(header?.trim() ?? '') ? Number(header) * 1000 : 0;
}
