// Bamboo's Docker task: docker run --volume <dir>:/data --workdir /data --rm -e … IMAGE <command>, as whom ever.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { requires } from '../third-party/requires.ts';
import { asOptions, buildVariables, checkOut, openToAll } from './agent.ts';
import { buildImages, docker, engineIsHere, howToGetAnEngine } from './engine.ts';

const agent = 4321;
const stranger = 20_002;
const hardened = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];

const isRoot = process.getuid?.() === 0;
if (
  requires('docker', engineIsHere, howToGetAnEngine) &&
  requires('root, for files of other users', isRoot, 'run the tests as root')
)
  describeDockerTask();

function describeDockerTask(): void {
  const { expander } = buildImages();
  const options = asOptions(buildVariables);

  describe('users', () => {
    test('started as root, it becomes the owner of the working directory: the agent can remove every file', async () => {
      using checkout = checkOut(agent);
      const run = await docker('run', '--rm', ...checkout.mount, ...options, expander, 'expand');
      expect([run.exitCode, run.stderr]).toEqual([0, '']);
      expect(checkout.read('target/bamboo-ecs/bamboo.properties')).toContain('version=1.0.15.RELEASE');
      expect(checkout.owners()).toEqual([`${agent}:${agent}`]);
    });

    test('as a user without a passwd entry, hardened, without a home', async () => {
      using checkout = checkOut(stranger);
      const user = ['--user', `${stranger}:${stranger}`, '-e', 'HOME=/nowhere'];
      const run = await docker(
        'run',
        '--rm',
        ...user,
        ...hardened,
        ...checkout.mount,
        ...options,
        expander,
        'expand',
      );
      expect([run.exitCode, run.stderr]).toEqual([0, '']);
      expect(checkout.owners()).toEqual([`${stranger}:${stranger}`]);
    });

    test('as a user who is in the group of the agent only: reads, and says that it cannot write', async () => {
      using checkout = checkOut(agent);
      const user = ['--user', `${stranger}:${agent}`, ...hardened];
      const run = await docker('run', '--rm', ...user, ...checkout.mount, ...options, expander, 'expand');
      expect(run.exitCode).toBe(2);
      expect(run.stdout).toContain('permission denied');
      expect(run.stdout).toContain('Mount the working directory writable');
    });

    test.each([
      ['of root, as a container leaves it', (folder: string) => mkdirSync(path.join(folder, 'target'))],
      ['a link out of it', (folder: string) => symlinkSync('/usr', path.join(folder, 'target'))],
    ])(
      'a folder target that is %s: refused with whose it is; nothing gets another owner',
      async (_so, make) => {
        using checkout = checkOut(agent);
        make(checkout.folder);
        const before = checkout.owners();
        const run = await docker('run', '--rm', ...checkout.mount, ...options, expander, 'expand');
        expect(run.exitCode).toBe(2);
        expect(run.stdout).toMatch(
          /permission denied: \/(data\/target|usr) is of 0:0 with mode 755, this process of 4321:4321/u,
        );
        expect(checkout.owners()).toEqual(before);
        expect(before).toContain('0:0');
      },
    );

    test('as root that may not change its user: refused where it would leave files of root', async () => {
      using checkout = checkOut(agent);
      openToAll(checkout, agent);
      const run = await docker('run', '--rm', ...hardened, ...checkout.mount, ...options, expander, 'expand');
      expect(run.exitCode).toBe(2);
      expect(run.stdout).toContain(`Start it with --user ${agent}:${agent}`);
      expect(checkout.owners()).toEqual([`${agent}:${agent}`]);
    });

    test('hardened as root, where it can write nothing: told as by anyone else', async () => {
      using checkout = checkOut(agent);
      const run = await docker('run', '--rm', ...hardened, ...checkout.mount, ...options, expander, 'expand');
      expect(run.exitCode).toBe(2);
      expect(run.stdout).toContain('permission denied');
    });

    test('in a directory of root it stays root: rootless engines show the agent as root', async () => {
      using checkout = checkOut(0);
      const run = await docker('run', '--rm', ...checkout.mount, ...options, expander, 'expand');
      expect(run.exitCode).toBe(0);
      expect(checkout.owners()).toEqual(['0:0']);
    });

    test('without a mount it is nobody in particular', async () => {
      const script =
        'const { uid } = require("fs").statSync("/home/app"); process.exitCode = uid === 10001 ? 0 : 1';
      const own = await docker('run', '--rm', '--entrypoint', 'node', expander, '-e', script);
      expect(own.exitCode).toBe(0);
      const run = await docker(
        'run',
        '--rm',
        ...options,
        '-e',
        'bamboo_ecs_version=1.2.3',
        '-e',
        'bamboo_ecs_project=x',
        expander,
        'version',
      );
      expect([run.exitCode, run.stderr]).toEqual([0, '']);
    });
  });

  describe('values', () => {
    test('by --env-file', async () => {
      using checkout = checkOut(agent);
      mkdirSync(path.join(checkout.folder, 'values'));
      const file = path.join(checkout.folder, 'values/bamboo.env');
      writeFileSync(
        file,
        Object.entries(buildVariables)
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
      );
      const expand = () => docker('run', '--rm', '--env-file', file, ...checkout.mount, expander, 'expand');
      expect((await expand()).exitCode).toBe(0);
      // Docker takes quotes as part of the value.
      appendFileSync(file, 'bamboo_planRepository_branchName="master"\n');
      const quoted = await expand();
      expect(quoted.exitCode).toBe(2);
      expect(quoted.stdout).toContain('quotes are part of the value of bamboo_planRepository_branchName');
    });

    test('by the variables file that the script of docs/ writes: quotes, $, newlines; of mode 600', async () => {
      using checkout = checkOut(agent);
      const role = `it's "$HOME" \\ and\nsecond line é`;
      const script = path.join(import.meta.dirname, '../../docs/bamboo-variables.sh');
      const env = { PATH: process.env['PATH'] ?? '', ...buildVariables, bamboo_ecsInstanceRole: role };
      execFileSync('sh', [script], { cwd: checkout.folder, env });
      execFileSync('chown', [`${agent}:${agent}`, 'bamboo-variables.env'], { cwd: checkout.folder });
      const run = await docker('run', '--rm', ...checkout.mount, expander, 'expand');
      expect([run.exitCode, run.stderr]).toEqual([0, '']);
      const descriptor = JSON.parse(
        checkout.read('target/bamboo-ecs/descriptors/hid-generator-1.0.15.RELEASE-service-definition.json'),
      ) as { role: string };
      expect(descriptor.role).toBe(role);
      expect(statSync(path.join(checkout.folder, 'bamboo-variables.env')).mode & 0o777).toBe(0o600);
    });

    test('publishes into a repository under the working directory', async () => {
      using checkout = checkOut(agent);
      const repository = ['-e', 'bamboo_ecs_repository=file:/data/releases'];
      const run = await docker('run', '--rm', ...checkout.mount, ...options, ...repository, expander);
      expect([run.exitCode, run.stderr]).toEqual([0, '']);
      expect(checkout.read('target/bamboo-ecs/bamboo.properties')).toContain('published=true');
      expect(checkout.owners()).toEqual([`${agent}:${agent}`]);
    });
  });

  test('what is neither ours nor a program is answered with our commands', async () => {
    const run = await docker('run', '--rm', expander, 'pubish');
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toContain('there is no command "pubish"; the commands are publish, expand, version');
    // A command of the other image, a word of the shell, and one that is a word of the shell in some images.
    for (const [word, answer] of [
      ['install', 'there is no command "install"'],
      ['wait', 'there is no command "wait"'],
      ['help', 'Usage: expander [command]'],
    ] as const)
      expect((await docker('run', '--rm', expander, word)).stdout).toContain(answer);
    expect((await docker('run', '--rm', expander, 'echo', 'said')).stdout).toBe('said\n');
  });
}
