// Problems of several steps, told at once.
import { misconfigured, RunStopped } from '@bamboo-ecs/program';
import type { Problem } from '@bamboo-ecs/release';

/** The same problems, placed at a setting where they have no place of their own. */
export function atSetting(problems: readonly Problem[], variable: string): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, place: { variable, ...problem.place } }));
}

/**
 * Runs every step, also when one before it refuses: the user mends everything in one go. One refusal is thrown as it is,
 * several as one with all their problems; an error that is no refusal is thrown first.
 */
export async function together<T extends readonly (() => Promise<unknown>)[]>(
  steps: readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<ReturnType<T[K]>> }> {
  const values: unknown[] = [];
  const refusals: RunStopped[] = [];
  for (const step of steps) {
    try {
      values.push(await step());
    } catch (error) {
      if (!(error instanceof RunStopped && error.ending.exitCode === 2)) throw error;
      refusals.push(error);
    }
  }
  const [first, ...more] = refusals;
  if (first && more.length === 0) throw first;
  if (first)
    throw misconfigured(
      'settings and files',
      refusals.flatMap(({ problems }) => problems),
    );
  return values as { -readonly [K in keyof T]: Awaited<ReturnType<T[K]>> };
}
