// How a version of a project file becomes three numbers: the two flavours, through the files that have them.
import { describe, expect, test } from '@jest/globals';
import { formatNumbers, readVersionSource } from '../src/index.ts';
import { refusal, valueOf } from './result.ts';

const node = (version: string) => readVersionSource('package.json', () => JSON.stringify({ version }));
const python = (version: string) =>
  readVersionSource('pyproject.toml', () => `[project]\nversion = ${JSON.stringify(version)}\n`);

describe('the version template and semver', () => {
  test.each([
    ['1.0.15', '1.0.15', undefined, undefined],
    ['1.0.15.RELEASE', '1.0.15', /'\.RELEASE' is taken off/, undefined],
    ['1.0.15-MILESTONE', '1.0.15', /'-MILESTONE' is taken off/, undefined],
    ['1.0.15-SNAPSHOT', '1.0.15', /'-SNAPSHOT' is taken off/, true],
    ['1.0.15.BUILD-SNAPSHOT', '1.0.15', /BUILD-SNAPSHOT/, true],
    ['1.0.15.SNAPSHOT', '1.0.15', /SNAPSHOT/, true],
    ['1.2.3-beta.1', '1.2.3', /'-beta\.1' is taken off/, true],
    ['1.2.3-0', '1.2.3', /'-0'/, true],
    ['1.2.3+build.7', '1.2.3', /'\+build\.7' is taken off/, undefined],
    ['1.2.3-rc.1+7', '1.2.3', /'-rc\.1\+7'/, true],
  ])('%s', (stated, numbers, note, preRelease) => {
    const source = valueOf(node(stated));
    expect(formatNumbers(source.numbers)).toBe(numbers);
    expect(source.stated).toBe(stated);
    expect(source.preRelease).toBe(preRelease);
    if (note) expect(source.note).toMatch(note);
    else expect(source.note).toBeUndefined();
  });

  test.each([
    ['1.2', /two numbers/],
    ['1.2-SNAPSHOT', /two numbers/],
    ['1.2.3.4', /4 numbers/],
    ['v1.2.3', /begins with "v"/],
    ['1.02.3', /leading zeros/],
    ['1.2.3.Final', /unknown tag 'Final'/],
    ['1.2.3.RELEAS', /Did you mean RELEASE/],
    ['1.2.3-', /must stand/],
    ['1.2.3 beta', /white space/],
    ['', /no numbers/],
    ['latest', /must stand/],
    [`1.2.3-${'x'.repeat(300)}`, /longer than/],
  ])('refuses %j', (stated, reason) => {
    expect(refusal(node(stated))).toMatch(reason);
    expect(refusal(node(stated))).toMatch(/^package\.json:1:2 \$\.version: /);
  });
});

describe('PEP 440', () => {
  test.each([
    ['1.0.15', '1.0.15', undefined, undefined],
    ['1.0', '1.0.0', /'1\.0' is taken as 1\.0\.0/, undefined],
    ['1', '1.0.0', /taken as/, undefined],
    ['1.0.15.0.0', '1.0.15', /taken as/, undefined],
    ['1.0.15.dev3', '1.0.15', /the branch gives the tag/, true],
    ['1.0.15rc1', '1.0.15', /taken as/, true],
    ['1.0.15-alpha.2', '1.0.15', /taken as/, true],
    ['1.0b2.dev1', '1.0.0', /taken as/, true],
    ['1.0.15+ubuntu.1', '1.0.15', /taken as/, undefined],
    ['1.0.16.dev3+g1a2b3c4', '1.0.16', /taken as/, true],
    ['v1.0.15', '1.0.15', /taken as/, undefined],
    ['2026.01.05', '2026.1.5', /taken as 2026\.1\.5/, undefined],
    ['1.0.15.RELEASE', '1.0.15', /'\.RELEASE' is taken off/, undefined],
    ['1.0.15-SNAPSHOT', '1.0.15', /'-SNAPSHOT' is taken off/, true],
    ['0!1.0', '1.0.0', /taken as/, undefined],
  ])('%s', (stated, numbers, note, preRelease) => {
    const source = valueOf(python(stated));
    expect(formatNumbers(source.numbers)).toBe(numbers);
    expect(source.preRelease).toBe(preRelease);
    if (note) expect(source.note).toMatch(note);
    else expect(source.note).toBeUndefined();
  });

  test.each([
    ['1!2.0', /epoch 1/],
    ['1.0.15.post1', /post-release[^]*Raise the last number/],
    ['1.0-1', /post-release/],
    ['1.0.15.post1.dev2', /post-release/],
    ['1.0.15.3', /4 numbers/],
    ['1.0.9007199254740993', /too large/],
    [`1.${'9'.repeat(100)}`, /too large/],
    ['1.0.x', /neither of the form of PEP 440/],
    ['', /neither/],
    ['1.0.15.FINAL', /neither/],
    ['１.0', /neither/],
    [`1.0+${'a'.repeat(300)}`, /longer than/],
  ])('refuses %j', (stated, reason) => {
    expect(refusal(python(stated))).toMatch(reason);
    expect(refusal(python(stated))).toMatch(/^pyproject\.toml:2: /);
  });
});
