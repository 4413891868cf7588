import { isRefused, plannedAction, type PlanStep } from '@bamboo-ecs/rollout';
import { changeGroups } from '../../plan/changes.ts';
import type { RecordPlan } from '../../record/record.ts';
import { shortRevision } from '../../short-revision.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { foldedText, shortName } from '../long-text.ts';
import { noneTold } from '../told.ts';
import type { Told } from '../told.ts';
import { changesOf } from './changes.ts';
import { findingsOf, forecastOf } from './checks.ts';

/**
 * What was planned for one service and why, what it changes, in which order, and whether it can work. What a check says
 * that stands above already (`told`) is named and not said again.
 */
export function planSection(plan: RecordPlan, told: Told = noneTold): Html {
  const checked = checks(plan, told);
  return html`<section class="long">
    <h2>Plan <span class="of">for ${shortName(plan.service)} in cluster ${shortName(plan.cluster)}</span></h2>
    <div class="lead">
      <strong>${plannedAction(plan)}</strong
      >${versions(plan)}${!told(plan.reason) && html`: ${foldedText(plan.reason)}`}
    </div>
    ${plan.hint !== null && !told(plan.hint) && html`<p class="hint">${plan.hint}</p>`}
    ${hasTrouble(plan) ? [checked, differences(plan)] : [differences(plan), checked]} ${steps(plan)}
    ${
      plan.notes.length > 0 &&
      html`<h3>Notes</h3>
        <ul>
          ${plan.notes.map((note) => html`<li>${note}</li>`)}
        </ul>`
    }
  </section>`;
}

function checks({ findings, forecast }: RecordPlan, told: Told): readonly (Html | null)[] {
  return [findingsOf(findings, told), forecastOf(forecast, findings)];
}

/** What may go wrong is read before what changes. */
function hasTrouble({ findings, forecast }: RecordPlan): boolean {
  return forecast?.outcome === 'stuck' || findings.some(({ level }) => level !== 'note');
}

/** ` 1.0.14.RELEASE → 1.0.15.RELEASE`, as far as known. */
function versions({ versionBefore, version, reason }: RecordPlan): string {
  // A reason that begins with the version says it.
  if (version === null || reason.startsWith(version)) return '';
  return versionBefore === null || versionBefore === version
    ? ` ${version}`
    : ` ${versionBefore} → ${version}`;
}

function differences({ action, differences: all, created }: RecordPlan): Html | null {
  if (created.length > 0)
    return html`<h3>What is created</h3>
      ${changesOf(changeGroups(created))}`;
  if (all.length > 0)
    return html`<h3>What changes</h3>
      ${changesOf(changeGroups(all))}`;
  if (action !== 'update') return null;
  return html`<h3>What changes</h3>
    <p>Nothing differs between what runs and what is wanted.</p>`;
}

function steps(plan: RecordPlan): Html | null {
  const { steps: all, rollbackTo, versionBefore } = plan;
  if (isRefused(plan)) return null;
  const back =
    rollbackTo !== null &&
    html`<p class="muted">
      If it fails: back to
      <code>${shortRevision(rollbackTo)}</code>${versionBefore !== null && ` (${versionBefore})`}
    </p>`;
  if (all.length === 0) return back === false ? null : back;
  return html`<h3>In this order</h3>
    <ol class="steps">
      ${all.map((step) => html`<li>${step.text} ${cost(step)}</li>`)}
    </ol>
    ${back}`;
}

function cost({ operation, calls }: PlanStep): Html | null {
  if (operation === undefined) return null;
  const times =
    calls === undefined ? 'one call each poll' : calls === 1 ? '1 call' : `at most ${calls} calls`;
  return html`<span class="of"><code>${operation}</code>, ${times}</span>`;
}
