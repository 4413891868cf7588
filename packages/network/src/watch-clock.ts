// A request handler of the AWS SDK that compares clocks by the answers that come anyway.
import { clockOffset, shortestTolerance } from './clock-offset.ts';

interface Answer {
  readonly headers: Readonly<Record<string, string>>;
}

interface Handler {
  handle(request: never, options?: never): Promise<Result>;
}

interface Result {
  readonly response: Answer;
}

export interface ClockWatch {
  /** Milliseconds since the epoch, by the clock that the SDK signs with. */
  readonly now: () => number;
  /** Told once, of a difference at which AWS refuses signatures: milliseconds that AWS's clock is ahead. */
  readonly onOffset?: ((milliseconds: number) => void) | undefined;
}

/** The handler, with its `handle` replaced by one that looks at each answer's `Date`; `offsetOf` finds it again in an error. */
export function watchClock<H extends Handler>(handler: H, { now, onOffset }: ClockWatch): H {
  const handle = handler.handle.bind(handler) as (...given: unknown[]) => Promise<Result>;
  let told = false;
  const watched = async (...given: unknown[]): Promise<Result> => {
    const result = await handle(...given);
    const { headers } = result.response;
    // An answer out of a cache (RFC 9111, "Age") carries the time at which it was stored.
    const date = headers['age'] === undefined ? headers['date'] : undefined;
    const offset = clockOffset(date, now());
    if (offset === undefined || Math.abs(offset) < shortestTolerance) return result;
    Object.assign(result.response, { clockOffset: offset });
    if (!told) onOffset?.(offset);
    told = true;
    return result;
  };
  handler.handle = watched;
  return handler;
}

/** Milliseconds that AWS's clock was ahead, of an error of the SDK whose answer was looked at. */
export function offsetOf(error: unknown): number | undefined {
  const response = memberOf(error, '$response');
  const offset = memberOf(response, 'clockOffset');
  return typeof offset === 'number' ? offset : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const member: unknown = Reflect.get(value, name);
  return member;
}
