import { describe, expect, test } from '@jest/globals';
import {
  defaultBranches,
  defaultBranchMap,
  formatBranchMap,
  normaliseBranch,
  parseBranchMap,
  tagOfBranch,
} from '../src/index.ts';
import { refusal, valueOf } from './result.ts';

test.each([
  ['master', 'master'],
  ['refs/heads/master', 'master'],
  ['refs/remotes/origin/master', 'master'],
  ['remotes/origin/master', 'master'],
  ['origin/master', 'master'],
  ['  origin/feature/x\r\n', 'feature/x'],
  ['refs/heads/origin/x', 'x'],
  ['origin/origin/x', 'x'],
  // Only at the beginning.
  ['heads/x', 'heads/x'],
  ['myorigin/x', 'myorigin/x'],
  ['feature/refs/heads/x', 'feature/refs/heads/x'],
  ['refs/tags/1.0', 'refs/tags/1.0'],
  ['', ''],
])('normaliseBranch %j', (text, branch) => {
  expect(normaliseBranch(text)).toBe(branch);
});

describe('tagOfBranch', () => {
  test.each([
    ['master=RELEASE,development=MILESTONE', 'master', 'RELEASE'],
    ['master=RELEASE,development=MILESTONE', 'refs/heads/master', 'RELEASE'],
    ['master=RELEASE,development=MILESTONE', 'development', 'MILESTONE'],
    ['master=RELEASE,development=MILESTONE', 'Master', null],
    ['master=RELEASE,development=MILESTONE', 'feature/x', null],
    ['master=RELEASE,development=MILESTONE', '__proto__', null],
    ['master=RELEASE,development=MILESTONE', '', null],
    ['master=RELEASE,*=ignore', 'master', 'RELEASE'],
    ['*=ignore,master=RELEASE', 'master', 'RELEASE'],
    ['*=MILESTONE,main=RELEASE', 'feature/a/b', 'MILESTONE'],
    ['release/*=RELEASE', 'release/1.2', 'RELEASE'],
    ['release/*=RELEASE', 'release/1.2/fix', 'RELEASE'],
    ['release/*=RELEASE', 'release', null],
    ['release/*=RELEASE', 'prerelease/1', null],
    ['release/*=RELEASE,*=MILESTONE', 'release/1', 'RELEASE'],
    ['*=MILESTONE,release/*=RELEASE', 'release/1', 'MILESTONE'],
    ['release/old=ignore,release/*=RELEASE', 'release/old', null],
    ['r?=RELEASE', 'r1', 'RELEASE'],
    ['r?=RELEASE', 'r12', null],
    ['r?=RELEASE', 'r💥', 'RELEASE'],
    ['a.c=RELEASE', 'abc', null],
    ['[ab]*=RELEASE', 'a', null],
    [' refs/heads/main = RELEASE , dev=MILESTONE', 'main', 'RELEASE'],
    ['a=b=RELEASE', 'a=b', 'RELEASE'],
    ['constructor=RELEASE', 'constructor', 'RELEASE'],
  ])('%s: %j', (map, branch, tag) => {
    expect(tagOfBranch(valueOf(parseBranchMap(map)), branch)).toBe(tag);
  });

  test('the default is what its text says', () => {
    expect(valueOf(parseBranchMap(defaultBranches))).toEqual(defaultBranchMap);
    expect(formatBranchMap(defaultBranchMap)).toBe(defaultBranches);
  });

  test('a pattern of many stars is no trap', () => {
    const map = valueOf(parseBranchMap(`${'*a'.repeat(200)}*b=RELEASE`));
    expect(tagOfBranch(map, 'a'.repeat(5000))).toBeNull();
  });
});

test.each([
  ['', /is empty/],
  [' ', /is empty/],
  ['master=RELEASE,', /Entry 2 .* is empty/],
  [',,', /Entry 1 [^]*Entry 2 [^]*Entry 3/],
  ['master', /no "="/],
  ['=RELEASE', /names no branch/],
  ['refs/heads/=RELEASE', /names no branch/],
  ['master=', /has no tag/],
  ['master=RELEAS', /Did you mean RELEASE/],
  ['master=release', /Did you mean RELEASE/],
  ['master=milestone', /Did you mean MILESTONE/],
  ['*=ignored', /Did you mean ignore/],
  ['master=SNAPSHOT', /Known are MILESTONE, RELEASE and ignore/],
  ['master=RELEASE,origin/master=MILESTONE', /'master' is given twice, as RELEASE and as MILESTONE/],
  ['*=ignore,*=RELEASE', /given twice, as ignore and as RELEASE/],
  ['my branch=RELEASE', /white space/],
  ['master=RELEAS,x,development=MILESTON', /RELEASE[^]*no "="[^]*MILESTONE/],
])('parseBranchMap refuses %j', (text, reason) => {
  expect(refusal(parseBranchMap(text))).toMatch(reason);
});

test('the same entry twice is no contradiction', () => {
  expect(valueOf(parseBranchMap('master=RELEASE,refs/heads/master=RELEASE')).rules).toHaveLength(1);
});
