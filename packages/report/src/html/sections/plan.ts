import type { Difference, JsonValue } from '@bamboo-ecs/release';
import type { RecordPlan } from '../../record/record.ts';
import { shortRevision } from '../../short-revision.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';

/** What was planned for one service, why, and what it changes. */
export function planSection(plan: RecordPlan): Html {
  return html`<section class="long">
    <h2>Plan <span class="of">for ${plan.service} in cluster ${plan.cluster}</span></h2>
    <p><strong>${plan.action}</strong>${versions(plan)}: ${plan.reason}</p>
    ${plan.hint !== null && html`<p class="hint">${plan.hint}</p>`}
    ${
      plan.differences.length > 0 &&
      html`<h3>Differences</h3>
        <ul class="differences">
          ${plan.differences.map(difference)}
        </ul>`
    }
    ${
      plan.notes.length > 0 &&
      html`<h3>Notes</h3>
        <ul>
          ${plan.notes.map((note) => html`<li>${note}</li>`)}
        </ul>`
    }
    ${plan.rollbackTo !== null && html`<p class="muted">If it fails: back to <code>${shortRevision(plan.rollbackTo)}</code>${plan.versionBefore !== null && ` (${plan.versionBefore})`}</p>`}
  </section>`;
}

/** ` 1.0.14.RELEASE → 1.0.15.RELEASE`, as far as known. */
function versions({ versionBefore, version }: RecordPlan): string {
  if (version === null) return '';
  return versionBefore === null || versionBefore === version
    ? ` ${version}`
    : ` ${versionBefore} → ${version}`;
}

function difference({ path, from, to }: Difference): Html {
  return html`<li>
    <code class="path">${path}</code
    >${from !== undefined && html`<del><span class="hidden">runs now: </span><code>${json(from)}</code></del>`}${to !== undefined && html`<ins><span class="hidden">will run: </span><code>${json(to)}</code></ins>`}
  </li>`;
}

function json(value: JsonValue): string {
  return typeof value === 'object' ? JSON.stringify(value, undefined, 2) : JSON.stringify(value);
}
