import type { RunRecord } from '../../record/record.ts';
import { duration } from '../../text/duration.ts';
import { html } from '../html.ts';
import type { Html, Part } from '../html.ts';
import { icon } from '../icon.ts';
import { foldedText, shortName } from '../long-text.ts';
import { between, moment } from '../moment.ts';
import { statusOf } from '../status.ts';
import type { Status } from '../status.ts';
import { linksOf } from './links.ts';

/** What, where, how it ended, in one sentence, what to do, and where to look further. */
export function headline(record: RunRecord): Html {
  const { tone, icon: name, words } = statusOfRecord(record);
  return html`<header class="${tone}">
    <p class="kicker">bamboo-ecs ${record.program}: ${record.command}</p>
    <h1>${heading(record)}</h1>
    <p class="status ${tone}">
      ${icon(name)}<strong>${words}</strong>
      ${!words.toLowerCase().includes(record.outcome) && html`<span class="outcome">${record.outcome}</span>`}
    </p>
    <div class="sentence">${foldedText(record.sentence)}</div>
    ${record.todo !== null && html`<div class="todo"><strong>What to do:</strong> ${foldedText(record.todo)}</div>`}
    ${leftRunning(record)}
    <p class="muted">${[...when(record), exitText(record)].join(' · ')}</p>
    ${linksOf(record)}
  </header>`;
}

export function statusOfRecord({ exitCode, outcome, plans }: RunRecord): Status {
  const last = plans.at(-1);
  return statusOf({ exitCode, outcome, first: last?.rollbackTo === null && last.versionBefore === null });
}

function when({ startedAt, finishedAt }: RunRecord): readonly string[] {
  return [moment(finishedAt), `took ${duration(between(startedAt, finishedAt))}`];
}

/** A success needs no explanation of its code. */
function exitText({ exitCode, exitMeaning }: RunRecord): string {
  if (exitCode === null) return exitMeaning;
  return exitCode === 0 ? 'exit code 0' : `exit code ${exitCode}: ${exitMeaning}`;
}

/** Only of interest when the run was stopped, and only when the sentence does not say it. */
function leftRunning({ exitCode, leftRunning: left, sentence }: RunRecord): Html | null {
  if (exitCode !== 75 || left === null || sentence.includes(left)) return null;
  return html`<p class="todo"><strong>Left running:</strong> ${left}</p>`;
}

/** `hid-generator 1.0.15.RELEASE on QA`, as much of it as is known. */
export function titleOf({ project, version, environment, program, command }: RunRecord): string {
  const what = known(project, version).join(' ');
  if (what === '') return `${program} ${command}`.trim();
  return environment === null ? what : `${what} on ${shortName(environment)}`;
}

/** The same with each name for itself: one that is written from right to left must not turn its neighbours round. */
function heading(record: RunRecord): Part {
  const { project, version, environment } = record;
  const names = known(project, version);
  if (names.length === 0) return titleOf(record);
  return html`${names.map((name, index) => [index > 0 && ' ', html`<bdi>${name}</bdi>`])}${environment !== null && html` on <bdi>${shortName(environment)}</bdi>`}`;
}

function known(...names: readonly (string | null)[]): readonly string[] {
  return names.flatMap((name) => (name === null ? [] : [shortName(name)]));
}
