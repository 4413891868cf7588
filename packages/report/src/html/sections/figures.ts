import type { RecordTimeline } from '../../record/record.ts';
import { clockTime } from '../../text/duration.ts';
import type { Sample } from '../../timeline/sample.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { healthOf } from '../picture/health.ts';

const taskHeads = ['New', 'Old', 'Restored', 'Starting', 'Desired', 'Failed'];
const targetHeads = ['Healthy', 'Unhealthy'];

/** The picture as a table, a row for each poll. On a phone it can be moved sideways, with the keyboard, too. */
export function figures({ samples, service }: RecordTimeline): Html {
  const health = new Map(healthOf(samples).map((seen) => [seen.t, seen]));
  const withTargets = health.size > 0;
  return html`<details class="figures">
    <summary>The picture as a table</summary>
    <div class="scroll" role="region" aria-label="Tasks of ${service} at each poll" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            ${[...taskHeads, ...(withTargets ? targetHeads : [])].map(
              (head) => html`<th scope="col" class="figure">${head}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${samples.map((one) => {
            const targets = health.get(one.t);
            const seen = withTargets ? [targets?.healthy ?? '', targets?.unhealthy ?? ''] : [];
            return html`<tr>
              <td class="time">+${clockTime(one.t)}</td>
              ${[...tasks(one), ...seen].map((value) => html`<td class="figure">${value}</td>`)}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </details>`;
}

function tasks(one: Sample): readonly number[] {
  return [one.new, one.old, one.restored, one.pending, one.desired, one.failed];
}
