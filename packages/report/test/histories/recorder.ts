// Records a history: events at times that the test says, as a run would have emitted them.
import { createMasker, createReporter } from '../../src/index.ts';
import type { RunEvent, Sink, Stamped } from '../../src/index.ts';

/** Zero of every history: a Wednesday afternoon. */
export const start = Date.UTC(2016, 2, 2, 14, 5, 0);

export type History = readonly (readonly [seconds: number, event: RunEvent])[];

/** Plays a history through a reporter; the answer is what the reporter kept. */
export function play(
  history: History,
  sinks: readonly Sink[] = [],
  secrets: readonly string[] = [],
): readonly Stamped[] {
  let now = start;
  const reporter = createReporter({ sinks, now: () => now, mask: createMasker(secrets) });
  for (const [seconds, event] of history) {
    now = start + seconds * 1000;
    reporter.emit(event);
  }
  return reporter.events;
}
