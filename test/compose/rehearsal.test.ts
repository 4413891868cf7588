// `make rehearse-compose`, as both generations of compose do it; LONG_RUN=1 with and without the Docker socket each.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../containers/stage.ts';
import { docker, engineIsHere, howToGetAnEngine } from '../docker/engine.ts';
import { requires } from '../third-party/requires.ts';
import { composeHere, root } from './compose-kinds.ts';

interface Played {
  readonly exitCode: number | null;
  readonly log: string;
}

/** `interruptAt`: Ctrl-C as soon as this text is printed. */
function play(env: Readonly<Record<string, string>>, interruptAt?: string): Promise<Played> {
  const child = spawn(process.execPath, [path.join(root, 'scripts/compose/main.ts')], {
    env: { ...process.env, TAG: 'tests', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (interruptAt !== undefined && log.includes(interruptAt)) {
        child.kill('SIGINT');
        interruptAt = undefined;
      }
    });
  return new Promise((resolve) => {
    child.on('close', (exitCode) => resolve({ exitCode, log }));
  });
}

async function freePorts(): Promise<Record<string, string>> {
  const names = ['REGISTRY', 'REPOSITORY', 'AWS', 'LOAD_BALANCER'];
  const ports = names.map(async (name) => [`REHEARSAL_${name}_PORT`, String(await freePort())] as const);
  return Object.fromEntries(await Promise.all(ports));
}

/** What the engine lists of it: containers, those of tasks, networks, volumes, images of tasks. */
async function leftOf(project: string): Promise<readonly string[]> {
  const mine = `label=com.docker.compose.project=${project}`;
  const task = `label=bamboo-ecs.task-image=${project}`;
  const lists = await Promise.all([
    docker('ps', '--all', '--quiet', '--filter', mine),
    docker('ps', '--all', '--quiet', '--filter', task),
    docker('network', 'ls', '--quiet', '--filter', `name=${project}`),
    docker('volume', 'ls', '--quiet', '--filter', mine),
    docker('images', '--all', '--quiet', '--filter', task),
  ]);
  return lists.map(({ stdout }) => stdout.trim());
}

const here = composeHere();
const long = process.env['LONG_RUN'] === '1';
const cases = here.flatMap(({ kind, compose, asked }) =>
  ([true, false] as const)
    .filter((containers) => long || containers === (kind === 'v2'))
    .map((containers) => ({
      title: `${compose.name}, ${containers ? 'tasks are containers' : 'without the Docker socket'}`,
      project: `bamboo-ecs-test-${kind}-${containers ? 'containers' : 'plain'}-${process.pid}`,
      asked,
      containers,
    })),
);

if (requires('docker engine', engineIsHere, howToGetAnEngine)) {
  for (const { title, project, asked, containers } of cases)
    describe(title, () => {
      mkdirSync(path.join(root, 'target'), { recursive: true });
      // The paths of a shop have spaces.
      const folder = mkdtempSync(path.join(root, 'target/compose of a test '));
      let played: Played;
      beforeAll(async () => {
        played = await play({
          ...(await freePorts()),
          COMPOSE: asked,
          CONTAINERS: containers ? '1' : '0',
          REHEARSAL_PROJECT: project,
          REHEARSAL_FOLDER: folder,
        });
      }, 300_000);
      afterAll(() => rmSync(folder, { recursive: true, force: true }));

      test('each step ends as it should', () => {
        const failed = played.log.split('\n').filter((line) => line.startsWith('✘'));
        expect({ ...played, failed, log: played.exitCode === 0 ? '' : played.log }).toEqual({
          exitCode: 0,
          failed: [],
          log: '',
        });
        expect(played.log.match(/^✔ \d /gmu)).toHaveLength(containers ? 4 : 3);
      });

      test('what it could not show is said', () => {
        const said = played.log.includes('With containers: make rehearse-compose CONTAINERS=1');
        expect(said).toBe(!containers);
      });

      test('nothing is left: no container, network, volume or image of a task', async () => {
        expect(await leftOf(project)).toEqual(['', '', '', '', '']);
      });

      test('no secret of the shop is in any line', () => {
        expect(played.log).not.toContain('rehearsal-password');
        expect(played.log).not.toContain('rehearsal-secret-key');
      });

      test('the records are on this machine', () => {
        const record = path.join(folder, 'records/2-updated-3.2.1.json');
        expect(existsSync(record) && JSON.parse(readFileSync(record, 'utf8'))).toMatchObject({ exitCode: 0 });
      });
    });
}

if (long && engineIsHere && here.length > 0) {
  test.each(
    here.flatMap(({ compose, asked, kind }) =>
      ['Step 1', 'Step 2'].map((at) => ({ compose, asked, kind, at })),
    ),
  )(
    '$compose.name: Ctrl-C in $at takes everything down',
    async ({ asked, kind, at }) => {
      const project = `bamboo-ecs-test-${kind}-stop-${process.pid}`;
      const folder = mkdtempSync(path.join(root, 'target/compose of a test '));
      try {
        const env = { ...(await freePorts()), COMPOSE: asked, CONTAINERS: '1', REHEARSAL_PROJECT: project };
        const { exitCode, log } = await play({ ...env, REHEARSAL_FOLDER: folder }, `${at} of`);
        expect(exitCode).toBe(1);
        expect(log).toContain('Stopped by a signal.');
        expect(log).toContain('Everything is taken down');
        expect(await leftOf(project)).toEqual(['', '', '', '', '']);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    200_000,
  );
}

describe('what is missing is said', () => {
  test('no engine', async () => {
    const { exitCode, log } = await play({ DOCKER_HOST: 'unix:///nowhere/docker.sock' });
    expect(exitCode).toBe(2);
    expect(log).toMatch(/No Docker engine answers|There is no docker command/u);
    expect(log).not.toContain('    at ');
  });

  test('neither docker nor compose: which packages bring them', async () => {
    const { exitCode, log } = await play({ PATH: '/nowhere' });
    expect(exitCode).toBe(2);
    expect(log).toContain('There is no docker command');
    expect(log).toContain(
      'Docker Compose is not installed. Debian: apt-get install --no-install-recommends docker-compose',
    );
  });
});
