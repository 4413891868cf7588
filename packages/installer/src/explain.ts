// The adapters' errors as endings of an installer run.
import type { Ending, RunContext } from '@bamboo-ecs/program';
import { RepositoryError } from '@bamboo-ecs/repository';
import { isEcsError } from '@bamboo-ecs/rollout';

/** Exit 3 for the repository; for ECS 4 before anything was changed and 9 afterwards. */
export function explainInstallerError(error: unknown, context: RunContext): Ending | undefined {
  if (error instanceof RepositoryError)
    return { exitCode: 3, outcome: 'repository', sentence: error.message, todo: error.hint };
  if (!isEcsError(error)) return undefined;
  const todo = error.hint ?? 'Mend what AWS says and run it again.';
  const left = context.facts.leftRunning;
  // A refused write changed nothing, whatever its phase.
  const changed = left !== undefined && !left.endsWith('the service was not changed.');
  if (!changed) {
    const nothing = left ? ` ${left}` : ' Nothing was changed.';
    return {
      exitCode: 4,
      outcome: 'refused',
      sentence: `${error.message}.${nothing}`.replace('..', '.'),
      todo,
    };
  }
  return {
    exitCode: 9,
    outcome: 'unknown',
    sentence: `${error.message}; after the change AWS could not be asked any more. ${left}`,
    todo,
  };
}
