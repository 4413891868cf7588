// `make rehearse` as a test: exit 0 only if every step ended as it should, and the README's excerpts are what it prints.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';

let log = '';
let exitCode: number | null = null;

beforeAll(async () => {
  const script = path.join(import.meta.dirname, 'story', 'main.ts');
  const child = spawn(process.execPath, [script, path.join(import.meta.dirname, '..', 'target', 'story')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 170_000,
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
  exitCode = await new Promise((resolve) => {
    child.on('close', resolve);
  });
}, 180_000);

test('every step of the story ends as it should', () => {
  const failedSteps = log.split('\n').filter((line) => line.startsWith('✘'));
  expect({ exitCode, failedSteps }).toEqual({ exitCode: 0, failedSteps: [] });
});

test('the stand-ins answer whatever the preflight asks', () => {
  expect(log.split('\n').filter((line) => line.includes('could not be looked at'))).toEqual([]);
});

test('no secret of the shop is in any line', () => {
  expect(log).not.toContain('rehearsal-password');
  expect(log).not.toContain('rehearsal-secret-key');
});

/** What differs from run to run: ids, digests, ports, counts of tasks. */
function normalised(line: string): string {
  return line
    .replaceAll(/\b[0-9a-f]{32,64}\b/gu, 'ID')
    .replaceAll(/127\.0\.0\.1:\d+/gu, 'HOST')
    .replaceAll(/ecs-svc\/\d+/gu, 'DEPLOYMENT')
    .replaceAll(/\b\d+ tasks\b/gu, 'N tasks')
    .replace(/ \(and \d+ more alike\)/u, ' (and more alike)')
    .replace(/^ *(\| )?\+\d+:\d+ +/u, '$1')
    .trim();
}

test("the README's excerpts of the log are real", () => {
  const readme = readFileSync(path.join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const fences = Array.from(readme.matchAll(/^```(\w*)\n(.*?)^```$/gmsu));
  const blocks = fences.filter(([, language]) => language === '').map(([, , text]) => text ?? '');
  expect(blocks).toHaveLength(2);
  const printed = new Set(log.split('\n').map((line) => normalised(line.replace(/^build\t[^\t]*\t/u, ''))));
  // Which counts a poll happens to see depends on the machine.
  const lines = blocks
    .flatMap((block) => block.split('\n'))
    .filter((line) => line.trim() !== '' && line !== '...' && !/ running \(\d+ %\)/u.test(line));
  expect(lines.map(normalised).filter((line) => !printed.has(line))).toEqual([]);
});
