import type { HistoryEntry } from '../history/entry.ts';
import type { RunEvent } from '../event.ts';
import { duration, utc } from './duration.ts';
import { columns, hanging } from './layout.ts';
import type { Paint } from './paint.ts';
import { plain } from './plain.ts';

const widestCell = 40;
/** Of what came of a run so much stands in the log; its record has the whole. */
const longestSentence = 800;

/** A row for each run, and under it what came of it; the newest first. */
export function historyLines(
  { environment, entries, running, total }: Extract<RunEvent, { kind: 'history' }>,
  paint: Paint,
): readonly string[] {
  if (entries.length === 0) return [];
  const head = [
    'When (UTC)',
    'Version',
    'Outcome',
    'Took',
    ...(environment === null ? ['Environment'] : []),
    'Build',
  ];
  const rows = columns([head, ...entries.map((entry) => cells(entry, environment === null))], widestCell);
  const [title = '', ...lines] = rows;
  return [
    ...running.flatMap((text) => hanging('  ', text)),
    '',
    paint.faint(`  ${title}`),
    ...lines.flatMap((line, index) => [
      colour(entries[index], paint)(`  ${line}`),
      ...more(entries[index], paint),
    ]),
    ...(total > entries.length ? ['', `  ${total} records in all; --limit shows more.`] : []),
  ];
}

function cells(entry: HistoryEntry, withEnvironment: boolean): readonly string[] {
  const { at, version, outcome, exitCode, durationMs, environment, build, command } = entry;
  const code = exitCode === null || exitCode === 0 ? '' : ` (${exitCode})`;
  const what = command === 'install' || command === '' ? '' : `${command}: `;
  return [
    at === 0 ? 'unknown' : utc(at),
    version ?? '-',
    `${what}${outcome}${code}`,
    duration(durationMs),
    ...(withEnvironment ? [environment ?? '-'] : []),
    build.key ?? (build.number === null ? '-' : `build ${build.number}`),
  ].map(plain);
}

function more(entry: HistoryEntry | undefined, paint: Paint): readonly string[] {
  if (entry === undefined) return [];
  const url = entry.deploymentUrl ?? entry.build.url;
  return [
    ...(entry.sentence === '' ? [] : hanging('      ', plain(beginning(entry.sentence)))),
    ...(url === null ? [] : hanging('      ', url)),
  ].map(paint.faint);
}

function beginning(text: string): string {
  return text.length <= longestSentence ? text : `${text.slice(0, longestSentence).toWellFormed()}…`;
}

function colour(entry: HistoryEntry | undefined, paint: Paint): (text: string) => string {
  if (entry?.exitCode === 0) return (text) => text;
  return paint.bad;
}
