// What installations did, beside the release: append-only.
import { recordsFolder } from '../layout.ts';
import { segmentFault } from '../path.ts';
import { RepositoryError } from '../port.ts';
import type { RepositoryPort } from '../port.ts';

interface RecordPlace {
  readonly port: RepositoryPort;
  readonly project: string;
  /** `1.0.15.RELEASE` */
  readonly version: string;
}

export interface WriteRecordOptions extends RecordPlace {
  /** Unique: time, environment, build. Letters, digits, `-`, `_`, `.`. */
  readonly name: string;
  readonly json: string;
  readonly html: string;
  readonly properties?: Readonly<Record<string, string>>;
}

/** Bytes of one record that are read. */
const longestRecord = 16 * 1024 * 1024;

/**
 * Writes `records/<name>.html`, then `records/<name>.json`, and gives the path of the page. A name that is there with other
 * content is never overwritten: `conflict`. The JSON comes last, because `listRecords` goes by it.
 */
export async function writeRecord(options: WriteRecordOptions): Promise<string> {
  const { port, json, html, properties = {} } = options;
  const path = pathOf(options, options.name);
  await port.write(`${path}.html`, Buffer.from(html), {
    properties,
    contentType: 'text/html; charset=utf-8',
    exclusive: true,
  });
  await port.write(`${path}.json`, Buffer.from(json), {
    properties,
    contentType: 'application/json',
    exclusive: true,
  });
  return `${path}.html`;
}

/** The names, sorted. */
export async function listRecords({ port, project, version }: RecordPlace): Promise<readonly string[]> {
  const names = await port.list(recordsFolder(project, version));
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .toSorted();
}

export interface StoredRecord {
  readonly json: string;
  /** Null when only the JSON is there. */
  readonly html: string | null;
}

/** Null when there is no such record. */
export async function readRecord(
  place: RecordPlace & { readonly name: string },
): Promise<StoredRecord | null> {
  const path = pathOf(place, place.name);
  const json = await place.port.read(`${path}.json`, longestRecord);
  if (json === null) return null;
  const html = await place.port.read(`${path}.html`, longestRecord);
  return { json: textOf(json), html: html === null ? null : textOf(html) };
}

/** The JSON of a record that `findRecords` has found; null when it is gone meanwhile. */
export async function readRecordText(port: RepositoryPort, path: string): Promise<string | null> {
  const json = await port.read(path, longestRecord);
  return json === null ? null : textOf(json);
}

function pathOf({ project, version }: RecordPlace, name: string): string {
  const fault = /^[\w.-]+$/.test(name)
    ? segmentFault(name)
    : 'contains other characters than letters, digits, "-", "_" and "."';
  if (fault === null) return `${recordsFolder(project, version)}/${name}`;
  throw new RepositoryError(
    'foreign',
    `A record cannot be called ${JSON.stringify(name)}: the name ${fault}.`,
    'Name it by time and environment, as in 2026-11-24T08-00-00Z-QA.',
  );
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
