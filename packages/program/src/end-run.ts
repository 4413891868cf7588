// The end of a run: record published, outputs written, people told, summary printed; in this order, so that the summary is the last block.
import path from 'node:path';
import { formatProperties } from '@bamboo-ecs/bamboo';
import {
  buildRecord,
  junitXml,
  maskDeep,
  recordJson,
  renderRecordHtml,
  type RunEvent,
  type RunRecord,
  type Stamped,
} from '@bamboo-ecs/report';
import type { RunContext } from './context.ts';
import { reasonOf } from './file-read.ts';
import { patience } from './patience.ts';
import type { Program } from './run-program.ts';
import type { Ending } from './stop.ts';
import { tellPeople } from './tell-people.ts';

/** Stores the record beside the release; returns its address for the log, or null when there is no place for it. */
export type RecordPublisher = (
  context: RunContext,
  record: { readonly json: string; readonly html: string },
) => Promise<string | null>;

export interface EndRunInput {
  readonly context: RunContext;
  readonly program: Program;
  readonly ending: Ending;
  readonly events: () => readonly Stamped[];
  readonly startedAt: number;
}

/** How long the publication of a record may hold up the end of a run; less when the run was or is told to stop. */
const publishMs = 60_000;
const publishAfterSignalMs = 600;

/** Returns the exit code. An output that cannot be written is told, and never changes the exit code of what was done. */
export async function endRun(input: EndRunInput): Promise<number> {
  const { context, ending } = input;
  const summary = maskDeep<Extract<RunEvent, { kind: 'summary' }>>(
    {
      kind: 'summary',
      exitCode: ending.exitCode,
      outcome: ending.outcome,
      sentence: ending.sentence,
      ...(ending.todo === undefined ? {} : { todo: ending.todo }),
      rows: context.rows,
    },
    context.mask,
  );
  const preliminary = [...input.events(), { at: context.now(), event: summary }];
  const first = recordOf(input, preliminary);
  const published = await publish(input, first);
  if (published) context.row('Record', published);
  const outputs = await writeOutputs(input, preliminary, first);
  if (outputs) context.row('Outputs', outputs);
  await tellPeople(context, input.program.notify, first, published);
  // With the rows of what was written since.
  context.emit({ ...summary, rows: context.rows });
  return ending.exitCode;
}

function recordOf(input: EndRunInput, events: readonly Stamped[]): RunRecord {
  const { context, program } = input;
  return buildRecord(
    events,
    {
      ...context.facts,
      program: program.name,
      programVersion: program.version,
      command: context.command,
      startedAt: input.startedAt,
      finishedAt: context.now(),
    },
    context.mask,
  );
}

async function publish(input: EndRunInput, record: RunRecord): Promise<string | null> {
  const { context, program } = input;
  if (!program.publishRecord) return null;
  const { over, end } = patience(context.signal, publishMs, publishAfterSignalMs);
  const limit = over.then((ms) => {
    context.say(`The record could not be published within ${ms / 1000} s.`, 'warning');
    return null;
  });
  try {
    const publication = program.publishRecord(context, {
      json: recordJson(record),
      html: renderRecordHtml(record),
    });
    return await Promise.race([publication, limit]);
  } catch (error) {
    context.say(
      `The record could not be published: ${error instanceof Error ? error.message : String(error)}`,
      'warning',
    );
    return null;
  } finally {
    end();
  }
}

async function writeOutputs(
  input: EndRunInput,
  events: readonly Stamped[],
  record: RunRecord,
): Promise<string | null> {
  const { context, program } = input;
  const outputs: readonly (readonly [string, () => string])[] = [
    ...propertiesOutput(input),
    [`test-reports/${program.name}.xml`, () => junitXml(events, { suite: `bamboo-ecs ${program.name}` })],
    ['record.json', () => recordJson(record)],
    ['record.html', () => renderRecordHtml(record)],
  ];
  const failures = new Map<string, string[]>();
  for (const [name, render] of outputs) {
    try {
      await context.files.write(path.join(context.out, name), render());
    } catch (error) {
      const reason = reasonOf(error);
      failures.set(reason, [...(failures.get(reason) ?? []), name]);
    }
  }
  for (const [reason, names] of failures)
    context.say(`Not written under ${context.out}: ${names.join(', ')} (${reason})`, 'warning');
  const lost = [...failures.values()].flat().length;
  return lost === outputs.length ? null : context.out;
}

/** For Bamboo's inject task; a run that failed says so in it, too. */
function propertiesOutput({ context, ending }: EndRunInput): readonly (readonly [string, () => string])[] {
  if (Object.keys(context.handedOn).length === 0) return [];
  const outcome = ending.exitCode === 0 ? ending.outcome : 'failed';
  return [['bamboo.properties', () => formatProperties({ ...context.handedOn, outcome })]];
}
