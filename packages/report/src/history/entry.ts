// One line of the history of an environment: what a record says, as much as a table of many runs needs.
import type { RecordBuild, RunRecord } from '../record/record.ts';

export interface HistoryEntry {
  /** When the run began, milliseconds since the epoch; 0 when the record does not say it. */
  readonly at: number;
  /** How long the run took, milliseconds. */
  readonly durationMs: number;
  readonly project: string | null;
  /** `1.0.15.RELEASE` */
  readonly version: string | null;
  readonly environment: string | null;
  readonly cluster: string | null;
  readonly services: readonly string[];
  /** `install`, `rollback`, … */
  readonly command: string;
  /** `steady`, `unchanged`, `failed`, … */
  readonly outcome: string;
  /** Null when the run broke off before its end. */
  readonly exitCode: number | null;
  /** One sentence: what happened and why. */
  readonly sentence: string;
  /** The build that made the release. */
  readonly build: RecordBuild;
  /** Address of the deployment in Bamboo. */
  readonly deploymentUrl: string | null;
  /** One sentence: what came of the roll-back, when there was one. */
  readonly rollback: string | null;
  /** Of the first diagnosis: its cause (`crash-loop`) and sentence. */
  readonly cause: string | null;
  readonly causeSentence: string | null;
  /** Where the record lies below the repository's address, `hid-generator/1.0.15.RELEASE/records/<name>.json`. */
  readonly path: string;
  /** That address, where it is known: releases of one project may live in two repositories, by their tag. */
  readonly repository: string | null;
}

/** The entry of a record that lies under `path` in the repository. */
export function historyEntry(
  record: RunRecord,
  path: string,
  repository: string | null = null,
): HistoryEntry {
  return entryOf(record as unknown as Fields, path, repository);
}

/**
 * The same from the text of a record.json, which another version of this program may have written: what is not there, or
 * is something else than expected, is null. Null when the text is no record at all.
 */
export function readHistoryEntry(
  text: string,
  path: string,
  repository: string | null = null,
): HistoryEntry | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isFields(value) || typeof value['schema'] !== 'number' || !('outcome' in value)) return null;
  return entryOf(value, path, repository);
}

/** Newest first; runs that began at the same moment by their path. Clock skew between agents may swap neighbours. */
export function sortHistory(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  return entries.toSorted((a, b) => b.at - a.at || (a.path < b.path ? 1 : -1));
}

/** Where the page of the same run lies: beside the JSON. */
export function pagePath({ path }: Pick<HistoryEntry, 'path'>): string {
  return path.replace(/\.json$/u, '.html');
}

type Fields = Readonly<Record<string, unknown>>;

function entryOf(record: Fields, path: string, repository: string | null): HistoryEntry {
  const startedAt = time(record['startedAt']);
  const build = fields(record['build']);
  const diagnosis = fields(Array.isArray(record['diagnoses']) ? record['diagnoses'][0] : undefined);
  return {
    at: startedAt,
    durationMs: Math.max(0, time(record['finishedAt']) - startedAt),
    project: text(record['project']),
    version: text(record['version']),
    environment: text(record['environment']) ?? text(fields(record['deployment'])['environment']),
    cluster: text(record['cluster']),
    services: Array.isArray(record['services'])
      ? record['services'].filter((name) => typeof name === 'string')
      : [],
    command: text(record['command']) ?? '',
    outcome: text(record['outcome']) ?? 'unknown',
    exitCode: typeof record['exitCode'] === 'number' ? record['exitCode'] : null,
    sentence: text(record['sentence']) ?? '',
    build: {
      key: text(build['key']),
      number: text(build['number']),
      url: text(build['url']),
      revision: text(build['revision']),
      branch: text(build['branch']),
    },
    deploymentUrl: text(fields(record['deployment'])['resultsUrl']),
    rollback: text(record['rollback']),
    cause: text(diagnosis['cause']),
    causeSentence: text(diagnosis['sentence']),
    path,
    repository,
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function time(value: unknown): number {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(at) ? at : 0;
}
