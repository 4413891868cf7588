// The frame of both programs: arguments → settings → flow → outputs → summary → exit code.
// The process itself (streams, signals, exit) is passed in, so that a test runs a whole program without one.
import {
  bambooVariables,
  parseVariablesFile,
  resolveSettings,
  secretValues,
  settingsHelp,
  type Settings,
} from '@bamboo-ecs/bamboo';
import type { Problem } from '@bamboo-ecs/release';
import { createMasker, createReporter, exitMeaning, jsonSink, textSink, type Sink } from '@bamboo-ecs/report';
import { parseArguments } from './arguments.ts';
import { RunContext } from './context.ts';
import { endRun, type RecordPublisher } from './end-run.ts';
import type { Files } from './files.ts';
import type { CommandHelp } from './help.ts';
import { quotedValues } from './quoted-values.ts';
import { readVariablesFile } from './read-variables-file.ts';
import { settleFlow } from './settle-flow.ts';
import type { Ending } from './stop.ts';
import type { Notifier } from './tell-people.ts';

export interface ProcessLike {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: Files;
  /** Writes one line to stdout. */
  readonly write: (line: string) => void;
  readonly colour: boolean;
  readonly now: () => number;
  /** Aborts with the signal's name as reason. */
  readonly signal: AbortSignal;
  /** Rejects with an error that nobody caught. */
  readonly crashed?: Promise<never>;
  /** Calls back when somebody wants to know how far we are (SIGQUIT). */
  readonly onProgressRequest: (answer: () => void) => void;
}

export interface Program {
  readonly name: 'expander' | 'installer';
  /** `0.1.0 (revision, Node v24…)` */
  readonly version: string;
  /** The first one is the default. */
  readonly commands: readonly CommandHelp[];
  /** Runs to an ending, or throws `RunStopped`; any other error is a mistake of ours. */
  readonly flow: (context: RunContext) => Promise<Ending>;
  /** Publishes the record beside the release; called once, after the flow has ended. */
  readonly publishRecord?: RecordPublisher;
  /** Tells people how the run ended; called once, after the record was published. */
  readonly notify?: Notifier;
  /** Turns the errors of the adapters into endings; undefined for what it does not know. */
  readonly explain: (error: unknown, context: RunContext) => Ending | undefined;
}

const exitCodes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 75] as const;

/** Runs the program and returns its exit code. Never throws. */
export async function runProgram(program: Program, process: ProcessLike): Promise<number> {
  const parsed = parseArguments({
    program: program.name,
    version: program.version,
    argv: process.argv,
    commands: program.commands,
    settings: settingsHelp(program.name),
    exitCodes: exitCodes.map((code) => [code, exitMeaning(code)] as const),
  });
  if (parsed.kind === 'print') {
    process.write(parsed.text);
    return 0;
  }
  const { options } = parsed;
  const variablesFile = await readVariablesFile(process.files, process.env, options);
  const fileVariables =
    variablesFile.text === null ? undefined : { name: variablesFile.name, text: variablesFile.text };
  const resolved = resolveSettings({
    program: program.name,
    options,
    env: process.env,
    ...(fileVariables ? { variablesFile: fileVariables } : {}),
  });
  const inFile = fileVariables ? parseVariablesFile(fileVariables.text, fileVariables.name).variables : {};
  const variables = bambooVariables(process.env, inFile);
  const mask = createMasker([...secretValues(variables), ...processSecrets(process.env)]);
  const settings = resolved.settings;
  const reporter = createReporter({ sinks: [sinkFor(settings, process)], now: process.now, mask });
  const problems: Problem[] = [...variablesFile.problems, ...quotedValues(process.env), ...resolved.problems];
  if (parsed.kind === 'wrong')
    problems.unshift({
      severity: 'error',
      code: 'command-line',
      message: parsed.message,
      hint: `${program.name} --help lists the commands and settings.`,
    });

  const context = new RunContext({
    command: parsed.kind === 'run' ? parsed.command : '',
    programVersion: program.version,
    settings,
    variables,
    env: process.env,
    files: process.files,
    out: settings.text('out') ?? 'target/bamboo-ecs',
    reporter,
    mask,
    now: process.now,
    signal: process.signal,
    settingProblems: problems,
  });
  context.emit({ kind: 'start', program: program.name, command: context.command, version: program.version });
  context.emit({ kind: 'settings', settings: resolved.used });
  process.onProgressRequest(() => {
    const seconds = Math.round((process.now() - context.current.since) / 1000);
    context.say(`Asked for progress: in the phase ${context.current.title} for ${seconds} s; going on.`);
  });
  const startedAt = process.now();
  const ending = await settleFlow(context, program, process.crashed);
  return endRun({ context, program, ending, events: () => reporter.events, startedAt });
}

function sinkFor(settings: Settings, process: ProcessLike): Sink {
  return settings.text('log-format') === 'json'
    ? jsonSink({ write: process.write })
    : textSink({ write: process.write, colour: process.colour });
}

/** Secrets of the environment that are not Bamboo's: the AWS SDK reads them itself. */
function processSecrets(env: ProcessLike['env']): string[] {
  return ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_AUTHORIZATION_TOKEN']
    .map((name) => env[name])
    .filter((value): value is string => value !== undefined && value !== '');
}
