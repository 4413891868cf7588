import type { RunRecord } from '../../record/record.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';

/** Checks, warnings on the way and settings: for those who want to know exactly. */
export function detailsSection({ checks, warnings, settings }: RunRecord): Html | null {
  if (checks.length + warnings.length + settings.length === 0) return null;
  const failed = checks.filter(({ failure }) => failure !== null).length;
  return html`<section class="long">
    <h2>Details</h2>
    ${
      warnings.length > 0 &&
      html`<details open>
        <summary>Told on the way (${warnings.length})</summary>
        <table>
          <tbody>
            ${warnings.map(
              ({ at, level, text }) =>
                html`<tr>
                  <td class="time">${at.slice(11, 19)}</td>
                  <td class="evidence-kind">${level}</td>
                  <td>${text}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </details>`
    }
    ${
      checks.length > 0 &&
      html`<details${failed > 0 && html` open`}><summary>Checks (${checks.length}${failed > 0 && `, ${failed} failed`})</summary><table><tbody>${checks.map(
        ({ suite, name, failure }) =>
          html`<tr>
            <td>${failure === null ? 'ok' : html`<strong>failed</strong>`}</td>
            <td class="evidence-kind">${suite}</td>
            <td>${name}${failure !== null && html`<br />${failure}`}</td>
          </tr>`,
      )}</tbody></table></details>`
    }
    ${
      settings.length > 0 &&
      html`<details>
        <summary>Settings (${settings.length})</summary>
        <table>
          <tbody>
            ${settings.map(
              ({ name, value, origin }) =>
                html`<tr>
                  <td>${name}</td>
                  <td class="mono">${value}</td>
                  <td class="evidence-kind">${origin}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </details>`
    }
  </section>`;
}
