// The environment that points the programs at the stand-ins, to be copied into a shell.
import type { ServeRequest } from './request.ts';
import type { Running } from './start-servers.ts';

/** Not a word of every day: the programs hide it in their logs wherever it stands. */
export const rehearsalPassword = 'rehearsal-password';

/** Lines for a POSIX shell, in an order that can be read. */
export function environmentLines(running: readonly Running[], request: ServeRequest): readonly string[] {
  const url = (name: Running['name']) => running.find((each) => each.name === name)?.url;
  const [artifactory, registry, ecs] = [url('artifactory'), url('registry'), url('ecs')];
  const variables: [string, string][] = [];
  if (artifactory !== undefined) {
    variables.push(
      ['bamboo_ecs_repository', `${artifactory}/${repositoryOf(request)}`],
      ['bamboo_ecs_artifactory_user', 'admin'],
      ['bamboo_ecs_artifactory_password', rehearsalPassword],
    );
  }
  // What the seed's templates call ${registry}.
  if (registry !== undefined) variables.push(['bamboo_registry', new URL(registry).host]);
  if (ecs !== undefined) {
    variables.push(
      ['AWS_ENDPOINT_URL', ecs],
      ['AWS_REGION', request.region],
      // The aws cli of version 1 reads this one only.
      ['AWS_DEFAULT_REGION', request.region],
      ['AWS_ACCESS_KEY_ID', 'rehearsal'],
      ['AWS_SECRET_ACCESS_KEY', 'rehearsal-secret-key'],
    );
  }
  return variables.map(([name, value]) => `export ${name}=${quote(value)}`);
}

/** One address for both tags when their repositories are there, else the first repository. */
function repositoryOf({ repositories }: ServeRequest): string {
  const apart = ['descriptors-release-local', 'descriptors-milestone-local'].every((each) =>
    repositories.includes(each),
  );
  return apart ? 'descriptors-{tag}-local' : (repositories[0] ?? '');
}

function quote(value: string): string {
  return /^[\w./:@-]+$/u.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
