// How each tool is told to bring a task definition onto a service and to wait for what comes of it.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { awsCli } from '../../third-party/emulators.ts';
import { region, testCredentials, type Built, type Env } from '../../third-party/installer-shop.ts';
import type { Case } from '../../containers/stage.ts';
import type { Command } from './measured.ts';

export interface Tool {
  readonly name: string;
  /** `url`: where AWS answers, through the proxy that counts. `limit`: seconds after which it is killed. */
  command(input: ToolInput): Command;
}

export interface ToolInput {
  readonly url: string;
  readonly one: Case;
  readonly built: Built;
  readonly limit: number;
}

const python = awsCli.program;
const service = 'hid-generator';

/** The image's own bundle, with its code cache; `loader` is made by installer-bundle.ts. */
export function installer(loader: string): Tool {
  return {
    name: 'bamboo-ecs installer',
    command: ({ one, built }) => ({
      words: [process.execPath, loader, 'install'],
      cwd: built.checkout,
      // As users have it: the shop of the tests leaves the preflight out.
      env: { ...one.environment(built), bamboo_ecs_preflight: 'on' },
    }),
  };
}

/** `register-task-definition`, `update-service`, `wait services-stable`: the three lines of most scripts. */
export const cli: Tool = {
  name: 'aws cli, update and wait',
  command: ({ url, one, built }) => {
    const aws = `'${python}' '${awsCli.script}' ecs`;
    const where = `--cluster ${one.cluster}`;
    const script = [
      'set -e',
      `arn=$(${aws} register-task-definition --cli-input-json "file://$1" --query taskDefinition.taskDefinitionArn --output text)`,
      `${aws} update-service ${where} --service ${service} --task-definition "$arn" --output json > /dev/null`,
      `${aws} wait services-stable ${where} --services ${service}`,
    ].join('\n');
    return {
      words: ['/bin/sh', '-c', script, 'sh', taskDefinitionFile(built)],
      cwd: built.checkout,
      env: awsEnv(url, built),
    };
  },
};

/** fabfuel/ecs-deploy, from PyPI. It changes the image in what runs. */
export function ecsDeploy(program: string): Tool {
  return {
    name: 'ecs-deploy (fabfuel)',
    command: ({ url, one, built, limit }) => ({
      words: [python, program, 'deploy', one.cluster, service, '--region', region]
        .concat('--image', service, imageOf(one, built), '--rollback', '--timeout', String(limit))
        .concat('--no-deregister') as [string, ...string[]],
      cwd: built.checkout,
      env: awsEnv(url, built),
    }),
  };
}

/** kayac/ecspresso, a program given by its path. */
export function ecspresso(program: string): Tool {
  return {
    name: 'ecspresso',
    command: ({ url, one, built, limit }) => {
      const folder = path.join(built.checkout, 'ecspresso');
      mkdirSync(folder, { recursive: true });
      const config = { region, cluster: one.cluster, service, timeout: `${limit}s` };
      writeFileSync(
        path.join(folder, 'ecspresso.json'),
        JSON.stringify({ ...config, task_definition: taskDefinitionFile(built) }),
      );
      return {
        words: [program, 'deploy', '--config', path.join(folder, 'ecspresso.json')],
        cwd: folder,
        env: awsEnv(url, built),
      };
    },
  };
}

/** aws-actions/amazon-ecs-deploy-task-definition: `dist/index.js` of a checkout, run as GitHub's runner runs it. */
export function awsAction(script: string): Tool {
  return {
    name: 'aws-actions deploy',
    command: ({ url, one, built, limit }) => ({
      words: [process.execPath, script],
      cwd: built.checkout,
      env: {
        ...awsEnv(url, built),
        'INPUT_TASK-DEFINITION': taskDefinitionFile(built),
        INPUT_SERVICE: service,
        INPUT_CLUSTER: one.cluster,
        'INPUT_WAIT-FOR-SERVICE-STABILITY': 'true',
        'INPUT_WAIT-FOR-MINUTES': String(Math.ceil(limit / 60)),
        'INPUT_WAIT-MAX-DELAY-SECONDS': '15',
        GITHUB_WORKSPACE: built.checkout,
      },
    }),
  };
}

function taskDefinitionFile({ checkout }: Built): string {
  const version = versionOf(checkout);
  return path.join(checkout, `target/bamboo-ecs/descriptors/${service}-${version}-task-definition.json`);
}

const versions = new Map<string, string>();

/** Which version a checkout was published as: the bench says it when it publishes. */
export function noteVersion({ checkout }: Built, version: string): void {
  versions.set(checkout, version);
}

function versionOf(checkout: string): string {
  const version = versions.get(checkout);
  if (version === undefined) throw new Error(`${checkout} was not published`);
  return version;
}

function imageOf({ image }: Case, { checkout }: Built): string {
  return `${image}:${versionOf(checkout)}`;
}

function awsEnv(url: string, { checkout }: Built): Env {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: path.join(checkout, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(checkout, 'no-credentials'),
    ...testCredentials,
  };
}
