import { formatPlace } from '@bamboo-ecs/release';
import type { Problem } from '@bamboo-ecs/release';
import type { RunRecord } from '../../record/record.ts';
import { clockTime, utc } from '../../text/duration.ts';
import { withoutService } from '../../timeline/service-event.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { signs, toneOfVerdict } from '../tone.ts';

/** How each rollout and roll-back ended. */
export function verdictSection(record: RunRecord): Html | null {
  if (record.verdicts.length === 0 && record.rollback === null) return null;
  const rollbacks = record.verdicts.some(({ stage }) => stage === 'roll-back');
  return html`<section>
    <h2>${rollbacks || record.rollback !== null ? 'Verdict and roll-back' : 'Verdict'}</h2>
    <ul>
      ${record.verdicts.map(({ service, stage, kind, reason }) => {
        const tone = toneOfVerdict(kind);
        const what = stage === 'rollout' ? 'Rollout' : 'Roll-back';
        return html`<li>
          ${what} of ${service}:
          <span class="badge ${tone}"><span aria-hidden="true">${signs[tone]} </span>${kind}</span> ${reason}
        </li>`;
      })}
    </ul>
    ${!rollbacks && record.rollback !== null && html`<p>${record.rollback}</p>`}
  </section>`;
}

/** The likely cause of each failure, what speaks for it, what to do. */
export function diagnosisSection(record: RunRecord, diagnosis: RunRecord['diagnoses'][number]): Html {
  const zero = record.timelines.find(({ service }) => service === diagnosis.service)?.startedAt;
  const time = (at: number): string => {
    if (zero === undefined) return utc(at);
    const t = at - Date.parse(zero);
    return t < 0 ? `-${clockTime(-t)}` : `+${clockTime(t)}`;
  };
  return html`<section>
    <h2>Diagnosis <span class="of">of ${diagnosis.service}</span></h2>
    <p><strong>Likely cause:</strong> ${diagnosis.sentence} <code class="muted">${diagnosis.cause}</code></p>
    ${diagnosis.advice !== record.todo && html`<p class="todo"><strong>What to do:</strong> ${diagnosis.advice}</p>`}
    ${
      diagnosis.evidence.length > 0 &&
      html`<h3>Evidence</h3>
        <table>
          <tbody>
            ${diagnosis.evidence.map(
              ({ at, kind, text }) =>
                html`<tr>
                  <td class="time">${at === undefined ? '' : time(at)}</td>
                  <td class="evidence-kind">${kind}</td>
                  <td class="mono">${withoutService(text, diagnosis.service)}</td>
                </tr>`,
            )}
          </tbody>
        </table>`
    }
  </section>`;
}

/** Every problem with its place and what to do; errors first. */
export function problemSection(problems: readonly Problem[]): Html | null {
  if (problems.length === 0) return null;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity !== 'error');
  return html`<section class="long">
    ${
      errors.length > 0 &&
      html`<h2>Problems <span class="of">(${errors.length})</span></h2>
        <ol class="problems">
          ${errors.map(problemItem)}
        </ol>`
    }
    ${
      warnings.length > 0 &&
      html`<h2>Warnings <span class="of">(${warnings.length})</span></h2>
        <ol class="problems">
          ${warnings.map(problemItem)}
        </ol>`
    }
  </section>`;
}

function problemItem(problem: Problem): Html {
  const place = formatPlace(problem.place);
  return html`<li>
    ${place !== '' && html`<code class="muted">${place}</code><br />`}${problem.message}${problem.hint !== undefined && html`<br /><span class="hint">${problem.hint}</span>`}
  </li>`;
}
