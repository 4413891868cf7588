import { clockTime } from '../../text/duration.ts';
import type { RecordTimeline, RecordVerdict } from '../../record/record.ts';
import type { Sample } from '../../timeline/sample.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { toneOfVerdict } from '../tone.ts';
import { eventMarks, failures } from './marks.ts';
import { taskTicks, timeTicks, xOf, yOf } from './scale.ts';
import type { Frame } from './scale.ts';
import { stepArea, stepLine } from './steps.ts';

export interface PictureOptions {
  /** `wide` for a desk and paper, `narrow` for a phone: the letters stay as large. */
  readonly shape: 'wide' | 'narrow';
  /** Unique on the page. */
  readonly id: string;
  /** What the picture shows, in words. */
  readonly description: string;
}

const sizes = {
  wide: { width: 880, plot: 190, perTick: 80 },
  narrow: { width: 350, plot: 150, perTick: 62 },
} as const;

/** Room above the plot: a row for each of the two verdicts, and one for failed tasks. */
const top = 56;
const left = 34;
/** Closer events share a mark, so that their numbers (`120-135`) do not cover each other. */
const markDistance = 48;
const below = { axis: 18, lane: 42, end: 58 };

/** The rollout as a picture: running tasks over time, stacked; failed tasks, service events and verdicts as marks. */
export function picture(
  timeline: RecordTimeline,
  verdicts: readonly RecordVerdict[],
  { shape, id, description }: PictureOptions,
): Html {
  const size = sizes[shape];
  const frame = frameOf(timeline, verdicts, size.width, size.plot);
  const height = frame.bottom + (timeline.events.length > 0 ? below.end : below.axis + 8);
  return html`<svg
    class="${shape}"
    viewBox="0 0 ${size.width} ${height}"
    role="img"
    aria-label="${description}"
  >
    <defs>
      <pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" class="restored-ground" />
        <line x1="0" y1="0" x2="0" y2="6" class="restored-hatch" />
      </pattern>
    </defs>
    ${axes(frame, size.perTick)}${areas(timeline.samples, frame, id)}${eventLane(timeline, frame)}${failureMarks(timeline.samples, frame)}${verdictMarks(verdicts, frame)}
  </svg>`;
}

function frameOf(
  { samples, events }: RecordTimeline,
  verdicts: readonly RecordVerdict[],
  width: number,
  plot: number,
): Frame {
  const times = [
    ...samples.map(({ t }) => t),
    ...events.map(({ t }) => t),
    ...verdicts.map(({ t }) => t ?? 0),
  ];
  const most = samples.map((one) => Math.max(one.desired, total(one) + one.pending));
  return {
    left,
    right: width - 12,
    top,
    bottom: top + plot,
    // A little longer than the run, so that its last state has some width.
    milliseconds: largest(times, 1000) * 1.03,
    // A little more than the most, so that the desired line is not the edge.
    tasks: largest(most, 1) * 1.06,
  };
}

function total(sample: Sample): number {
  return sample.old + sample.restored + sample.new;
}

/** Not `Math.max(...values)`: a rollout of days has more values than a call may have arguments. */
function largest(values: readonly number[], least: number): number {
  return values.reduce((most, value) => Math.max(most, value), least);
}

function axes(frame: Frame, perTick: number): Html {
  const { left: start, right, bottom } = frame;
  const times = timeTicks(frame.milliseconds, Math.floor((right - start) / perTick));
  return html`<text x="${start - 26}" y="${frame.top - 10}">tasks</text>
    ${taskTicks(frame.tasks, 6).map((tasks) => {
      const y = yOf(frame, tasks);
      return html`<line class="grid" x1="${start}" x2="${right}" y1="${y}" y2="${y}" /><text
          x="${start - 7}"
          y="${y + 4}"
          text-anchor="end"
          >${tasks}</text
        >`;
    })}
    <line class="axis" x1="${start}" x2="${right}" y1="${bottom}" y2="${bottom}" />
    ${times.map((t) => {
      const x = xOf(frame, t);
      const anchor = x > right - 14 ? 'end' : 'middle';
      return html`<line class="axis" x1="${x}" x2="${x}" y1="${bottom}" y2="${bottom + 4}" /><text
          x="${x}"
          y="${bottom + below.axis}"
          text-anchor="${anchor}"
          >${clockTime(t)}</text
        >`;
    })}`;
}

function areas(samples: readonly Sample[], frame: Frame, hatch: string): Html {
  const old = (sample: Sample): number => sample.old;
  const withRestored = (sample: Sample): number => sample.old + sample.restored;
  const withStarting = (sample: Sample): number => total(sample) + sample.pending;
  const hasRestored = samples.some(({ restored }) => restored > 0);
  return html`<path class="old" d="${stepArea(samples, () => 0, old, frame)}" />
    ${hasRestored && html`<path class="restored" fill="url(#${hatch})" d="${stepArea(samples, old, withRestored, frame)}" />`}
    <path class="new" d="${stepArea(samples, withRestored, total, frame)}" />
    <path class="starting" d="${stepArea(samples, total, withStarting, frame)}" />
    <path class="desired" d="${stepLine(samples, ({ desired }) => desired, frame)}" />`;
}

function failureMarks(samples: readonly Sample[], frame: Frame): Html {
  const marks: { x: number; count: number }[] = [];
  for (const { t, count } of failures(samples)) {
    const x = xOf(frame, t);
    const before = marks.at(-1);
    if (before !== undefined && x - before.x < 24) before.count += count;
    else marks.push({ x, count });
  }
  const y = frame.top - 14;
  return html`${marks.map(
    ({ x, count }) =>
      html`<path class="failed" d="M${x - 4},${y - 4}l8,8m0,-8l-8,8" /><text
          class="bad"
          x="${x + 7}"
          y="${y + 4}"
          >${count}</text
        >`,
  )}`;
}

function eventLane({ events }: RecordTimeline, frame: Frame): Html {
  const y = frame.bottom + below.lane;
  const marks = eventMarks(
    events.map(({ t }) => xOf(frame, t)),
    markDistance,
  );
  return html`${marks.map(({ x, first, last }) => {
    const text = first === last ? String(first) : `${first}-${last}`;
    const half = 5 + 3 * text.length;
    const centre = Math.min(frame.right - half + 8, x);
    return html`<line class="event-line" x1="${x}" x2="${x}" y1="${frame.top}" y2="${y - 9}" /><rect
        class="event"
        x="${centre - half}"
        y="${y - 9}"
        width="${2 * half}"
        height="18"
        rx="9"
      /><text class="number" x="${centre}" y="${y + 4}" text-anchor="middle">${text}</text>`;
  })}`;
}

function verdictMarks(verdicts: readonly RecordVerdict[], frame: Frame): Html {
  return html`${verdicts.map(({ t, kind, stage }) => {
    if (t === null) return null;
    const x = xOf(frame, t);
    const tone = toneOfVerdict(kind);
    const anchor = x > (frame.left + frame.right) / 2 ? 'end' : 'start';
    const text = stage === 'rollout' ? kind : `roll-back: ${kind}`;
    const y = stage === 'rollout' ? frame.top - 44 : frame.top - 28;
    return html`<line class="judged ${tone}" x1="${x}" x2="${x}" y1="${y + 4}" y2="${frame.bottom}" /><text
        class="strong ${tone}"
        x="${x + (anchor === 'end' ? -5 : 5)}"
        y="${y}"
        text-anchor="${anchor}"
        >${text}</text
      >`;
  })}`;
}
