// What the compose file is given: ports, images, which servers take part; kept in a file that a person can use, too.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Values {
  readonly project: string;
  /** For `docker compose --env-file`. */
  readonly file: string;
  /** The agent's working directory, as a folder of this machine. */
  readonly work: string;
  readonly aws: 'ministack' | 'localstack';
  readonly repository: 'stand-in' | 'artifactory';
  /** Profiles that this takes. */
  readonly profiles: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const ports = {
  REHEARSAL_REGISTRY_PORT: '5055',
  REHEARSAL_REPOSITORY_PORT: '8081',
  REHEARSAL_AWS_PORT: '4566',
  REHEARSAL_LOAD_BALANCER_PORT: '8080',
};

/**
 * From the words of the command: CONTAINERS=1, AWS=localstack, REPOSITORY=artifactory, REHEARSAL_…_PORT, REHEARSAL_PROJECT; a
 * list says all that is wrong with them.
 */
export function valuesOf(
  env: NodeJS.ProcessEnv,
  folder: string,
  images: Readonly<Record<string, string>>,
): Values | readonly string[] {
  const problems: string[] = [];
  const oneOf = <T extends string>(name: string, allowed: readonly [T, ...T[]]): T => {
    const value = env[name] || allowed[0];
    const found = allowed.find((each) => each === value);
    if (found === undefined) problems.push(`${name}=${value} must be ${allowed.join(' or ')}.`);
    return found ?? allowed[0];
  };
  const aws = oneOf('AWS', ['ministack', 'localstack']);
  const repository = oneOf('REPOSITORY', ['stand-in', 'artifactory']);
  const containers = oneOf('CONTAINERS', ['0', '1']) === '1' || aws === 'localstack';
  if (aws === 'localstack' && !env['LOCALSTACK_AUTH_TOKEN'])
    problems.push(
      'AWS=localstack needs LOCALSTACK_AUTH_TOKEN in the environment, of a plan that includes ECS, ECR and ELB (Base or higher).',
    );
  const chosen = Object.entries(ports).map(([name, usual]) => [name, env[name] || usual] as const);
  for (const [name, value] of chosen)
    if (!/^\d{1,5}$/u.test(value) || Number(value) < 1 || Number(value) > 65_535)
      problems.push(`${name}=${value} is no port.`);
  const project = env['REHEARSAL_PROJECT'] || 'bamboo-ecs-rehearsal';
  if (!/^[a-z0-9][a-z0-9_-]*$/u.test(project))
    problems.push(`REHEARSAL_PROJECT=${project} must be of small letters, digits, - and _.`);
  // Compose reads the file of the values and `<folder>:/rehearsal`, each with marks of its own.
  if (/[':$]/u.test(folder))
    problems.push(`${folder}: compose cannot mount a folder with ' or : or $ in its name.`);
  if (problems.length > 0) return problems;
  const work = path.join(folder, 'work');
  return {
    project,
    file: path.join(folder, 'env'),
    work,
    aws,
    repository,
    profiles: [
      ...(aws === 'localstack' ? ['localstack'] : []),
      ...(repository === 'artifactory' ? ['artifactory'] : []),
    ],
    environment: {
      ...images,
      ...Object.fromEntries(chosen),
      REHEARSAL_PROJECT: project,
      REHEARSAL_WORK: work,
      REHEARSAL_SOCKET: env['REHEARSAL_SOCKET'] || socketOf(env['DOCKER_HOST']),
      ...(containers ? { REHEARSAL_CONTAINERS: '1' } : {}),
      ...(aws === 'localstack' ? { REHEARSAL_AWS: 'http://localstack:4566' } : {}),
      ...(repository === 'artifactory'
        ? {
            REHEARSAL_REPOSITORY: 'http://artifactory:8082/artifactory/example-repo-local',
            REHEARSAL_REPOSITORY_PASSWORD: 'password',
          }
        : {}),
    },
  };
}

/** Rootless engines have theirs elsewhere, and DOCKER_HOST says where. */
function socketOf(host = ''): string {
  return host.startsWith('unix://') ? host.slice('unix://'.length) : '/var/run/docker.sock';
}

/** Empties the agent's directory and writes the file; the folder belongs to whoever runs this, and so does all that comes into it. */
export function writeValues({ file, work, environment }: Values): void {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(path.join(work, 'checkout'), { recursive: true });
  const lines = Object.entries(environment).map(([name, value]) => `${name}='${value}'\n`);
  writeFileSync(file, lines.join(''));
}
