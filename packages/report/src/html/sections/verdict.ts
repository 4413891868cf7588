import type { RunRecord } from '../../record/record.ts';
import { duration } from '../../text/duration.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { foldedText, shortName } from '../long-text.ts';
import { signs, toneOfVerdict } from '../tone.ts';
import type { Tone } from '../tone.ts';

/** Services that did not become steady before those that did, else in their order. */
export function troubledFirst<T extends { readonly service: string }>(
  { verdicts }: RunRecord,
  all: readonly T[],
): readonly T[] {
  const troubled = new Set(
    verdicts.flatMap(({ service, kind }) => (isFine(toneOfVerdict(kind)) ? [] : [service])),
  );
  return all.toSorted((a, b) => Number(troubled.has(b.service)) - Number(troubled.has(a.service)));
}

function isFine(tone: Tone): boolean {
  return tone === 'good' || tone === 'neutral';
}

/** How each rollout and roll-back ended. A reason that the run's sentence has is not said again. */
export function verdictSection(record: RunRecord): Html | null {
  const { rollback, sentence } = record;
  const verdicts = troubledFirst(record, record.verdicts);
  if (verdicts.length === 0 && rollback === null) return null;
  const rollbacks = verdicts.some(({ stage }) => stage === 'roll-back');
  return html`<section>
    <h2>${rollbacks || rollback !== null ? 'Verdict and roll-back' : 'Verdict'}</h2>
    <ul class="verdicts">
      ${verdicts.map(({ service, stage, kind, reason, t }) => {
        const tone = toneOfVerdict(kind);
        const what = stage === 'rollout' ? 'Rollout' : 'Roll-back';
        return html`<li>
          ${what} of ${shortName(service)}:
          <span class="badge ${tone}"><span aria-hidden="true">${signs[tone]} </span>${kind}</span>
          ${t !== null && html`<span class="of">after ${duration(t)}</span>`}
          ${!sentence.includes(reason) && foldedText(reason)}
        </li>`;
      })}
      ${!rollbacks && rollback !== null && html`<li>Roll-back: ${rollback}</li>`}
    </ul>
  </section>`;
}
