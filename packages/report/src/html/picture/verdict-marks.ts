import type { RecordVerdict } from '../../record/record.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { toneOfVerdict } from '../tone.ts';
import type { Layout } from './frame.ts';
import { xOf } from './scale.ts';

/** A line down to the axis for each verdict; the roll-back's has a row of its own, so that the two never cover each other. */
export function verdictMarks(verdicts: readonly RecordVerdict[], layout: Layout): Html {
  const { frame } = layout;
  return html`${verdicts.map(({ t, kind, stage }) => {
    if (t === null) return null;
    const x = xOf(frame, t);
    const tone = toneOfVerdict(kind);
    const anchor = x > (frame.left + frame.right) / 2 ? 'end' : 'start';
    const text = stage === 'rollout' ? kind : `roll-back: ${kind}`;
    const y = layout.verdicts[stage === 'rollout' ? 0 : 1];
    return html`<line class="judged ${tone}" x1="${x}" x2="${x}" y1="${y - 10}" y2="${frame.bottom}" /><text
        class="strong ${tone}"
        x="${x + (anchor === 'end' ? -5 : 5)}"
        y="${y}"
        text-anchor="${anchor}"
        >${text}</text
      >`;
  })}`;
}
