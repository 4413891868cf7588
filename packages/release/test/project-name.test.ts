import { expect, test } from '@jest/globals';
import { checkProjectName, nearest } from '../src/index.ts';
import { refusal, valueOf } from './result.ts';

test.each(['hid-generator', 'a', 'Hid_Generator.2', '_x', '1', 'a..b', 'x'.repeat(100), 'constructor'])(
  '%s',
  (name) => {
    expect(valueOf(checkProjectName(name))).toBe(name);
  },
);

test.each([
  ['', /empty/],
  ['.', /begins with "\."/],
  ['..', /begins with "\."/],
  ['.hidden', /begins with "\."/],
  ['-rf', /begins with "-"/],
  ['a/b', /contains '\/'/],
  ['..\\x', /contains '\\\\'/],
  ['@acme/hid', /contains '@'/],
  ['hid generator', /contains ' '/],
  ['hid\n', /contains '\\n'/],
  ['hid\0', /contains/],
  ['größe', /contains 'ö'/],
  ['💥', /contains/],
  ['x'.repeat(101), /longer than 100/],
])('refuses %j', (name, reason) => {
  expect(refusal(checkProjectName(name))).toMatch(reason);
});

test.each([
  ['RELEAS', ['MILESTONE', 'RELEASE'], 'RELEASE'],
  ['release', ['MILESTONE', 'RELEASE'], 'RELEASE'],
  ['timout', ['timeout', 'templates'], 'timeout'],
  ['zzz', ['timeout'], null],
  ['ab', ['x'], null],
  ['', ['a', 'out'], null],
  ['anything', [], null],
])('nearest to %j', (word, candidates, wanted) => {
  expect(nearest(word, candidates)).toBe(wanted);
});
