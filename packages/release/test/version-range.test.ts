import { describe, expect, test } from '@jest/globals';
import {
  fitsRange,
  formatVersion,
  isExact,
  parseVersion,
  parseVersionRange,
  selectVersion,
} from '../src/index.ts';
import { refusal, valueOf } from './result.ts';

const published = [
  '0.9.0.RELEASE',
  '1.0.9.RELEASE',
  '1.0.10.MILESTONE',
  '1.0.10.RELEASE',
  '1.0.15.RELEASE',
  '1.0.16.MILESTONE',
  '1.2.0.MILESTONE',
  '1.2.7.MILESTONE',
  '1.10.0.RELEASE',
  '2.0.0.RELEASE',
  '2.0.1.MILESTONE',
].map((text) => valueOf(parseVersion(text)));

describe('selectVersion', () => {
  test.each([
    ['1.0.15.RELEASE', '1.0.15.RELEASE'],
    ['1.0.15 RELEASE', '1.0.15.RELEASE'],
    ['=1.0.15 RELEASE', '1.0.15.RELEASE'],
    ['1.0.14.RELEASE', null],
    ['1.0.16.RELEASE', null],
    ['latest RELEASE', '2.0.0.RELEASE'],
    ['latest MILESTONE', '2.0.1.MILESTONE'],
    ['Latest  RELEASE', '2.0.0.RELEASE'],
    ['* RELEASE', '2.0.0.RELEASE'],
    ['1.x RELEASE', '1.10.0.RELEASE'],
    ['1 MILESTONE', '1.2.7.MILESTONE'],
    ['>=1.0.10 <2 RELEASE', '1.10.0.RELEASE'],
    ['>=1.0.10 <1.0.15 RELEASE', '1.0.10.RELEASE'],
    ['~1.2 MILESTONE', '1.2.7.MILESTONE'],
    ['^1.0.0 RELEASE', '1.10.0.RELEASE'],
    ['1.0.x || 0.x RELEASE', '1.0.15.RELEASE'],
    ['1.0.0 - 1.0.12 RELEASE', '1.0.10.RELEASE'],
    ['3.x RELEASE', null],
    ['<2 MILESTONE', '1.2.7.MILESTONE'],
  ])('%s', (text, wanted) => {
    const range = valueOf(parseVersionRange(text));
    for (const versions of [published, [...published].reverse()]) {
      const version = selectVersion(range, versions);
      expect(version && formatVersion(version)).toBe(wanted);
    }
  });

  test('of nothing is nothing', () => {
    expect(selectVersion(valueOf(parseVersionRange('latest RELEASE')), [])).toBeNull();
  });
});

test.each([
  ['1.0.15.RELEASE', true],
  ['1.0.15 RELEASE', true],
  ['1.0.x RELEASE', false],
  ['latest RELEASE', false],
])('isExact of %s', (text, exact) => {
  expect(isExact(valueOf(parseVersionRange(text)))).toBe(exact);
});

test('a RELEASE range never gives a MILESTONE', () => {
  for (const text of ['1.x RELEASE', 'latest RELEASE', '* RELEASE', '>=0 RELEASE']) {
    const range = valueOf(parseVersionRange(text));
    expect(
      published.filter((version) => fitsRange(range, version)).every(({ tag }) => tag === 'RELEASE'),
    ).toBe(true);
  }
});

test('keeps what was written', () => {
  expect(valueOf(parseVersionRange(' >=1.0.10   <2\tRELEASE ')).text).toBe('>=1.0.10 <2 RELEASE');
});

test.each([
  ['', /empty/],
  ['   ', /empty/],
  ['RELEASE', /latest RELEASE/],
  ['latest', /does not say of which tag[^]*latest RELEASE/],
  ['latest-milestone', /latest MILESTONE/],
  ['1.x', /does not say the tag[^]*1\.x RELEASE/],
  ['>=1.0.10 <2', /does not say the tag/],
  ['1.0.15', /does not say the tag/],
  ['1.x release', /Did you mean RELEASE/],
  ['latest MILESTON', /Did you mean MILESTONE/],
  ['1.x STABLE', /unknown tag 'STABLE'/],
  ['1.0.15.FINAL', /unknown tag 'FINAL'/],
  ['1.02.3.RELEASE', /leading zeros/],
  ['01.x RELEASE', /not understood/],
  ['>=1.0.10.RELEASE RELEASE', /not understood/],
  ['1.0.15.RELEASE RELEASE', /not understood/],
  ['newest RELEASE', /not understood/],
  ['>=1.0.0-beta RELEASE', /pre-release/],
  ['1.0.0+5 RELEASE', /build metadata/],
  ['>=1.0.10 <1.0.5 RELEASE', /No version can fit/],
  ['<0.0.0 RELEASE', /No version can fit/],
  ['hid-generator-1.0.15.RELEASE', /where a number must stand/],
  ['__proto__ RELEASE', /not understood/],
  [`${'1.x || '.repeat(100)}1.x RELEASE`, /longer than/],
])('refuses %j', (text, reason) => {
  expect(refusal(parseVersionRange(text))).toMatch(reason);
});
