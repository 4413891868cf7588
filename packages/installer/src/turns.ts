// Many services at once: who is looked at in this poll, and how soon the next one is.
import { nextPollDelay } from '@bamboo-ecs/rollout';

/**
 * Services of one poll: ten calls of DescribeServices. At the shortest delay of a second that is half of what the account may ask
 * ("Request throttling for the Amazon ECS API": service reads refill at 20 a second), shared with the console and everybody else.
 */
export const perPoll = 100;

/** The first `perPoll` of those that were looked at longest ago; `seenAt`: by our clock, -Infinity for never. */
export function whoseTurn<T>(open: readonly T[], seenAt: (one: T) => number): readonly T[] {
  if (open.length <= perPoll) return open;
  return open.toSorted((one, other) => seenAt(one) - seenAt(other)).slice(0, perPoll);
}

/** So soon that each of `count` services is seen as often as one alone would be, but never sooner than that one. */
export function turnDelay(
  elapsedMs: number,
  count: number,
  options: { readonly throttled?: number } = {},
): number {
  const shortest = nextPollDelay(0, options);
  const turns = Math.max(1, Math.ceil(count / perPoll));
  return Math.max(shortest, Math.round(nextPollDelay(elapsedMs, options) / turns));
}
