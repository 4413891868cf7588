import { formatPlace } from '@bamboo-ecs/release';
import type { Problem } from '@bamboo-ecs/release';
import type { RunRecord } from '../../record/record.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';

/** Every problem with its place and what to do; errors first. One that is the run's whole sentence stands at the top already. */
export function problemSection({ problems: all, sentence, todo }: RunRecord): Html | null {
  const problems = all.filter(
    ({ message, hint, place }) =>
      message !== sentence || (hint !== undefined && hint !== todo) || formatPlace(place) !== '',
  );
  if (problems.length === 0) return null;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity !== 'error');
  return html`<section class="long">${group('Problems', errors)} ${group('Warnings', warnings)}</section>`;
}

function group(title: string, problems: readonly Problem[]): Html | null {
  if (problems.length === 0) return null;
  return html`<h2>${title} <span class="of">(${problems.length})</span></h2>
    <ol class="problems">
      ${problems.map(problemItem)}
    </ol>`;
}

function problemItem(problem: Problem): Html {
  const place = formatPlace(problem.place);
  return html`<li>
    ${place !== '' && html`<code class="place">${place}</code>`}${problem.message}${problem.hint !== undefined && html`<span class="hint">${problem.hint}</span>`}
  </li>`;
}
