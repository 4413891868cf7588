// When to look again: soon at first, later in proportion, so that a verdict is at most 1 s + 12 % late.

const shortestMs = 1000;
const longestMs = 15_000;
const share = 0.12;
/** DescribeServices refills at 20 a second for the whole account ("Request throttling", ECS API Reference): when throttled, step back. */
const longestThrottledMs = 60_000;

/**
 * Milliseconds until the next poll: max(1 s, 12 % of what has elapsed), at most 15 s; doubled for each throttled answer
 * in a row, then at most 60 s.
 */
export function nextPollDelay(elapsedMs: number, options: { readonly throttled?: number } = {}): number {
  const elapsed = Number.isFinite(elapsedMs) ? Math.max(0, elapsedMs) : 0;
  const delay = Math.round(Math.min(longestMs, Math.max(shortestMs, elapsed * share)));
  const throttled = Math.min(Math.max(0, options.throttled ?? 0), 6);
  return throttled === 0 ? delay : Math.min(longestThrottledMs, delay * 2 ** throttled);
}
