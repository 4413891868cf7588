import { expect, test } from '@jest/globals';
import { clockOffset, offsetFromWords, tellOffset } from '../src/index.ts';

const minute = 60_000;

test.each([
  [12 * minute, "The clock of this agent is 12 minutes behind AWS's."],
  [-7 * minute, "The clock of this agent is 7 minutes ahead of AWS's."],
  [20_000, "The clock of this agent is 20 seconds behind AWS's."],
  [minute, "The clock of this agent is 1 minute behind AWS's."],
  [-60 * minute, "The clock of this agent is 60 minutes ahead of AWS's."],
  [300 * minute, "The clock of this agent is 5 hours behind AWS's."],
  [-60 * 24 * 366 * minute, "The clock of this agent is 366 days ahead of AWS's."],
])('%d ms: %s', (offset, words) => {
  expect(tellOffset(offset)).toBe(words);
});

test('the Date of an answer', () => {
  const now = Date.UTC(2026, 10, 24, 12, 0, 0);
  expect(clockOffset('Tue, 24 Nov 2026 12:12:00 GMT', now)).toBe(12 * minute);
  expect(clockOffset('yesterday', now)).toBeUndefined();
  expect(clockOffset(undefined, now)).toBeUndefined();
});

test.each([
  [
    'Signature expired: 20261124T120000Z is now earlier than 20261124T120700Z (20261124T121200Z - 5 min.)',
    12 * minute,
  ],
  [
    'Signature not yet current: 20261124T121200Z is still later than 20261124T120500Z (20261124T120000Z + 5 min.)',
    -12 * minute,
  ],
  [
    'Signature expired: 20269924T129999Z is now earlier than 20261124T120700Z (20261124T121200Z - 5 min.)',
    undefined,
  ],
  ['The security token included in the request is expired', undefined],
  ['', undefined],
])('%j', (words, offset) => {
  expect(offsetFromWords(words)).toBe(offset);
});
