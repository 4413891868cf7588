// Which project a command is about that needs no release: status, history, rollback.
import { misconfigured, type RunContext } from '@bamboo-ecs/program';
import type { Problem } from '@bamboo-ecs/release';
import type { RepositoryPort } from '@bamboo-ecs/repository';
import { projectName } from '../resolve-release.ts';
import { some } from './read-records.ts';
import { projectsIn } from './stores.ts';

/** As set, or as the build handed it on; the only project of the repository when nothing is said. Exit 2 when it is not known. */
export async function requireProject(
  context: RunContext,
  stores: readonly RepositoryPort[],
): Promise<string> {
  const problems: Problem[] = [];
  const name = projectName(context, problems);
  if (name !== undefined) return name;
  if (problems.some(({ code }) => code !== 'no-project')) throw misconfigured('settings', problems);
  const projects = await projectsIn(stores);
  const [only, ...others] = projects;
  if (only !== undefined && others.length === 0) {
    context.say(`The project is ${only}: it is the only one in the repository.`);
    return only;
  }
  const hint =
    projects.length === 0
      ? 'Set ecs.project (--project) to the artifact name.'
      : `Set ecs.project (--project): there are ${some(projects)}.`;
  throw misconfigured(
    'settings',
    problems.map((problem) => ({ ...problem, hint })),
  );
}
