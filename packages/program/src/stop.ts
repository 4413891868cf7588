// How a flow ends early: one error that carries the exit code and everything the log must say.
import type { Problem } from '@bamboo-ecs/release';

export interface Ending {
  /** See the design's table of exit codes. */
  readonly exitCode: number;
  /** One or two words for the summary: `misconfigured`, `refused`, `steady`. */
  readonly outcome: string;
  /** One sentence: what happened and why. */
  readonly sentence: string;
  /** What to do, when there is something to do. */
  readonly todo?: string;
}

/** Thrown by a phase when the run cannot go on; a mistake of ours is any other error (exit 1, with its stack). */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';
  readonly ending: Ending;
  readonly problems: readonly Problem[];
  constructor(ending: Ending, problems: readonly Problem[] = [], options?: { cause?: unknown }) {
    super(ending.sentence, options);
    this.ending = ending;
    this.problems = problems;
  }
}

/** Exit 2 with every problem at once; warnings alone do not stop. */
export function misconfigured(what: string, problems: readonly Problem[]): RunStopped {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const sentence =
    errors.length === 1 ? `${what}: ${errors[0]!.message}` : `${what}: ${errors.length} problems`;
  const ending: Ending = { exitCode: 2, outcome: 'misconfigured', sentence };
  const hint = errors.length === 1 ? errors[0]!.hint : 'Mend the listed problems; nothing was changed.';
  return new RunStopped(hint === undefined ? ending : { ...ending, todo: hint }, problems);
}

/** Exit 4: refused before anything changed. */
export function refused(what: string, problems: readonly Problem[]): RunStopped {
  const first = problems[0];
  const sentence = problems.length === 1 && first ? first.message : `${what}: ${problems.length} reasons`;
  const ending: Ending = { exitCode: 4, outcome: 'refused', sentence };
  return new RunStopped(first?.hint === undefined ? ending : { ...ending, todo: first.hint }, problems);
}
