// A request until there is an answer worth having: attempts, pauses, redirects, one limit of time over all of it.
import { redactAddress } from '@bamboo-ecs/repository';
import type { Exchange, Outcome, Reply, Request } from './exchange.ts';
import { follow, headerOf } from './follow.ts';
import type { Pacer, RequestNote, RetryPolicy, Timeouts } from './options.ts';
import { mayPass, parseRetryAfter, pauseBefore } from './retry.ts';

export interface Call {
  readonly method: 'GET' | 'HEAD' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly maxBytes: number;
}

export interface Answer {
  readonly outcome: Outcome;
  readonly attempts: number;
  /** As in `Followed`. */
  readonly sha256: string | null;
  readonly elsewhere: boolean;
  /** What `judge` found wrong with the bytes of a good answer, after the last attempt. */
  readonly corrupt: string | null;
  /** Milliseconds the server asked to wait for, when that was too long to wait. */
  readonly askedToWait: number | null;
}

/** What is wrong with the bytes of a good answer, or null. A wrong one is asked for again. */
export type Judge = (reply: Reply, sha256: string | null) => string | null;

export interface Client {
  send(call: Call, judge?: Judge): Promise<Answer>;
}

export interface ClientParts {
  readonly exchange: Exchange;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeouts: Timeouts;
  readonly retry: RetryPolicy;
  readonly clock: Pacer;
  readonly random: () => number;
  readonly onRequest?: ((note: RequestNote) => void) | undefined;
}

export function makeClient(parts: ClientParts): Client {
  const { clock, timeouts, retry } = parts;
  return { send };

  async function send(call: Call, judge: Judge = () => null): Promise<Answer> {
    const started = clock.now();
    for (let attempt = 1; ; attempt += 1) {
      const left = Math.max(1, timeouts.total - (clock.now() - started));
      const followed = await attemptOnce(call, attempt, left);
      const { outcome } = followed;
      const corrupt = outcome.kind === 'reply' && isGood(outcome) ? judge(outcome, followed.sha256) : null;
      const retryAfter = outcome.kind === 'reply' ? retryAfterOf(outcome, clock.now()) : null;
      const again = corrupt !== null || mayPass(outcome);
      const elapsed = clock.now() - started;
      const moment = { attempt, elapsed, total: timeouts.total, retryAfter, random: parts.random() };
      const pause = again ? pauseBefore(retry, moment) : null;
      if (pause === null) {
        const tooLong = again && attempt <= retry.limit ? retryAfter : null;
        return { ...followed, attempts: attempt, corrupt, askedToWait: tooLong };
      }
      await clock.sleep(pause);
    }
  }

  async function attemptOnce(call: Call, attempt: number, left: number) {
    const request: Request = {
      ...call,
      headers: { ...parts.headers, ...call.headers },
      timeout: {
        connect: Math.min(timeouts.connect, left),
        response: Math.min(timeouts.response, left),
        request: Math.min(timeouts.request, left),
      },
    };
    const noted: Exchange = async (one) => {
      const began = clock.now();
      const outcome = await parts.exchange(one);
      parts.onRequest?.({
        method: one.method,
        address: shownUrl(one.url),
        status: outcome.kind === 'reply' ? outcome.status : null,
        milliseconds: clock.now() - began,
        attempt,
      });
      return outcome;
    };
    if (call.method !== 'PUT') return follow(noted, request);
    return { outcome: await noted(request), sha256: null, elsewhere: false };
  }
}

/** Without credentials, query and matrix properties. */
export function shownUrl(url: string): string {
  return redactAddress(url.replace(/;[^?#]*/, ''));
}

function isGood(reply: Reply): boolean {
  return reply.status >= 200 && reply.status < 300;
}

function retryAfterOf(reply: Reply, now: number): number | null {
  return parseRetryAfter(headerOf(reply, 'retry-after'), now);
}
