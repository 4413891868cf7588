import { describe, expect, test } from '@jest/globals';
import { exitMeaning } from '../src/index.ts';
import { statusOf } from '../src/html/status.ts';

const codes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 75];

describe('statusOf', () => {
  test('back and not back differ in words, sign and colour', () => {
    const [back, gone] = [5, 6].map((exitCode) => statusOf({ exitCode, outcome: 'failed' }));
    expect(back).toEqual({ tone: 'careful', icon: 'back', words: 'Failed, the version before is back' });
    expect(gone).toEqual({ tone: 'bad', icon: 'cross', words: 'Failed, the version before is NOT back' });
  });

  test('nothing ran before: nothing is said of a version before', () => {
    expect(statusOf({ exitCode: 6, outcome: 'failed', first: true }).words).toBe(
      'Failed, there was nothing to go back to',
    );
  });

  test.each(codes)('exit code %d has words of its own', (exitCode) => {
    expect(exitMeaning(exitCode)).not.toContain('not an exit code');
    const { words } = statusOf({ exitCode, outcome: 'steady' });
    const others = codes.filter((code) => code !== exitCode);
    expect(others.map((code) => statusOf({ exitCode: code, outcome: 'steady' }).words)).not.toContain(words);
  });

  test.each([
    [10, 'planned', 'neutral', 'Something to do'],
    [10, 'drifted', 'careful', 'Not as it should be'],
    [0, 'paused', 'neutral', 'Paused, waits for a decision'],
    [0, 'rolled back', 'good', 'Rolled back as asked'],
    [0, 'healthy', 'good', 'Healthy'],
  ])('exit code %s, %s', (exitCode, outcome, tone, words) => {
    expect(statusOf({ exitCode, outcome })).toMatchObject({ tone, words });
  });

  test.each([
    [0, 'drifted', 'good', 'Drifted'],
    [137, 'killed', 'bad', 'Killed'],
    [null, 'broken off', 'bad', 'Broken off'],
    [0, '', 'good', ''],
    [0, 'constructor', 'good', 'Constructor'],
  ])('exit code %s, %s: what is not known is told as it is', (exitCode, outcome, tone, words) => {
    expect(statusOf({ exitCode, outcome })).toMatchObject({ tone, words });
  });
});
