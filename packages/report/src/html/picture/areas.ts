import type { Sample } from '../../timeline/sample.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { running } from './frame.ts';
import { xOf } from './scale.ts';
import type { Frame } from './scale.ts';
import { stepArea, stepLine } from './steps.ts';

/** Running tasks over time, stacked: old, restored by the roll-back, new, and those starting on top of them. */
export function areas(samples: readonly Sample[], frame: Frame, hatch: string): Html {
  const old = (sample: Sample): number => sample.old;
  const withRestored = (sample: Sample): number => sample.old + sample.restored;
  const withStarting = (sample: Sample): number => running(sample) + sample.pending;
  const hasRestored = samples.some(({ restored }) => restored > 0);
  return html`${before(frame)}<path class="old" d="${stepArea(samples, () => 0, old, frame)}" />
    ${hasRestored && html`<path class="restored" fill="url(#${hatch})" d="${stepArea(samples, old, withRestored, frame)}" />`}
    <path class="new" d="${stepArea(samples, withRestored, running, frame)}" />
    <path class="starting" d="${stepArea(samples, running, withStarting, frame)}" />
    <path class="desired" d="${stepLine(samples, ({ desired }) => desired, frame)}" />`;
}

/** A rollout that was found under way: of what came before the first poll nothing is known. */
function before(frame: Frame): Html | null {
  if (frame.from <= 0) return null;
  const width = xOf(frame, frame.from) - frame.left;
  const middle = frame.left + width / 2;
  return html`<rect
      class="unseen"
      x="${frame.left}"
      y="${frame.top}"
      width="${width}"
      height="${frame.bottom - frame.top}"
    />${width > 70 && html`<text x="${middle}" y="${(frame.top + frame.bottom) / 2}" text-anchor="middle">not watched</text>`}`;
}
