import type { Sample } from '../../timeline/sample.ts';

/** A mark at one place for one or more things that happened so close together that two marks would cover each other. */
export interface Mark {
  readonly x: number;
  readonly first: number;
  readonly last: number;
}

/** Service events by their number, counted from 1. */
export function eventMarks(xs: readonly number[], distance: number): readonly Mark[] {
  const marks: Mark[] = [];
  for (const [index, x] of xs.entries()) {
    const before = marks.at(-1);
    const number = index + 1;
    if (before !== undefined && x - before.x < distance)
      marks[marks.length - 1] = { ...before, last: number };
    else marks.push({ x, first: number, last: number });
  }
  return marks;
}

/** Where the count of failed tasks went up, and by how many. */
export function failures(
  samples: readonly Sample[],
): readonly { readonly t: number; readonly count: number }[] {
  return samples.flatMap((sample, index) => {
    const count = sample.failed - (samples[index - 1]?.failed ?? 0);
    return count > 0 ? [{ t: sample.t, count }] : [];
  });
}
