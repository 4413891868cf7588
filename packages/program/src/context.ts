// What a flow gets to work with: settings, variables, files, the log, time and the signal to stop.
import type { Settings } from '@bamboo-ecs/bamboo';
import type { Problem } from '@bamboo-ecs/release';
import type { Level, Mask, RecordFacts, Reporter, RunEvent } from '@bamboo-ecs/report';
import type { Files } from './files.ts';
import { misconfigured, RunStopped, type Ending } from './stop.ts';

/** What a run is given; the rest it learns on its way. */
export type RunContextParts = Pick<
  RunContext,
  | 'command'
  | 'programVersion'
  | 'settings'
  | 'variables'
  | 'env'
  | 'files'
  | 'out'
  | 'reporter'
  | 'mask'
  | 'now'
  | 'signal'
  | 'settingProblems'
>;

export class RunContext {
  /** Empty when the command line is wrong. */
  readonly command: string;
  /** `0.1.0 (Node v24…)` */
  readonly programVersion: string;
  readonly settings: Settings;
  /** All `bamboo_*` variables, from the environment and the variables file. */
  readonly variables: Readonly<Record<string, string>>;
  /** The process's environment, for proxies and the like. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: Files;
  /** The output folder, relative to the working directory or absolute. */
  readonly out: string;
  readonly reporter: Reporter;
  /** Hides the secrets of this run in a text. */
  readonly mask: Mask;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Aborts on SIGTERM and SIGINT. */
  readonly signal: AbortSignal;
  /** What is wrong with command line and settings, warnings included. */
  readonly settingProblems: readonly Problem[];
  /** What the record says beside the events; grows as the run learns it. */
  facts: Partial<RecordFacts> = {};
  /** The keys of bamboo.properties, for later tasks; without any there is no such file. */
  handedOn: Readonly<Record<string, string>> = {};
  /** Rows of the closing summary, in the order they were added. */
  readonly rows: (readonly [string, string])[] = [];
  /** What to do when a signal ends the run now, where that is more than to run it again. */
  todoWhenStopped: string | undefined;
  /** The phase that the run is in, and since when. */
  current: { readonly title: string; readonly since: number };

  constructor(parts: RunContextParts) {
    this.command = parts.command;
    this.programVersion = parts.programVersion;
    this.settings = parts.settings;
    this.variables = parts.variables;
    this.env = parts.env;
    this.files = parts.files;
    this.out = parts.out;
    this.reporter = parts.reporter;
    this.mask = parts.mask;
    this.now = parts.now;
    this.signal = parts.signal;
    this.settingProblems = parts.settingProblems;
    this.current = { title: 'Settings', since: parts.now() };
  }

  /** The first thing of every flow: exit 2 with all problems of the settings at once. */
  requireSettings(): void {
    if (this.warn(this.settingProblems)) throw misconfigured('settings', this.settingProblems);
  }

  /** A heading in the log; the place where a run that was told to stop does so. */
  phase(name: string, title: string): void {
    this.stopIfAsked();
    this.current = { title, since: this.now() };
    this.reporter.emit({ kind: 'phase', name, title });
  }

  stopIfAsked(): void {
    if (!this.signal.aborted) return;
    throw new RunStopped(stoppedEnding(this));
  }

  say(text: string, level: Level = 'info'): void {
    this.reporter.emit({ kind: 'message', level, text });
  }

  emit(event: RunEvent): void {
    this.reporter.emit(event);
  }

  /**
   * Warnings are shown and the run goes on. With an error among the problems nothing is shown and true is returned: the
   * caller throws all of them, so that each is shown once.
   */
  warn(problems: readonly Problem[]): boolean {
    const warnings = problems.filter((problem) => problem.severity === 'warning');
    const errors = warnings.length < problems.length;
    if (warnings.length > 0 && !errors) this.emit({ kind: 'problems', problems: warnings });
    return errors;
  }

  note(facts: Partial<RecordFacts>): void {
    this.facts = { ...this.facts, ...facts };
  }

  /** What later tasks get to know; keys stay in the order in which they were first given. `outcome` is added at the end. */
  handOn(values: Readonly<Record<string, string>>): void {
    this.handedOn = { ...this.handedOn, ...values };
  }

  /** A row of the summary; one that is there already is not told twice. */
  row(name: string, value: string): void {
    if (this.rows.some(([known, told]) => known === name && told === value)) return;
    this.rows.push([name, value]);
  }
}

/** The ending of a run that a signal has ended. */
export function stoppedEnding({
  signal,
  current,
  facts: { leftRunning },
  todoWhenStopped,
}: RunContext): Required<Pick<Ending, 'exitCode' | 'outcome' | 'sentence' | 'todo'>> {
  const left = leftRunning ?? 'Nothing was changed.';
  const again = leftRunning
    ? 'Run the same command again: it finds what is under way and goes on from there.'
    : 'Run it again when you want it done.';
  return {
    exitCode: 75,
    outcome: 'stopped',
    sentence: `stopped by ${String(signal.reason)} in the phase ${current.title}. ${left}`,
    todo: todoWhenStopped ?? again,
  };
}
