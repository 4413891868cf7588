// The adapters' errors as endings of an expander run.
import type { Ending } from '@bamboo-ecs/program';
import { RepositoryError } from '@bamboo-ecs/repository';

/** Exit 3 for everything that the repository refuses or does not answer. */
export function explainExpanderError(error: unknown): Ending | undefined {
  if (!(error instanceof RepositoryError)) return undefined;
  return { exitCode: 3, outcome: 'repository', sentence: error.message, todo: error.hint };
}
