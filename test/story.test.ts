// `make rehearse` as a test: exit 0 only if every step ended as it should.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';

test('the story of the rehearsal ends well, within a minute', async () => {
  const script = path.join(import.meta.dirname, 'story', 'main.ts');
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const exitCode = await new Promise((resolve) => {
    child.on('close', resolve);
  });
  const failedSteps = log.split('\n').filter((line) => line.startsWith('✘'));
  expect({ exitCode, failedSteps }).toEqual({ exitCode: 0, failedSteps: [] });
  // The password of the shop is in no line of any log.
  expect(log).not.toContain('rehearsal-password');
  expect(log).not.toContain('rehearsal-secret-key');
}, 180_000);
