/**
 * The lowest whole number from `least` to `most` for which `works`, where everything above one that works does, too; null when
 * even `most` does not. Asks about twice the logarithm of the answer: small answers are found first.
 */
export function lowestThat(least: number, most: number, works: (count: number) => boolean): number | null {
  let failed = least - 1;
  let step = 1;
  for (;;) {
    const next = Math.min(most, failed + step);
    if (next <= failed) return null;
    if (works(next)) return lowestBetween(failed, next, works);
    failed = next;
    step *= 2;
  }
}

function lowestBetween(failed: number, worked: number, works: (count: number) => boolean): number {
  let [low, high] = [failed, worked];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (works(middle)) high = middle;
    else low = middle;
  }
  return high;
}
