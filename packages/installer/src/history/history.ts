// The command history: what was installed, from the records beside the releases, joined with what ECS says runs now.
import path from 'node:path';
import type { CommandHelp, Ending, RunContext } from '@bamboo-ecs/program';
import { maskValues, renderHistory, type HistoryEntry } from '@bamboo-ecs/report';
import { mayBeRecordOf, recordSuffix, type RepositoryPort } from '@bamboo-ecs/repository';
import { noteDeployment } from '../note-deployment.ts';
import { requireProject } from '../places/project.ts';
import { listRecordFiles, readEntries, some, type RecordFile } from '../places/read-records.ts';
import { openStores } from '../places/stores.ts';
import type { InstallerPorts } from '../ports.ts';
import { tellForeign } from '../places/tell-foreign.ts';
import { runningNow } from './running-now.ts';

export const historyHelp: CommandHelp = {
  name: 'history',
  describe: 'what was installed, when and by which build; also as history.html',
  details:
    'Reads the records beside the releases and changes nothing. Without an environment it shows all of them.',
  examples: [
    'installer history --project=hid-generator --environment=Production',
    'installer history --project=hid-generator --limit=100 --log-format=json',
  ],
  exitCodes: [0, 1, 2, 3, 75],
};

export async function history(context: RunContext, ports: InstallerPorts): Promise<Ending> {
  const environment = noteDeployment(context);
  context.phase('history', 'History');
  const stores = await openStores(context, ports);
  const project = await requireProject(context, stores);
  context.note({ project });
  const limit = Number(context.settings.text('limit') ?? 20);
  const found = await listRecordFiles(stores, project);
  const files = found.files.filter(({ name }) => environment === null || mayBeRecordOf(name, environment));
  const read = await readEntries(files, {
    wanted: limit,
    most: limit * 3 + 50,
    accept: (entry) => environment === null || entry.environment === environment,
  });
  const passedOver = [...found.foreign, ...read.unreadable];
  tellForeign(context, passedOver);
  const running = await runningNow(context, ports, read.entries);
  const { total } = read;
  context.emit({ kind: 'history', project, environment, entries: read.entries, running, total });
  await writeFiles(context, {
    project,
    environment,
    entries: read.entries,
    running,
    passedOver,
    stores,
    total,
  });
  return ending(project, environment, read.entries, found.files);
}

interface Written {
  readonly project: string;
  readonly environment: string | null;
  readonly entries: readonly HistoryEntry[];
  readonly running: readonly string[];
  readonly passedOver: readonly string[];
  readonly stores: readonly RepositoryPort[];
  readonly total: number;
}

async function writeFiles(context: RunContext, written: Written): Promise<void> {
  const { project, environment, entries, running, passedOver, stores, total } = written;
  const masked = maskValues(entries, context.mask);
  const older = total - entries.length;
  const notes = [
    ...running,
    ...(passedOver.length > 0 ? [`${passedOver.length} files or folders could not be read as records.`] : []),
    ...(older > 0 ? [`${older} older runs are not shown.`] : []),
  ];
  const page = renderHistory(masked, {
    environment,
    project,
    repository: stores.length === 1 ? (stores[0]?.address ?? null) : null,
    now: context.now(),
    notes: maskValues(notes, context.mask),
  });
  const data = {
    schema: 1,
    project,
    environment,
    entries: masked,
    running: maskValues(running, context.mask),
    passedOver: passedOver.length,
    total,
  };
  try {
    await context.files.write(path.join(context.out, 'history.html'), page);
    await context.files.write(
      path.join(context.out, 'history.json'),
      `${JSON.stringify(data, undefined, 2)}\n`,
    );
    context.row('Page', path.join(context.out, 'history.html'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    context.say(`history.html and history.json could not be written: ${reason}`, 'warning');
  }
}

function ending(
  project: string,
  environment: string | null,
  entries: readonly HistoryEntry[],
  files: readonly RecordFile[],
): Ending {
  const where = environment === null ? '' : ` in ${environment}`;
  if (entries.length > 0)
    return {
      exitCode: 0,
      outcome: 'told',
      sentence: `${entries.length} ${entries.length === 1 ? 'run' : 'runs'} of ${project}${where}, the newest first.`,
    };
  const others = [...new Set(files.map(({ name }) => recordSuffix(name)))].toSorted();
  return {
    exitCode: 0,
    outcome: 'nothing',
    sentence: `Nothing was installed of ${project}${where}, as far as the records tell.`,
    ...(others.length > 0 && { todo: `There are records of ${some(others)}.` }),
  };
}
