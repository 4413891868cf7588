import { expect, test } from '@jest/globals';
import { Progress } from '../src/progress.ts';

/** Pairs of seconds and running tasks, of six. */
function progressAfter(...looks: readonly (readonly [number, number])[]): number | undefined {
  const progress = new Progress();
  for (const [second, running] of looks) progress.see({ running, desired: 6 }, second * 1000);
  return progress.at;
}

test('more running tasks than ever before are progress once they have stood for ten seconds', () => {
  expect(progressAfter([0, 0], [5, 2], [14, 2])).toBeUndefined();
  expect(progressAfter([0, 0], [5, 2], [15, 2])).toBe(5000);
  expect(progressAfter([5, 2], [15, 2], [20, 4], [31, 5])).toBe(20_000);
  expect(progressAfter([5, 2], [15, 2], [20, 4], [31, 5], [42, 5])).toBe(31_000);
});

test('tasks that are up for a moment again and again are none', () => {
  expect(progressAfter([1, 2], [2, 0], [3, 2], [4, 0], [13, 2], [14, 0])).toBeUndefined();
});

test('what fell meanwhile stood for as long at the lower count', () => {
  expect(progressAfter([1, 4], [9, 1])).toBeUndefined();
  expect(progressAfter([1, 4], [9, 1], [12, 1])).toBe(1000);
});

test('as many as before, or more than are wanted, are none', () => {
  expect(progressAfter([0, 6], [10, 6], [20, 3], [30, 6], [50, 6], [70, 9], [90, 9])).toBe(0);
});
