import type { Reporter, RunEvent, Stamped } from './event.ts';
import { createEventMasker } from './mask/mask-event.ts';
import type { Mask } from './mask/masker.ts';

/** Where events end up: the build log, a file, a test. Called once for each event, in order, with secrets masked. */
export type Sink = (stamped: Stamped) => void;

/** A reporter that keeps what it was told: JUnit report and record are made from it at the end. */
export interface KeepingReporter extends Reporter {
  /** Every event so far, masked, in order. */
  readonly events: readonly Stamped[];
}

export interface ReporterOptions {
  readonly sinks: readonly Sink[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly mask: Mask;
}

/**
 * Stamps, masks, keeps and hands on events. A sink that throws does not break the run: it is called again with the next
 * event, and a warning tells the other sinks once.
 */
export function createReporter({ sinks, now, mask }: ReporterOptions): KeepingReporter {
  const events: Stamped[] = [];
  const broken = new Set<Sink>();
  const maskEvent = createEventMasker(mask);

  const emit = (event: RunEvent): void => {
    const stamped = { at: now(), event: maskEvent(event) };
    events.push(stamped);
    const failures: RunEvent[] = [];
    for (const sink of sinks) {
      try {
        sink(stamped);
      } catch (error) {
        if (!broken.has(sink)) failures.push(sinkFailure(error));
        broken.add(sink);
      }
    }
    for (const failure of failures) emit(failure);
  };
  return { events, emit };
}

function sinkFailure(error: unknown): RunEvent {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    kind: 'message',
    level: 'warning',
    text: `An output of this run failed and may be incomplete: ${reason}`,
  };
}
