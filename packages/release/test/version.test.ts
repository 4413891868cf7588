import { describe, expect, test } from '@jest/globals';
import { compare, lt, rcompare } from 'semver';
import {
  compareVersions,
  formatVersion,
  fromSemver,
  parseVersion,
  parseVersionNumbers,
  toSemver,
} from '../src/index.ts';
import type { Version } from '../src/index.ts';
import { refusal, valueOf } from './result.ts';

describe('parseVersion', () => {
  test.each([
    ['1.0.15.RELEASE', { major: 1, minor: 0, patch: 15, tag: 'RELEASE' }],
    ['0.0.0.MILESTONE', { major: 0, minor: 0, patch: 0, tag: 'MILESTONE' }],
    [' 10.20.30.MILESTONE\r\n', { major: 10, minor: 20, patch: 30, tag: 'MILESTONE' }],
    ['9007199254740991.0.1.RELEASE', { major: 9007199254740991, minor: 0, patch: 1, tag: 'RELEASE' }],
  ])('%j', (text, version) => {
    expect(valueOf(parseVersion(text))).toEqual(version);
    expect(formatVersion(valueOf(parseVersion(text)))).toBe(text.trim());
  });

  test.each([
    ['', /no numbers/],
    ['1.2', /two numbers only.*\n.*1\.2\.0/],
    ['1', /one number only/],
    ['1.2.3.4', /4 numbers/],
    ['1.2.3.4.RELEASE', /4 numbers/],
    ['v1.2.3', /begins with "v".*\n.*write|Write it without: 1\.2\.3/],
    ['v1.2.3.RELEASE', /begins with "v"/],
    ['1.2.3', /no tag/],
    ['1.02.3.RELEASE', /leading zeros \(02\)/],
    ['01.2.3', /leading zeros \(01\)/],
    ['00.2.3.RELEASE', /leading zeros[^]*write 0\./],
    ['1.2.9007199254740992.RELEASE', /too large/],
    [`1.2.${'9'.repeat(200)}.RELEASE`, /too large/],
    [`1.2.${'9'.repeat(300)}.RELEASE`, /longer than 256/],
    ['1.2 .3.RELEASE', /white space inside/],
    ['1.2.3. RELEASE', /white space inside|must stand/],
    ['1.2.3.release', /unknown tag 'release'[^]*Did you mean RELEASE/],
    ['1.2.3.MILESTON', /Did you mean MILESTONE/],
    ['1.2.3.FINAL', /unknown tag 'FINAL'/],
    ['1.2.3.__proto__', /where a number must stand/],
    ['1.2.3.constructor', /unknown tag/],
    ['1.2.3-RELEASE', /Write 1\.2\.3\.RELEASE/],
    ['1..3.RELEASE', /empty part/],
    ['1.2.3.', /empty part/],
    ['-1.2.3.RELEASE', /'-1' where a number/],
    ['1.2.3e1.RELEASE', /'3e1' where a number/],
    ['١.2.3.RELEASE', /where a number must stand/],
    ['1.2.3.RELEASE.4', /where a number must stand/],
    ['hello', /where a number must stand/],
  ])('refuses %j', (text, reason) => {
    expect(refusal(parseVersion(text))).toMatch(reason);
  });

  test('says everything that is wrong at once', () => {
    expect(parseVersion('1.02.RELEASES')).toMatchObject({ ok: false, problems: { length: 2 } });
  });

  test('answers on a hostile text at once', () => {
    expect(parseVersion('1-a'.repeat(100_000)).ok).toBe(false);
    expect(parseVersion(`${'1.'.repeat(120)}.`).ok).toBe(false);
  });
});

describe('parseVersionNumbers', () => {
  test('takes three numbers', () => {
    expect(parseVersionNumbers('1.0.15\n')).toEqual({ ok: true, value: { major: 1, minor: 0, patch: 15 } });
  });

  test.each(['1.0.15.RELEASE', '1.0.15.MILESTONE'])('takes the tag off %s and says so', (text) => {
    expect(parseVersionNumbers(text)).toMatchObject({
      ok: true,
      value: { major: 1, minor: 0, patch: 15 },
      warnings: [{ severity: 'warning', code: 'version-tag-ignored' }],
    });
  });

  test.each([
    ['1.2', /two numbers/],
    ['1.2.RELEASE', /'1\.2\.RELEASE' has two numbers/],
    ['v1.2.3', /begins with "v"/],
    ['1.2.3.4', /4 numbers/],
    ['1.2.3.FINAL', /'FINAL' where a number/],
    ['1.2.3-SNAPSHOT', /'3-SNAPSHOT' where a number/],
    ['', /no numbers/],
    ['${bamboo.version}', /where a number must stand/],
  ])('refuses %j', (text, reason) => {
    expect(refusal(parseVersionNumbers(text))).toMatch(reason);
  });
});

const some = [0, 1, 2, 9, 10, 11, 99, 100, Number.MAX_SAFE_INTEGER];
const versions: Version[] = some.flatMap((major) =>
  some.flatMap((minor) =>
    some.flatMap((patch) => [
      { major, minor, patch, tag: 'RELEASE' as const },
      { major, minor, patch, tag: 'MILESTONE' as const },
    ]),
  ),
);

describe('order', () => {
  test('numbers first, then MILESTONE before RELEASE', () => {
    const texts = [
      '1.0.9.RELEASE',
      '1.0.10.MILESTONE',
      '1.0.10.RELEASE',
      '1.1.0.MILESTONE',
      '2.0.0.MILESTONE',
      '10.0.0.MILESTONE',
    ];
    const shuffled = [...texts].sort();
    const sorted = shuffled.map((text) => valueOf(parseVersion(text))).sort(compareVersions);
    expect(sorted.map(formatVersion)).toEqual(texts);
  });

  test('agrees with semver on every pair', () => {
    for (let index = 0; index < versions.length; index += 7) {
      for (let other = index % 13; other < versions.length; other += 13) {
        const [left, right] = [versions[index], versions[other]];
        if (!left || !right) continue;
        const ours = Math.sign(compareVersions(left, right));
        if (ours !== compare(toSemver(left), toSemver(right))) {
          throw new Error(
            `${formatVersion(left)} and ${formatVersion(right)} are ordered otherwise by semver`,
          );
        }
      }
    }
    expect(lt('1.2.3-MILESTONE', '1.2.3')).toBe(true);
    expect(rcompare('1.2.3-MILESTONE', '1.2.2')).toBe(-1);
  });

  test('there and back again for every version', () => {
    for (const version of versions) {
      const back = fromSemver(toSemver(version));
      const again = parseVersion(formatVersion(version));
      if (
        !back.ok ||
        !again.ok ||
        compareVersions(back.value, version) !== 0 ||
        compareVersions(again.value, version) !== 0
      ) {
        throw new Error(`${formatVersion(version)} does not come back`);
      }
    }
    expect(versions).toHaveLength(some.length ** 3 * 2);
  });

  test.each([
    '1.2.3-beta.1',
    '1.2.3-RELEASE',
    '1.2.3-milestone',
    '1.2.3+7',
    '1.2.3-MILESTONE+7',
    'v1.2.3',
    '1.2',
    '',
    ' 1.2.3',
    '1.2.3-MILESTONE.1',
  ])('fromSemver refuses %j', (text) => {
    expect(fromSemver(text).ok).toBe(false);
  });
});
