import { describe, expect, test } from '@jest/globals';
import { pauseBefore, parseRetryAfter } from '../src/retry.ts';

const policy = { limit: 3, firstPause: 100, longestPause: 1000, longestRetryAfter: 5000 };
const moment = { attempt: 1, elapsed: 0, total: 60_000, retryAfter: null, random: 0 };

describe('pauses', () => {
  test('double, up to the longest', () => {
    const pauses = [1, 2, 3].map((attempt) => pauseBefore(policy, { ...moment, attempt, random: 1 }));
    expect(pauses).toEqual([100, 200, 400]);
    expect(pauseBefore({ ...policy, limit: 99 }, { ...moment, attempt: 50, random: 1 })).toBe(1000);
  });

  test('are spread over their upper half', () => {
    expect(pauseBefore(policy, { ...moment, random: 0 })).toBe(50);
    expect(pauseBefore(policy, { ...moment, random: 0.5 })).toBe(75);
  });

  test('end with the last attempt, and with the time', () => {
    expect(pauseBefore(policy, { ...moment, attempt: 4 })).toBeNull();
    expect(pauseBefore(policy, { ...moment, elapsed: 59_950 })).toBeNull();
  });

  test('are at least what the server asks for, within the limit', () => {
    expect(pauseBefore(policy, { ...moment, retryAfter: 5000 })).toBe(5000);
    expect(pauseBefore(policy, { ...moment, retryAfter: 0 })).toBe(50);
    expect(pauseBefore(policy, { ...moment, retryAfter: 5001 })).toBeNull();
    expect(pauseBefore(policy, { ...moment, elapsed: 58_000, retryAfter: 3000 })).toBeNull();
  });
});

test.each([
  [undefined, null],
  ['', null],
  ['2', 2000],
  [' 2 ', 2000],
  ['0', 0],
  ['-1', null],
  ['1.5', null],
  ['soon', null],
  ['999999999999999999', null],
  ['Thu, 01 Jan 1970 00:01:00 GMT', 59_000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
])('Retry-After %j at one second past the epoch', (header, expected) => {
  expect(parseRetryAfter(header, 1000)).toBe(expected);
});
