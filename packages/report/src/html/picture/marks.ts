// Things that happened at a moment: failed tasks over the plot, service events under it.
import type { RecordTimeline } from '../../record/record.ts';
import type { Sample } from '../../timeline/sample.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { Layout } from './frame.ts';
import { xOf } from './scale.ts';

/** A mark at one place for one or more things that happened so close together that two marks would cover each other. */
interface Mark {
  readonly x: number;
  readonly first: number;
  readonly last: number;
}

/** Closer events share a mark, so that their numbers (`120-135`) do not cover each other. */
const eventDistance = 48;
const failureDistance = 24;

/** Service events by their number in the table below the picture, counted from 1. */
export function eventMarks({ events }: RecordTimeline, { frame, events: y }: Layout): Html {
  const marks: Mark[] = [];
  for (const [index, { t }] of events.entries()) {
    const x = xOf(frame, t);
    const before = marks.at(-1);
    if (before !== undefined && x - before.x < eventDistance)
      marks[marks.length - 1] = { ...before, last: index + 1 };
    else marks.push({ x, first: index + 1, last: index + 1 });
  }
  return html`${marks.map(({ x, first, last }) => {
    const text = first === last ? String(first) : `${first}-${last}`;
    const half = 5 + 3 * text.length;
    const centre = Math.min(frame.right - half + 8, Math.max(half + 1, x));
    return html`<line class="event-line" x1="${x}" x2="${x}" y1="${frame.top}" y2="${y - 13}" /><rect
        class="event"
        x="${centre - half}"
        y="${y - 13}"
        width="${2 * half}"
        height="18"
        rx="9"
      /><text class="number" x="${centre}" y="${y}" text-anchor="middle">${text}</text>`;
  })}`;
}

/** Where the count of failed tasks went up, and by how many. */
export function failureMarks(samples: readonly Sample[], { frame, failures: y }: Layout): Html {
  const marks: { x: number; count: number }[] = [];
  for (const [index, { t, failed }] of samples.entries()) {
    const count = failed - (samples[index - 1]?.failed ?? 0);
    if (count <= 0) continue;
    const x = xOf(frame, t);
    const before = marks.at(-1);
    if (before !== undefined && x - before.x < failureDistance) before.count += count;
    else marks.push({ x, count });
  }
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
