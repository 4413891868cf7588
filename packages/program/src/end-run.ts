// The end of a run: outputs written, record published, summary printed; in this order, so that the summary is the last block.
import path from 'node:path';
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
import type { Program } from './run-program.ts';
import type { Ending } from './stop.ts';

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

/** How long the publication of a record may take when the run was told to stop. */
const publishAfterSignalMs = 700;

/** Returns the exit code. An output that cannot be written is told, and never changes the exit code of what was done. */
export async function endRun(input: EndRunInput): Promise<number> {
  const { context, ending, program } = input;
  const summary: RunEvent = maskDeep(
    {
      kind: 'summary',
      exitCode: ending.exitCode,
      outcome: ending.outcome,
      sentence: ending.sentence,
      ...(ending.todo === undefined ? {} : { todo: ending.todo }),
      rows: context.rows,
    } as RunEvent,
    context.mask,
  );
  const preliminary = [...input.events(), { at: context.now(), event: summary }];
  const first = recordOf(input, preliminary);
  const published = await publish(input, first);
  if (published) context.row('Record', published);
  const outputs = await writeOutputs(context, program.name, preliminary, first);
  if (outputs) context.row('Outputs', outputs);
  context.emit(summary);
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
  const { context, program, ending } = input;
  if (!program.publishRecord) return null;
  const limit = new Promise<null>((resolve) => {
    if (ending.exitCode === 75) setTimeout(() => resolve(null), publishAfterSignalMs).unref();
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
  }
}

async function writeOutputs(
  context: RunContext,
  suite: string,
  events: readonly Stamped[],
  record: RunRecord,
): Promise<string | null> {
  const outputs: readonly (readonly [string, () => string])[] = [
    [`test-reports/${suite}.xml`, () => junitXml(events, { suite: `bamboo-ecs ${suite}` })],
    ['record.json', () => recordJson(record)],
    ['record.html', () => renderRecordHtml(record)],
  ];
  try {
    for (const [name, render] of outputs) await context.files.write(path.join(context.out, name), render());
    return context.out;
  } catch (error) {
    context.say(
      `The outputs under ${context.out} could not be written: ${error instanceof Error ? error.message : String(error)}`,
      'warning',
    );
    return null;
  }
}
