// Bamboo's Docker Runner keeps a container for a whole job and calls into it. The command lines are those of an agent's
// log (Bamboo 8.2.5); what Bamboo writes into its scripts is not public, so ours stand in for them.
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { requires } from '../third-party/requires.ts';
import { buildVariables, checkOut } from './agent.ts';
import { buildImages, docker, engineIsHere, howToGetAnEngine, mustDocker, start } from './engine.ts';

const agent = 4321;
const isRoot = process.getuid?.() === 0;
if (
  requires('docker', engineIsHere, howToGetAnEngine) &&
  requires('root, for files of other users', isRoot, 'run the tests as root')
)
  describeRunner();

function script(file: string, lines: readonly string[]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${lines.join('\n')}\n`);
  chmodSync(file, 0o755);
}

function describeRunner(): void {
  const { expander, installer } = buildImages();

  describe.each([
    ['expander', expander],
    ['installer', installer],
  ])('%s', (program, image) => {
    test('the container of a job: started, initialised, a task run in it, removed', async () => {
      using checkout = checkOut(agent);
      // Inside and outside the paths are the same.
      const mount = `${checkout.folder}:${checkout.folder}`;
      await using container = await start('--volume', mount, image, 'tail', '-f', '/dev/null');
      const initialise = path.join(checkout.folder, 'initialiseDockerContainer.sh');
      script(initialise, ['set -e', 'mkdir -p /tmp/bamboo', 'env | sort > /tmp/bamboo/environment']);
      await mustDocker('cp', initialise, `${container.name}:/tmp/initialiseContainer.sh`);
      for (const [command, value] of [
        ['chown', 'root:root'],
        ['chmod', '755'],
      ] as const)
        await mustDocker('exec', '-u', 'root', container.name, command, value, '/tmp/initialiseContainer.sh');
      await mustDocker('exec', container.name, '/tmp/initialiseContainer.sh');
      rmSync(initialise);

      const task = path.join(checkout.folder, 'task-ScriptBuildTask-1.sh');
      const exports = Object.entries(buildVariables).map(([name, value]) => `export ${name}='${value}'`);
      const help = `${program} --help | head -n 1`;
      script(task, [
        'set -e',
        ...exports,
        `cd '${checkout.folder}'`,
        help,
        `${program} ${program === 'expander' ? 'expand' : '--version'}`,
      ]);
      const run = await docker('exec', container.name, task);
      expect([run.exitCode, run.stderr]).toEqual([0, '']);
      expect(run.stdout).toContain(`bamboo-ecs ${program} `);
      rmSync(task);
      expect(checkout.owners()).toEqual([`${agent}:${agent}`]);
    });
  });

  test('PID 1 is the command itself: nothing stands between it and the signals', async () => {
    await using container = await start(expander, 'tail', '-f', '/dev/null');
    const name = await mustDocker('exec', container.name, 'cat', '/proc/1/comm');
    expect(name).toBe('tail');
  });

  test('the programs are found without PATH, and by a user whom nobody knows', async () => {
    await using container = await start(installer, 'tail', '-f', '/dev/null');
    const inside = [
      'exec',
      '-u',
      '999:999',
      container.name,
      'env',
      '-i',
      '/bin/sh',
      '-lc',
      'installer --version',
    ];
    expect(await mustDocker(...inside)).toMatch(/^installer \d/u);
  });

  test('a command that is ours wins over a program of the same name; others keep their exit codes', async () => {
    using checkout = checkOut(agent);
    const ours = await docker('run', '--rm', ...checkout.mount, expander, 'expand', '--help');
    expect(ours.stdout).toContain('Usage: expander expand');
    const theirs = await docker('run', '--rm', expander, 'sh', '-c', 'exit 42');
    expect(theirs.exitCode).toBe(42);
  });
}
