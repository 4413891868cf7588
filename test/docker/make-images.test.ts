// `make images` on machines that cannot build images; needs no engine.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const root = path.join(import.meta.dirname, '../..');

function makeImages(env: Readonly<Record<string, string>>): {
  readonly exitCode: number | null;
  readonly out: string;
} {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'scripts/images/build.ts')],
    {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    },
  );
  return { exitCode: status, out: stdout + stderr };
}

test('without a docker command: says which package brings it', () => {
  const { exitCode, out } = makeImages({ PATH: '/nowhere' });
  expect(exitCode).toBe(1);
  expect(out).toContain('There is no docker command');
  expect(out).toContain('apt-get install');
  expect(out).not.toContain('    at ');
});

test('without an engine: says how to start one', () => {
  const isHere = spawnSync('docker', ['--version']).status === 0;
  const { exitCode, out } = makeImages({ DOCKER_HOST: 'unix:///nowhere/docker.sock' });
  expect(exitCode).toBe(1);
  expect(out).toContain(isHere ? 'scripts/images/dockerd.sh make images' : 'There is no docker command');
});
