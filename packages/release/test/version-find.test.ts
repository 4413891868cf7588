import { expect, test } from '@jest/globals';
import { findVersion, formatVersion } from '../src/index.ts';
import { refusal, valueOf } from './result.ts';

test.each([
  ['hid-generator-1.0.15.RELEASE', '1.0.15.RELEASE'],
  ['release 1.0.15.RELEASE', '1.0.15.RELEASE'],
  ['1.0.15.MILESTONE', '1.0.15.MILESTONE'],
  ['v1.0.15.RELEASE', '1.0.15.RELEASE'],
  ['hid2-generator_1.0.15.RELEASE-7', '1.0.15.RELEASE'],
  ['(1.0.15.RELEASE) again 1.0.15.RELEASE', '1.0.15.RELEASE'],
  ['hid-generator-1.0.15.RELEASE-release.json', '1.0.15.RELEASE'],
  ['Größe 1.0.15.RELEASE…', '1.0.15.RELEASE'],
])('%j', (name, version) => {
  expect(formatVersion(valueOf(findVersion(name)))).toBe(version);
});

test.each([
  ['', /empty/],
  ['development-123', /<branch>-<number>[^]*setting "release"/],
  ['feature-x-7', /<branch>-<number>/],
  ['release-12', /<branch>-<number>/],
  ['1.0.15', /tag is missing/],
  ['hid-generator-1.0.15.release', /capitals/],
  ['1.42', /contains no version/],
  ['1.0.15.RELEASE and 1.0.16.RELEASE', /2 versions: 1\.0\.15\.RELEASE, 1\.0\.16\.RELEASE/],
  ['1.0.15.RELEASE 1.0.15.MILESTONE', /2 versions/],
  ['1.2.3.4.RELEASE', /contains no version/],
  ['01.0.15.RELEASE', /leading zeros/],
  ['1.0.15.RELEASES', /contains no version/],
  ['rel1.0.15.RELEASE', /contains no version/],
  ['1.0.15.RELEASEé', /contains no version/],
  ['x'.repeat(5000), /longer than 1000/],
])('refuses %j', (name, reason) => {
  expect(refusal(findVersion(name))).toMatch(reason);
});
