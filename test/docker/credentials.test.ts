// Credentials that AWS gives to what runs there, taken by the SDK inside the image: of an ECS task, an EKS pod, a web
// identity, an instance. The container has the addresses (169.254.…) itself, so nothing of the machine's own is touched.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { busyboxIsHere, howToGetBusybox } from '../containers/task-images.ts';
import { requires } from '../third-party/requires.ts';
import { asOptions, buildVariables, checkOut, type Checkout } from './agent.ts';
import { buildImages, docker, engineIsHere, howToGetAnEngine } from './engine.ts';
import { type Signers, startSigners } from './signers.ts';

const agent = 4321;
const isRoot = process.getuid?.() === 0;
const doors = path.join(import.meta.dirname, 'credential-doors.cjs');
const taskAddress = '169.254.170.2';
const instanceAddress = '169.254.169.254';

if (
  requires('docker', engineIsHere, howToGetAnEngine) &&
  requires('a static busybox', busyboxIsHere, howToGetBusybox) &&
  requires('root, for files of other users', isRoot, 'run the tests as root')
)
  describeCredentials();

function describeCredentials(): void {
  const { expander, installer } = buildImages();
  let signers: Signers;
  beforeAll(async () => {
    signers = await startSigners();
  });
  afterAll(async () => signers[Symbol.asyncDispose]());

  /** `installer plan` in a container that has the addresses, with what answers there. */
  async function plan(
    checkout: Checkout,
    addresses: readonly string[],
    env: Readonly<Record<string, string>>,
  ) {
    const variables = {
      ...buildVariables,
      bamboo_ecs_repository: 'file:/data/releases',
      bamboo_ecs_project: 'hid-generator',
      bamboo_ecs_release: '1.0.15.RELEASE',
      bamboo_deploy_environment: 'Production',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_ECS: signers.url,
      // Only ECS has an address here.
      bamboo_ecs_preflight: 'off',
      ...env,
    };
    const options = [...checkout.mount, ...asOptions(variables)];
    const published = await docker('run', '--rm', ...options, expander, 'publish');
    if (published.exitCode !== 0) throw new Error(published.stdout);
    const hosts = addresses.map((address) => address.split(':')[0]).filter((host) => host !== '127.0.0.1');
    const script = [
      ...hosts.map((host) => `/busybox ip addr add ${host}/32 dev lo`),
      `node /doors.cjs /tmp/ready ${addresses.join(' ')} &`,
      'until [ -e /tmp/ready ]; do /busybox sleep 0.05; done',
      'exec installer plan',
    ].join('\n');
    const mounts = ['--volume', `${doors}:/doors.cjs:ro`, '--volume', '/bin/busybox:/busybox:ro'];
    const run = await docker(
      'run',
      '--rm',
      '--cap-add',
      'NET_ADMIN',
      ...mounts,
      ...options,
      installer,
      'sh',
      '-c',
      script,
    );
    return run;
  }

  /** Written for the container; its name there. */
  const fileOf = (checkout: Checkout, content: string): string => {
    writeFileSync(path.join(checkout.folder, 'given'), content, { mode: 0o644 });
    return '/data/given';
  };

  describe.each([
    [
      'an ECS task: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
      'TASK',
      [`${taskAddress}:80`],
      () => ({ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/role-of-task' }),
      `asked ${taskAddress}: GET /role-of-task 200`,
    ],
    [
      'a full address: AWS_CONTAINER_CREDENTIALS_FULL_URI',
      'TASK',
      ['127.0.0.1:8099'],
      () => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:8099/role-of-task' }),
      'asked 127.0.0.1: GET /role-of-task 200',
    ],
    [
      'an EKS pod: a full address with a token in a file',
      'POD',
      ['169.254.170.23:80'],
      (checkout: Checkout) => ({
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/role-of-pod',
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: fileOf(checkout, 'a-t0ken-of-the-pod'),
      }),
      'asked 169.254.170.23: GET /role-of-pod 200',
    ],
    [
      'a web identity: AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN',
      'WEB',
      ['127.0.0.1:8099'],
      (checkout: Checkout) => ({
        AWS_WEB_IDENTITY_TOKEN_FILE: fileOf(checkout, 'a-t0ken-of-the-web'),
        AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/deployer',
        AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:8099',
      }),
      'asked 127.0.0.1: POST / 200',
    ],
    [
      'a profile in a file',
      'FILE',
      ['127.0.0.1:8099'],
      (checkout: Checkout) => {
        const key =
          'aws_access_key_id=ASIAFILE\naws_secret_access_key=s3cret\naws_session_token=t0ken-of-FILE\n';
        return { AWS_SHARED_CREDENTIALS_FILE: fileOf(checkout, `[deploy]\n${key}`), AWS_PROFILE: 'deploy' };
      },
      '== Plan ==',
    ],
    [
      'the role of the instance',
      'INSTANCE',
      [`${instanceAddress}:80`],
      () => ({}),
      `asked ${instanceAddress}: PUT /latest/api/token 200`,
    ],
  ] as const)('%s', (_name, who, addresses, env, asked) => {
    test('ECS is asked with them, and none is in the log', async () => {
      using checkout = checkOut(agent);
      const before = signers.seen();
      const run = await plan(checkout, addresses, env(checkout));
      expect(run.stdout).toContain(asked);
      expect(run.exitCode).toBe(0);
      const key = `ASIA${who} t0ken-of-${who}`;
      expect(signers.seen()).toEqual([...new Set([...before, key])]);
      expect(run.stdout + run.stderr).not.toMatch(/s3cret|t0ken/u);
    }, 60_000);
  });

  test('none anywhere: exit code 4, with what a container must have to see the role of its instance', async () => {
    using checkout = checkOut(agent);
    // Something answers at the address of the instance, but not as IMDS does; what is lost on the way there ends like this, too.
    const run = await plan(checkout, [`${instanceAddress}:81`], {});
    expect(run.exitCode).toBe(4);
    expect(run.stdout).toContain('NO CREDENTIALS');
    expect(run.stdout).toContain('modify-instance-metadata-options');
    expect(run.stdout).toContain('--http-put-response-hop-limit 2');
  }, 60_000);
}
