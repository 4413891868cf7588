// Whether to ask again, and when. Pure.
import type { Outcome } from './exchange.ts';
import type { RetryPolicy } from './options.ts';

/** Node's codes of a network that may be there again in a moment. Certificates and names of hosts with a typo are not among them. */
const passing = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EADDRINUSE',
  'EPIPE',
  'ENOTFOUND',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EAI_AGAIN',
]);

/** Statuses that speak of the moment, not of the request. 401 and 403 are never sent again: Artifactory locks the user out. */
const busy = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

export function isBusy(status: number): boolean {
  return busy.has(status);
}

export function mayPass(outcome: Outcome): boolean {
  if (outcome.kind === 'reply') return isBusy(outcome.status);
  if (outcome.kind === 'too-large') return false;
  return outcome.truncated || passing.has(outcome.code);
}

export interface Moment {
  /** Attempts made so far, from 1. */
  readonly attempt: number;
  /** Milliseconds since the first attempt began. */
  readonly elapsed: number;
  /** Milliseconds that all attempts may take. */
  readonly total: number;
  /** Milliseconds that the server asks for, null when it does not. */
  readonly retryAfter: number | null;
  /** 0 ≤ x < 1 */
  readonly random: number;
}

/** Milliseconds to wait before the next attempt, or null: give up. */
export function pauseBefore(policy: RetryPolicy, moment: Moment): number | null {
  if (moment.attempt > policy.limit) return null;
  if (moment.retryAfter !== null && moment.retryAfter > policy.longestRetryAfter) return null;
  const doubled = Math.min(policy.longestPause, policy.firstPause * 2 ** (moment.attempt - 1));
  // The upper half is spread: agents that were turned away together do not come back together.
  const spread = doubled * (0.5 + moment.random / 2);
  const pause = Math.max(Math.round(spread), moment.retryAfter ?? 0);
  return moment.elapsed + pause >= moment.total ? null : pause;
}

/** Milliseconds of a Retry-After header: seconds or a date (RFC 9110, 10.2.3). Null when there is none or it is neither. */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
