import type { RunRecord } from '../../record/record.ts';
import { duration } from '../../text/duration.ts';
import { html } from '../html.ts';
import type { Html, Part } from '../html.ts';

/** Phases, warnings on the way, checks and settings: for those who want to know exactly. */
export function detailsSection(record: RunRecord): Html | null {
  const { checks, warnings, settings, phases } = record;
  if (checks.length + warnings.length + settings.length + phases.length === 0) return null;
  const failed = checks.filter(({ failure }) => failure !== null).length;
  return html`<section class="long">
    <h2>Details</h2>
    ${fold(
      `Told on the way (${warnings.length})`,
      true,
      ['Time', 'Level', 'Text'],
      warnings.map(({ at, level, text }) => [at.slice(11, 19), level, text]),
    )}
    ${fold(
      `Phases (${phases.length})`,
      false,
      ['Phase', 'Began', 'Took'],
      phases.map(({ title, at }, index) => [title, at.slice(11, 19), took(record, index)]),
    )}
    ${fold(
      `Checks (${checks.length}${failed > 0 ? `, ${failed} failed` : ''})`,
      failed > 0,
      ['Result', 'Suite', 'Check'],
      checks.map(({ suite, name, failure }) => [
        failure === null ? 'ok' : html`<strong>failed</strong>`,
        suite,
        html`${name}${failure !== null && html`<br />${failure}`}`,
      ]),
    )}
    ${fold(
      `Settings (${settings.length})`,
      false,
      ['Setting', 'Value', 'From'],
      settings.map(({ name, value, origin }) => [name, html`<code>${value}</code>`, origin]),
    )}
  </section>`;
}

/** A phase ends where the next begins; the last one with the run. */
function took({ phases, finishedAt }: RunRecord, index: number): string {
  const end = phases[index + 1]?.at ?? finishedAt;
  return duration(Date.parse(end) - Date.parse(phases[index]?.at ?? end));
}

function fold(
  title: string,
  open: boolean,
  heads: readonly string[],
  rows: readonly (readonly Part[])[],
): Html | null {
  if (rows.length === 0) return null;
  return html`<details${open && html` open`}><summary>${title}</summary><table class="stacked">
    <thead>
      <tr>
        ${heads.map((head) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table></details>`;
}
