import { documentText } from '../html/document.ts';
import { html } from '../html/html.ts';
import type { Html } from '../html/html.ts';
import { link } from '../html/link.ts';
import { icon } from '../html/icon.ts';
import { foldedText, shortName } from '../html/long-text.ts';
import { statusOf } from '../html/status.ts';
import { moment } from '../html/moment.ts';
import { iso } from '../record/iso.ts';
import { duration } from '../text/duration.ts';
import { pagePath, sortHistory } from './entry.ts';
import type { HistoryEntry } from './entry.ts';

export interface HistoryPage {
  /** The environment whose history it is; null for all of them. */
  readonly environment: string | null;
  readonly project?: string | null;
  /** The repository's address, for entries that do not say theirs: a run links to its page when it is an http or https one. */
  readonly repository?: string | null;
  /** When the page is made, milliseconds since the epoch. */
  readonly now: number;
  /** Sentences about what is missing: records that could not be read, older ones left away. */
  readonly notes?: readonly string[];
}

/** What was installed, newest first, as one self-contained HTML page under the same promises as the page of a record. */
export function renderHistory(entries: readonly HistoryEntry[], about: HistoryPage): string {
  const sorted = sortHistory(entries);
  const title = [about.project, 'history', about.environment === null ? null : `of ${about.environment}`]
    .filter((part) => part !== null && part !== undefined)
    .join(' ');
  return documentText({
    title,
    main: html`<header>
        <p class="kicker">bamboo-ecs installer: history</p>
        <h1>
          <bdi>${shortName(about.project ?? 'Installations')}</bdi
          >${about.environment !== null && html` in <bdi>${shortName(about.environment)}</bdi>`}
        </h1>
        <p class="sentence">${lead(sorted, about.environment === null)}</p>
        ${
          about.notes !== undefined &&
          about.notes.length > 0 &&
          html`<ul>
            ${about.notes.map((note) => html`<li>${note}</li>`)}
          </ul>`
        }
      </header>
      ${sorted.length > 0 && runs(sorted, about)}`,
    footer: html`Made at ${time(about.now)} from the records beside the releases. All times in UTC.`,
  });
}

/** The last word on what was brought there, in one sentence. */
function lead(sorted: readonly HistoryEntry[], ofAll: boolean): string {
  const [newest] = sorted;
  if (newest === undefined) return 'No installation is recorded here.';
  const good = sorted.filter(({ exitCode }) => exitCode === 0).length;
  const count = sorted.length === 1 ? '1 run' : `${sorted.length} runs`;
  const where = ofAll && newest.environment !== null ? `${shortName(newest.environment)}, ` : '';
  return `${count}, ${good} of them good. The newest (${where}${time(newest.at)}): ${newest.outcome}.`;
}

/** A record that does not say when it was made has 0. */
function time(at: number): string {
  return moment(iso(at));
}

function runs(sorted: readonly HistoryEntry[], about: HistoryPage): Html {
  return html`<section class="long">
    <h2>Runs <span class="of">newest first</span></h2>
    <ol class="runs" reversed>
      ${sorted.map((entry) => run(entry, about))}
    </ol>
  </section>`;
}

function run(entry: HistoryEntry, about: HistoryPage): Html {
  const { tone, icon: name, words } = statusOf(entry);
  const what = [entry.project, entry.version].filter((part) => part !== null).join(' ');
  return html`<li class="${tone}">
    <h3>
      <span class="status ${tone}">${icon(name)}<strong>${words}</strong></span>
      <bdi>${what === '' ? entry.command : shortName(what)}</bdi>
      ${about.environment === null && entry.environment !== null && html`<span class="of">in <bdi>${shortName(entry.environment)}</bdi></span>`}
    </h3>
    <p class="muted">
      ${time(entry.at)}, took
      ${duration(entry.durationMs)}${entry.command !== 'install' && entry.command !== '' && `, ${entry.command}`}${entry.exitCode !== null && entry.exitCode !== 0 && `, exit code ${entry.exitCode}`}
    </p>
    ${entry.sentence !== '' && html`<div class="lead">${foldedText(entry.sentence)}</div>`}
    ${entry.rollback !== null && !entry.sentence.includes(entry.rollback) && html`<p>${entry.rollback}</p>`}
    ${links(entry, about)}
  </li>`;
}

function links(entry: HistoryEntry, about: HistoryPage): Html {
  const { build, deploymentUrl } = entry;
  const buildName = build.key ?? (build.number === null ? 'build' : `build ${build.number}`);
  const page = pagePath(entry);
  const repository = entry.repository ?? about.repository ?? null;
  const address = repository === null ? page : `${repository.replace(/\/+$/u, '')}/${page}`;
  const parts = [
    link(address, 'Record'),
    build.url === null ? build.key : link(build.url, buildName),
    deploymentUrl !== null && link(deploymentUrl, 'Deployment'),
    build.branch,
    build.revision !== null && html`<code>${build.revision.slice(0, 12)}</code>`,
  ].filter((part) => part !== null && part !== false);
  return html`<ul class="links">
    ${parts.map((part) => html`<li>${part}</li>`)}
  </ul>`;
}
