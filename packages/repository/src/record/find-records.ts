// Which records a project has, over all its versions: names only, the newest first.
import { formatVersion } from '@bamboo-ecs/release';
import { inParallel } from '../in-parallel.ts';
import { recordsFolder } from '../layout.ts';
import { RepositoryError } from '../port.ts';
import type { RepositoryPort } from '../port.ts';
import { listVersions } from '../read/list-versions.ts';

export interface RecordName {
  /** `1.0.15.RELEASE` */
  readonly version: string;
  /** Without `.json`. */
  readonly name: string;
  /** `hid-generator/1.0.15.RELEASE/records/<name>.json`, below the repository's address. */
  readonly path: string;
}

export interface FoundRecords {
  /** Newest first by the time in their names; those without one come last. */
  readonly records: readonly RecordName[];
  /** How many versions the project has; 0: there is no such project, or nothing in it. */
  readonly versions: number;
  /** Folders and files that could not be listed or are not named as ours are, with the reason. */
  readonly foreign: readonly string[];
}

/** Folders that are listed at once. */
const atOnce = 8;

/** `2026-11-24T02-00-00-123Z-Production` */
const named = /^(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}(?:-\d+)?Z)-[\w.-]+$/u;

/** One request, and one more for each version. What is not ours is passed over and told; only a repository that cannot be asked is an error. */
export async function findRecords({
  port,
  project,
}: {
  readonly port: RepositoryPort;
  readonly project: string;
}): Promise<FoundRecords> {
  const versions = (await listVersions({ port, project })).map(formatVersion);
  const foreign: string[] = [];
  const found = await inParallel(versions, atOnce, async (version) => {
    const folder = recordsFolder(project, version);
    try {
      return (await port.list(folder)).map((file) => ({ version, folder, file }));
    } catch (error) {
      if (!isOfOneFile(error)) throw error;
      foreign.push(`${folder}: ${error.message}`);
      return [];
    }
  });
  const records = found.flat().flatMap(({ version, folder, file }) => {
    if (!file.endsWith('.json')) return [];
    const name = file.slice(0, -'.json'.length);
    if (named.test(name)) return [{ version, name, path: `${folder}/${file}` }];
    foreign.push(`${folder}/${file}: not the name of a record`);
    return [];
  });
  return { records: records.toSorted(newestRecordFirst), versions: versions.length, foreign };
}

/** `QA` of `2026-11-24T02-00-00-123Z-QA`: as `recordPart` has made it of the environment's name. */
export function recordSuffix(name: string): string {
  return name.replace(/^[\dT-]+Z-/u, '');
}

/** A text as it may stand in the name of a record. */
export function recordPart(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]/gu, '-');
}

/** May this record be of that environment? Different names may have become the same in it; the record itself says it for sure. */
export function mayBeRecordOf(name: string, environment: string): boolean {
  const part = recordPart(environment);
  const suffix = recordSuffix(name);
  // Of records of the same millisecond the later ones have a number.
  return suffix === part || (suffix.startsWith(`${part}-`) && /^\d$/u.test(suffix.slice(part.length + 1)));
}

/** Is only this file or folder the matter, and not the whole repository? */
export function isOfOneFile(error: unknown): error is RepositoryError {
  return (
    error instanceof RepositoryError && ['foreign', 'corrupt', 'forbidden', 'not-found'].includes(error.kind)
  );
}

/** By the time in the name. */
export function newestRecordFirst(left: RecordName, right: RecordName): number {
  const order = timeOf(right) < timeOf(left) ? -1 : timeOf(right) > timeOf(left) ? 1 : 0;
  return order === 0 ? (left.path < right.path ? 1 : -1) : order;
}

function timeOf({ name }: RecordName): string {
  return named.exec(name)?.[1] ?? '';
}
