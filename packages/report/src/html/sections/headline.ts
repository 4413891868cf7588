import type { RunRecord } from '../../record/record.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { signs, toneOfExit } from '../tone.ts';

/** What, where, how it ended, in one sentence, and what to do. */
export function headline(record: RunRecord): Html {
  const tone = toneOfExit(record.exitCode);
  return html`<header class="${tone}">
    <p class="kicker">bamboo-ecs ${record.program}: ${record.command}</p>
    <h1>${titleOf(record)}</h1>
    <p>
      <span class="badge ${tone}"><span aria-hidden="true">${signs[tone]} </span>${record.outcome}</span>
    </p>
    <p class="sentence">${record.sentence}</p>
    ${record.todo !== null && html`<p class="todo"><strong>What to do:</strong> ${record.todo}</p>`}
    ${leftRunning(record)}
    <p class="muted">${exitText(record)}</p>
  </header>`;
}

/** A success needs no explanation of its code. */
function exitText({ exitCode, exitMeaning }: RunRecord): string {
  if (exitCode === null) return exitMeaning;
  return exitCode === 0 ? 'Exit code 0' : `Exit code ${exitCode}: ${exitMeaning}`;
}

/** Only of interest when the run was stopped, and only when the sentence does not say it. */
function leftRunning({ exitCode, leftRunning: left, sentence }: RunRecord): Html | null {
  if (exitCode !== 75 || left === null || sentence.includes(left)) return null;
  return html`<p class="todo"><strong>Left running:</strong> ${left}</p>`;
}

/** `hid-generator 1.0.15.RELEASE on QA`, as much of it as is known. */
export function titleOf({ project, version, environment, program, command }: RunRecord): string {
  const what = [project, version].filter((part) => part !== null).join(' ');
  if (what === '') return `${program} ${command}`;
  return environment === null ? what : `${what} on ${environment}`;
}
