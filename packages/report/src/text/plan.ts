import { isRefused, planSteps, planTitle, wayBack } from '@bamboo-ecs/rollout';
import type { Plan, PlanStep } from '@bamboo-ecs/rollout';
import { changeGroups } from '../plan/changes.ts';
import { createdBy } from '../plan/created-by.ts';
import { changeLines } from './changes.ts';
import { findingLines, forecastLines } from './forecast.ts';
import { hanging } from './layout.ts';
import type { Paint } from './paint.ts';

/** More lines than this are for the record: a plan with hundreds of differences is read there. */
const mostLines = 200;

/** What will be done with one service and why, in which order, what changes, and where a failure goes back to. */
export function planLines(plan: Plan, paint: Paint): readonly string[] {
  const back = wayBack(plan);
  const changes = changesOf(plan, paint);
  const more = changes.length - mostLines;
  return [
    ...hanging('  ', planTitle(plan)).map(isRefused(plan) ? paint.bad : paint.heading),
    ...hanging('    ', plan.reason),
    ...(plan.hint === undefined ? [] : hanging('    -> ', plan.hint)),
    ...stepLines(planSteps(plan)),
    ...changes.slice(0, mostLines),
    ...(more > 0 ? [`    and ${more} more lines, see the record`] : []),
    ...forecastLines(plan, paint),
    ...findingLines(plan.findings, plan.forecast, paint),
    ...plan.notes.flatMap((note) => hanging('    note: ', note)),
    ...(back === null ? [] : hanging('    on failure: ', back)),
  ];
}

function stepLines(steps: readonly PlanStep[]): readonly string[] {
  if (steps.length === 0) return [];
  return ['    steps:', ...steps.flatMap((step, index) => hanging(`      ${index + 1}. `, stepText(step)))];
}

/** A watch is told with how many calls it takes at most: an account has one bucket for all of its services. */
function stepText({ text, operation, calls }: PlanStep): string {
  if (operation === undefined) return text;
  if (calls === undefined) return `${text} [${operation}, one call each poll]`;
  return `${text} [${operation}${calls === 1 ? '' : `, at most ${calls} calls`}]`;
}

function changesOf(plan: Plan, paint: Paint): readonly string[] {
  if (plan.action === 'create') {
    const created = createdBy(plan);
    return created.length === 0 ? [] : ['    what is created:', ...changeLines(changeGroups(created), paint)];
  }
  if (plan.action !== 'update') return [];
  if (plan.differences.length === 0) return ['    no difference between what runs and what is wanted'];
  return ['    what changes:', ...changeLines(changeGroups(plan.differences), paint)];
}
