import { describe, expect, test } from '@jest/globals';
import { exitMeaning } from '../src/index.ts';

describe('exitMeaning', () => {
  test('has an own meaning for each code of the programs', () => {
    const codes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 75];
    expect(new Set(codes.map(exitMeaning)).size).toBe(codes.length);
    expect(exitMeaning(5)).toContain('the version before is back');
    expect(exitMeaning(75)).toContain('stopped by a signal');
  });

  test('tells codes that come from elsewhere', () => {
    expect(exitMeaning(125)).toContain('docker');
    expect(exitMeaning(137)).toBe('ended by signal 9');
    expect(exitMeaning(42)).toBe('not an exit code of this program');
    expect(exitMeaning(Number.NaN)).toBe('not an exit code of this program');
  });
});
