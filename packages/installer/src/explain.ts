// The adapters' errors as endings of an installer run.
import type { Ending, RunContext } from '@bamboo-ecs/program';
import { RepositoryError, type RepositoryErrorKind } from '@bamboo-ecs/repository';
import { isEcsError, type EcsErrorKind } from '@bamboo-ecs/rollout';
import { sentences } from './sentence.ts';

const repositoryOutcome: Readonly<Record<RepositoryErrorKind, string>> = {
  unauthenticated: 'no access',
  forbidden: 'no access',
  'not-found': 'no such release',
  conflict: 'conflict',
  corrupt: 'not trusted',
  foreign: 'not trusted',
  unreachable: 'repository unreachable',
  misconfigured: 'repository',
};

const refusedAs: Readonly<Partial<Record<EcsErrorKind, string>>> = {
  'access-denied': 'access denied',
  credentials: 'no credentials',
  'cluster-not-found': 'no such cluster',
  throttled: 'throttled',
  unreachable: 'AWS unreachable',
};

/** Exit 3 for the repository; for ECS 4 before anything was changed and 9 afterwards. */
export function explainInstallerError(error: unknown, context: RunContext): Ending | undefined {
  if (error instanceof RepositoryError)
    return {
      exitCode: 3,
      outcome: repositoryOutcome[error.kind],
      sentence: sentences(error.message, 'Nothing was changed'),
      todo: error.hint,
    };
  if (!isEcsError(error)) return undefined;
  const todo = error.hint ?? 'Mend what AWS says and run it again.';
  const left = context.facts.leftRunning;
  // A refused write changed nothing, whatever its phase.
  if (left === undefined || left.endsWith('the service was not changed.')) {
    const sentence = sentences(error.message, left ?? 'Nothing was changed');
    return { exitCode: 4, outcome: refusedAs[error.kind] ?? 'refused', sentence, todo };
  }
  const sentence = sentences(error.message, 'After the change AWS could not be asked any more', left);
  return { exitCode: 9, outcome: 'unknown', sentence, todo };
}
