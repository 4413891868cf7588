// The adapters' errors as endings of an expander run.
import type { Ending, RunContext } from '@bamboo-ecs/program';
import { RepositoryError, type RepositoryErrorKind } from '@bamboo-ecs/repository';

const outcomes: Readonly<Record<RepositoryErrorKind, string>> = {
  unauthenticated: 'no access',
  forbidden: 'no access',
  'not-found': 'not found',
  conflict: 'conflict',
  corrupt: 'not trusted',
  foreign: 'not trusted',
  unreachable: 'repository unreachable',
  misconfigured: 'repository',
};

/** Exit 3 for everything that the repository refuses or does not answer, with what is there now. */
export function explainExpanderError(error: unknown, context: RunContext): Ending | undefined {
  if (!(error instanceof RepositoryError)) return undefined;
  const message = error.message.trim();
  const left = context.facts.leftRunning ?? 'Nothing was changed.';
  const sentence = `${message}${/[.!?)]$/u.test(message) ? '' : '.'} ${left}`;
  return { exitCode: 3, outcome: outcomes[error.kind], sentence, todo: error.hint };
}
