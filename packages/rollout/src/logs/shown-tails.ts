// Of all tails that were read, those that a person reads.
import type { LogTail } from '../diagnosis.ts';

const most = 3;

/** Of each container the newest that has lines, else one that says why there are none. Those with lines come first. */
export function shownTails(tails: readonly LogTail[]): readonly LogTail[] {
  const newest = new Map<string, LogTail>();
  for (const tail of tails) {
    const before = newest.get(tail.container);
    if (before === undefined || tail.lines.length > 0 || before.lines.length === 0)
      newest.set(tail.container, tail);
  }
  const rank = ({ lines }: LogTail): number => (lines.length > 0 ? 0 : 1);
  return [...newest.values()].toSorted((left, right) => rank(left) - rank(right)).slice(0, most);
}
