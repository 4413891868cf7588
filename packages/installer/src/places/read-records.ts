// The records that lie beside a project's releases, read a few at a time; what is no record of ours is counted, never fatal.
import { RunStopped } from '@bamboo-ecs/program';
import { nearest } from '@bamboo-ecs/release';
import { readHistoryEntry, sortHistory, type HistoryEntry } from '@bamboo-ecs/report';
import {
  findRecords,
  inParallel,
  isOfOneFile,
  newestRecordFirst,
  readRecordText,
  RepositoryError,
  type RecordName,
  type RepositoryPort,
} from '@bamboo-ecs/repository';
import { projectsIn } from './stores.ts';

export interface RecordFile extends RecordName {
  readonly store: RepositoryPort;
}

export interface RecordFiles {
  /** Newest first. */
  readonly files: readonly RecordFile[];
  /** What was passed over, with the reason. */
  readonly foreign: readonly string[];
}

/** All records of a project, by name. A project that is not there is exit 3; one without records is none. */
export async function listRecordFiles(
  stores: readonly RepositoryPort[],
  project: string,
): Promise<RecordFiles> {
  const answers = await Promise.all(stores.map(async (store) => ask(store, project)));
  const found = answers.flatMap((answer) => (answer instanceof RepositoryError ? [] : [answer]));
  const silent = answers.filter((answer) => answer instanceof RepositoryError);
  if (found.length === 0 && silent[0]) throw silent[0];
  if (found.every(({ versions }) => versions === 0)) throw await noProject(stores, project);
  const files = found.flatMap(({ store, records }) => records.map((record) => ({ ...record, store })));
  return {
    files: files.toSorted(newestRecordFirst),
    // A shop may have the one for MILESTONE and none for RELEASE, or no right to read it here.
    foreign: [...silent.map(({ message }) => message), ...found.flatMap(({ foreign }) => foreign)],
  };
}

async function ask(store: RepositoryPort, project: string) {
  try {
    return { store, ...(await findRecords({ port: store, project })) };
  } catch (error) {
    if (error instanceof RepositoryError) return error;
    throw error;
  }
}

async function noProject(stores: readonly RepositoryPort[], project: string): Promise<RunStopped> {
  const projects = await projectsIn(stores);
  const meant = nearest(project, projects);
  const where = stores.map(({ address }) => address).join(' and ');
  return new RunStopped({
    exitCode: 3,
    outcome: 'no such project',
    sentence: `There is no release of a project ${project} in ${where}.`,
    todo:
      meant !== null && meant !== project
        ? `Did you mean the project ${meant}?`
        : projects.length === 0
          ? 'The repository is empty: look whether the setting repository is the one of the builds.'
          : `Look at the settings project and repository. There are ${some(projects)}.`,
  });
}

/** As many as are good to read in one line. */
export function some(names: readonly string[], most = 8): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ');
}

export interface ReadEntries {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  readonly unreadable: readonly string[];
  /** How many there are: those that were accepted, and those that were not read. */
  readonly total: number;
}

const atOnce = 8;

/** Reads on until so many entries are accepted, or so many files were read as `most` says. */
export async function readEntries(
  files: readonly RecordFile[],
  { wanted, most, accept }: { wanted: number; most: number; accept: (entry: HistoryEntry) => boolean },
): Promise<ReadEntries> {
  const entries: HistoryEntry[] = [];
  const unreadable: string[] = [];
  let start = 0;
  while (entries.length < wanted && start < Math.min(most, files.length)) {
    const batch = files.slice(start, Math.min(most, start + Math.max(wanted - entries.length, atOnce)));
    start += batch.length;
    for (const read of await inParallel(batch, atOnce, readOne)) {
      if (typeof read === 'string') unreadable.push(read);
      else if (accept(read)) entries.push(read);
    }
  }
  const total = entries.length + files.length - start;
  return { entries: sortHistory(entries).slice(0, wanted), unreadable, total };
}

/** The entry, or why there is none. */
async function readOne({ store, path }: RecordFile): Promise<HistoryEntry | string> {
  try {
    const text = await readRecordText(store, path);
    if (text === null) return `${path}: it is gone`;
    return readHistoryEntry(text, path, store.address) ?? `${path}: it is not a record`;
  } catch (error) {
    if (!isOfOneFile(error)) throw error;
    return `${path}: ${error.message}`;
  }
}
