// The real process: npx's entry, its signals, its exit codes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@jest/globals';

const main = join(import.meta.dirname, '../../src/main.ts');

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops it in order', async (signal) => {
  const child = spawn(process.execPath, [main, 'registry', '--port', '0'], {
    // A child that does not stop must not keep the whole run alive.
    timeout: 20_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    if (line === 'Ctrl+C stops it.') child.kill(signal);
  }
  expect(await ended).toEqual([0, null]);
});

test('a wrong word is exit code 2', async () => {
  const child = spawn(process.execPath, [main, 'nonsense'], { stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([2, null]);
});
