// Which places a command is about: as set, else as the newest records say, else as the release that is named says.
import { deploymentContext } from '@bamboo-ecs/bamboo';
import { RunStopped, type RunContext } from '@bamboo-ecs/program';
import type { HistoryEntry } from '@bamboo-ecs/report';
import { mayBeRecordOf, recordSuffix, RepositoryError, type RepositoryPort } from '@bamboo-ecs/repository';
import { fetchPhase } from '../fetch-phase.ts';
import type { InstallerPorts } from '../ports.ts';
import { placesOf, type KnownPlace } from './known-places.ts';
import { requireProject } from './project.ts';
import { listRecordFiles, readEntries, type RecordFile } from './read-records.ts';
import { openStores } from './stores.ts';
import { tellForeign } from './tell-foreign.ts';

export interface FoundPlaces {
  readonly places: readonly KnownPlace[];
  /** Null where the settings name the place and no project. */
  readonly project: string | null;
  /** The newest records of each environment that is asked for; empty where there are none. */
  readonly entries: readonly HistoryEntry[];
  /** Environments of which there are records, as far as their names tell; for a hint. */
  readonly environments: readonly string[];
  readonly stores: readonly RepositoryPort[];
}

/** Read of each environment: enough to pass over refused attempts and to see which run was the last. */
const perEnvironment = 10;
const mostEnvironments = 30;

/**
 * `cluster` and `service` as set need no repository. Otherwise the records of the project are read; where they name no place, the
 * release that the settings name does.
 */
export async function findPlaces(
  context: RunContext,
  ports: InstallerPorts,
  environment: string | null,
): Promise<FoundPlaces> {
  const cluster = context.settings.text('cluster');
  const service = context.settings.text('service');
  const set = cluster !== undefined && service !== undefined ? { cluster, service } : null;
  if (set) {
    const has = context.settings.text('repository') !== undefined;
    const known = (has ? await readQuietly(context, ports, environment) : null) ?? nothing(context);
    return { ...known, places: [{ ...set, environment, project: known.project }] };
  }
  const records = await readAll(context, ports, environment);
  const places = placesOf(records.entries).filter(
    (place) => service === undefined || place.service === service,
  );
  if (places.length > 0 || !namesRelease(context)) return { ...records, places };
  const wanted = await fetchPhase(context, ports);
  return { ...records, places: [{ ...wanted, environment }] };
}

type Records = Omit<FoundPlaces, 'places'>;

function nothing(context: RunContext): Records {
  const project = context.settings.text('project') ?? null;
  return { project, entries: [], environments: [], stores: [] };
}

async function readAll(
  context: RunContext,
  ports: InstallerPorts,
  environment: string | null,
): Promise<Records> {
  const stores = await openStores(context, ports);
  const project = await requireProject(context, stores);
  context.note({ project });
  const found = await listRecordFiles(stores, project);
  const files = found.files.filter(({ name }) => environment === null || mayBeRecordOf(name, environment));
  const chosen = newestOfEach(files);
  const read = await readEntries(chosen, {
    wanted: chosen.length,
    most: chosen.length,
    accept: (entry) => environment === null || entry.environment === environment,
  });
  tellForeign(context, [...found.foreign, ...read.unreadable]);
  const environments = [...new Set(found.files.map(({ name }) => recordSuffix(name)))].toSorted();
  return { project, entries: read.entries, environments, stores };
}

/** The place is known already: without the records less is told, and that is all. */
async function readQuietly(
  context: RunContext,
  ports: InstallerPorts,
  environment: string | null,
): Promise<Records | null> {
  try {
    return await readAll(context, ports, environment);
  } catch (error) {
    if (!(error instanceof RepositoryError) && !(error instanceof RunStopped)) throw error;
    context.stopIfAsked();
    context.say(`The records could not be read, so what ran before is not compared: ${error.message}`);
    return null;
  }
}

function newestOfEach(files: readonly RecordFile[]): readonly RecordFile[] {
  const groups = new Map<string, RecordFile[]>();
  for (const file of files) {
    const suffix = recordSuffix(file.name);
    const group = groups.get(suffix) ?? [];
    if (group.length === 0 && groups.size >= mostEnvironments) continue;
    groups.set(suffix, group);
    if (group.length < perEnvironment) group.push(file);
  }
  return [...groups.values()].flat();
}

/** Does anything say which release is meant? */
function namesRelease(context: RunContext): boolean {
  const { injectVersion, release } = deploymentContext(context.variables);
  return [context.settings.text('release'), injectVersion, release].some((text) => text !== undefined);
}
