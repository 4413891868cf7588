import type { RunRecord } from '../../record/record.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { signs, toneOfVerdict } from '../tone.ts';

/** How each rollout and roll-back ended. */
export function verdictSection(record: RunRecord): Html | null {
  const { verdicts, rollback } = record;
  if (verdicts.length === 0 && rollback === null) return null;
  const rollbacks = verdicts.some(({ stage }) => stage === 'roll-back');
  return html`<section>
    <h2>${rollbacks || rollback !== null ? 'Verdict and roll-back' : 'Verdict'}</h2>
    <ul class="verdicts">
      ${verdicts.map(({ service, stage, kind, reason }) => {
        const tone = toneOfVerdict(kind);
        const what = stage === 'rollout' ? 'Rollout' : 'Roll-back';
        return html`<li>
          ${what} of ${service}:
          <span class="badge ${tone}"><span aria-hidden="true">${signs[tone]} </span>${kind}</span> ${reason}
        </li>`;
      })}
      ${!rollbacks && rollback !== null && html`<li>Roll-back: ${rollback}</li>`}
    </ul>
  </section>`;
}
