import { clockTime } from '../../text/duration.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { Layout } from './frame.ts';
import { taskTicks, timeTicks, xOf, yOf } from './scale.ts';
import type { Frame } from './scale.ts';

/** Tasks upwards, time to the right. */
export function axes({ frame, perTick, times: y }: Layout): Html {
  const { left, right, bottom } = frame;
  const times = timeTicks(frame.milliseconds, Math.floor((right - left) / perTick));
  return html`${counts(frame, 6)}
    <line class="axis" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}" />
    ${times.map((t) => {
      const x = xOf(frame, t);
      const anchor = x > right - 14 ? 'end' : 'middle';
      return html`<line class="axis" x1="${x}" x2="${x}" y1="${bottom}" y2="${bottom + 4}" /><text
          x="${x}"
          y="${y}"
          text-anchor="${anchor}"
          >${clockTime(t)}</text
        >`;
    })}`;
}

/** Lines at round numbers, at most `most` of them. */
export function counts(frame: Frame, most: number): Html {
  const { left, right } = frame;
  return html`${taskTicks(frame.tasks, most).map((count) => {
    const y = yOf(frame, count);
    return html`<line class="grid" x1="${left}" x2="${right}" y1="${y}" y2="${y}" /><text
        x="${left - 6}"
        y="${y + 4}"
        text-anchor="end"
        >${count}</text
      >`;
  })}`;
}
