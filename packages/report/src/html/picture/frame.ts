// Where everything in the picture stands, from top to bottom: phases, verdicts, failures, tasks, time, events, targets.
import type { RecordTimeline, RecordVerdict } from '../../record/record.ts';
import type { Sample } from '../../timeline/sample.ts';
import type { Frame } from './scale.ts';

export type Shape = 'wide' | 'narrow';

/** `wide` for a desk and paper, `narrow` for a phone: the letters stay as large. */
const sizes = {
  wide: { width: 880, plot: 190, perTick: 80 },
  narrow: { width: 340, plot: 150, perTick: 62 },
} as const;

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Least distance of two times on the axis. */
  readonly perTick: number;
  readonly frame: Frame;
  /** Base line of the texts of each row. */
  readonly phases: number;
  readonly verdicts: readonly [number, number];
  readonly failures: number;
  readonly times: number;
  readonly events: number;
  /** The plot of the targets' health; null without any. */
  readonly health: Frame | null;
}

/** A first poll later than this, and than a twentieth of the whole, leaves a time of which nothing is known. */
const unseen = 20_000;

export function layoutOf(timeline: RecordTimeline, verdicts: readonly RecordVerdict[], shape: Shape): Layout {
  const { width, plot, perTick } = sizes[shape];
  const rows = rowsOf(timeline, verdicts);
  const frame = frameOf(timeline, verdicts, { width, plot, top: rows.failures + 14 });
  const times = frame.bottom + 18;
  const events = timeline.events.length > 0 ? times + 26 : times;
  const most = largest(
    timeline.samples.map(({ targets }) => sum(Object.values(targets ?? {}))),
    0,
  );
  const top = events + 34;
  const health = most > 0 ? { ...frame, top, bottom: top + 54, tasks: most * 1.04 } : null;
  const height = (health?.bottom ?? events) + 14;
  return { width, height, perTick, frame, ...rows, times, events, health };
}

/** Rows over the plot; one that would be empty takes no room. */
function rowsOf({ samples }: RecordTimeline, verdicts: readonly RecordVerdict[]) {
  const of = (stage: string): number =>
    verdicts.some((one) => one.stage === stage && one.t !== null) ? 16 : 0;
  const phases = 13;
  const rollout = phases + 7 + of('rollout');
  const back = rollout + of('roll-back');
  const failures = back + (samples.some(({ failed }) => failed > 0) ? 14 : 0);
  return { phases, verdicts: [rollout, back], failures } as const;
}

function frameOf(
  { samples, events }: RecordTimeline,
  verdicts: readonly RecordVerdict[],
  { width, plot, top }: { readonly width: number; readonly plot: number; readonly top: number },
): Frame {
  const ends = [...samples, ...events, ...verdicts].map(({ t }) => t ?? 0);
  // A little longer than the run, so that its last state has some width.
  const milliseconds = largest(ends, 1000) * 1.03;
  const first = samples[0]?.t ?? 0;
  return {
    left: 34,
    right: width - 12,
    top,
    bottom: top + plot,
    from: first <= Math.max(unseen, milliseconds / 20) && first < milliseconds / 2 ? 0 : first,
    milliseconds,
    // A little more than the most, so that the desired line is not the edge.
    tasks:
      largest(
        samples.map((one) => Math.max(one.desired, running(one) + one.pending)),
        1,
      ) * 1.06,
  };
}

/** Tasks that run, whichever deployment they belong to. */
export function running({ old, restored, new: young }: Sample): number {
  return old + restored + young;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Not `Math.max(...values)`: a rollout of days has more values than a call may have arguments. */
function largest(values: readonly number[], least: number): number {
  return values.reduce((most, value) => Math.max(most, value), least);
}
