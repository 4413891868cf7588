// What the installer was doing at each time, as a strip over the picture; the roll-back tints everything below it.
import type { RecordPhase } from '../../record/record.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { Layout } from './frame.ts';
import { xOf } from './scale.ts';

/** Width of a letter, roughly: a title that does not fit is left to its neighbours. */
const letter = 7;

export interface Span {
  readonly name: string;
  readonly title: string;
  /** Milliseconds since the change. */
  readonly from: number;
  readonly to: number;
}

/** The phases that reach into the time of the picture. */
export function spansOf(phases: readonly RecordPhase[], zero: number, end: number): readonly Span[] {
  return phases.flatMap(({ name, title, at }, index) => {
    const from = Math.max(0, Date.parse(at) - zero);
    const next = phases[index + 1];
    const to = Math.min(end, next === undefined ? end : Date.parse(next.at) - zero);
    return to > from && from < end ? [{ name, title, from, to }] : [];
  });
}

export function phaseStrip(spans: readonly Span[], { frame, phases: y }: Layout): Html {
  return html`${spans.map(({ name, title, from, to }) => {
    const x = xOf(frame, from);
    const width = xOf(frame, to) - x;
    const fits = width > title.length * letter;
    const back = name === 'roll-back';
    return html`${back && html`<rect class="back-ground" x="${x}" y="${y - 12}" width="${width}" height="${frame.bottom - y + 12}" />`}<line
        class="phase"
        x1="${x}"
        x2="${x}"
        y1="${y - 12}"
        y2="${y + 5}"
      />${fits && html`<text class="phase" x="${x + 4}" y="${y}">${title}</text>`}`;
  })}`;
}
