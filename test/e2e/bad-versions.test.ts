// Versions, version files and project names that cannot be meant so: refused at once, nothing published.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { build, checkoutWith, expectRefused, outputsOf, publishedFiles } from './bad-input.ts';
import { openWorld, type Env, type Run, type World } from './harness.ts';

let world: World;
let cwd: string;
beforeEach(() => {
  world = openWorld();
  cwd = checkoutWith(world);
});
afterEach(() => world.close());

function write(files: Readonly<Record<string, string | Uint8Array | null>>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(cwd, name);
    if (content === null) rmSync(file);
    else writeFileSync(file, content);
  }
}

async function refused(env: Env, ...said: readonly string[]): Promise<Run> {
  const run = await world.expander(cwd, { ...build, ...env });
  expectRefused(cwd, run, 2, ...said);
  expect(publishedFiles(world)).toEqual([]);
  expect(outputsOf(cwd).properties).toMatchObject({ version: '', project: '' });
  return run;
}

async function version(env: Env = {}): Promise<string> {
  const run = await world.expander(cwd, { ...build, ...env }, 'version');
  if (run.exitCode !== 0) throw new Error(run.log);
  return outputsOf(cwd).properties['version'] ?? '';
}

describe('the setting version', () => {
  test.each([
    ['1.2', 'has two numbers only', 'write 1.2.0'],
    ['1.2.3.4', 'has 4 numbers', 'Leave out the fourth number'],
    ['v1.2.3', 'begins with "v"', 'Write it without: 1.2.3'],
    ['01.2.3', 'has a number with leading zeros (01)', 'write 1'],
    ['1.2.03', 'has a number with leading zeros (03)', 'write 3'],
    ['1.2.3.Final', "has 'Final' where a number must stand", '1.0.15'],
    ['1.2.9007199254740993', 'has a number that is too large', 'Use a smaller number'],
    ['latest', "has 'latest' where a number must stand", '1.0.15'],
    ['1..3', 'has an empty part', '1.0.15'],
    ['1.0.15.MILESTONE', 'names another tag than this branch gives, which is RELEASE', 'branch map'],
  ])('%s is refused', async (text, why, todo) => {
    await refused({ bamboo_ecs_version: text }, '1 error:', why, todo);
  });

  test('with the tag of the branch it is taken', async () => {
    expect(await version({ bamboo_ecs_version: '1.0.15.RELEASE' })).toBe('1.0.15.RELEASE');
  });
});

describe('the file of the version', () => {
  test('there is none: the setting and the names that are looked for are told', async () => {
    write({ 'package.json': null });
    await refused(
      {},
      'No file of the project states a version',
      'package.json, pom.xml, gradle.properties',
      'the project has no name',
      'bamboo_ecs_project=hid-generator',
    );
  });

  test.each([
    ['package.jsn', 'Did you mean package.json?'],
    ['sub/VERSION', "There is no file 'sub/VERSION' to read the version from"],
    ['../VERSION', 'lies outside of the working directory'],
    ['descriptors', "How 'descriptors' holds a version is not known"],
  ])('version-file=%s', async (file, said) => {
    write({ '../VERSION': '1.2.3' });
    await refused({ bamboo_ecs_version_file: file }, said);
  });

  test('several that disagree are told with what each says; one is named and counts', async () => {
    write({ 'gradle.properties': 'version=1.0.16\n' });
    await refused({}, 'package.json (1.0.15)', 'gradle.properties (1.0.16)', 'version-file');
    expect(await version({ bamboo_ecs_version_file: 'gradle.properties' })).toBe('1.0.16.RELEASE');
  });

  test('several that agree are one', async () => {
    write({ 'gradle.properties': 'version=1.0.15\n' });
    expect(await version()).toBe('1.0.15.RELEASE');
  });

  test('the name comes from another file than the version', async () => {
    write({ VERSION: '2.0.1\n' });
    expect(await version({ bamboo_ecs_version_file: 'VERSION' })).toBe('2.0.1.RELEASE');
    expect(outputsOf(cwd).properties['project']).toBe('hid-generator');
  });

  test.each([
    ['{"version": "1.0.15"', 'package.json'],
    ['{"version": 1}', 'The version is not a string'],
    ['{"name": "x"}', 'has no member "version"'],
    ['', 'package.json'],
    ['{"version": "1.0"}', 'two numbers only'],
    ['{"__proto__": {"version": "1.0.15"}}', 'has no member "version"'],
    [Buffer.from('\uFEFF{"version": "1.0.15"}', 'utf16le'), 'is written in UTF-16; save it as UTF-8'],
    [`{"version": "1.0.15", "pad": "${'x'.repeat(2_000_000)}"}`, 'is too large: 2,0'],
  ])('a package.json like %.30s', async (content, said) => {
    write({ 'package.json': content });
    await refused({}, 'package.json', said);
  });

  test('a package.json that is a dangling link or leads out of the checkout', async () => {
    write({ 'package.json': null, VERSION: '1.0.15' });
    symlinkSync('gone.json', path.join(cwd, 'package.json'));
    await refused({}, 'the file may hold the version, but it cannot be read: it is a link to gone.json');
    rmSync(path.join(cwd, 'package.json'));
    symlinkSync('/etc/hostname', path.join(cwd, 'package.json'));
    await refused({}, 'the file may hold the version, but it lies outside of the working directory');
  });

  test('a folder that is called VERSION hinders nothing; authors in Latin-1 neither', async () => {
    mkdirSync(path.join(cwd, 'VERSION'));
    write({ 'package.json': Buffer.from('{"name":"hid","author":"Jörg","version":"1.0.15"}', 'latin1') });
    expect(await version()).toBe('1.0.15.RELEASE');
    await refused({ bamboo_ecs_version_file: 'VERSION' }, 'it is a folder, not a file');
  });

  test('a file that another one refers to is read; without it the reason is told', async () => {
    write({
      'package.json': null,
      'pyproject.toml':
        '[project]\nname = "hid"\ndynamic = ["version"]\n[tool.setuptools.dynamic]\nversion = {file = "conf/version.txt"}\n',
    });
    await refused({}, 'conf/version.txt');
    mkdirSync(path.join(cwd, 'conf'));
    write({ 'conf/version.txt': '3.1.4\n' });
    expect(await version()).toBe('3.1.4.RELEASE');
  });

  test('a pre-release that the branch makes a RELEASE is a warning; as a MILESTONE it is none', async () => {
    write({ 'package.json': '{"name": "hid", "version": "1.0.15-SNAPSHOT"}' });
    const warned = await world.expander(cwd, build, 'version');
    expect(warned.exitCode).toBe(0);
    expect(warned.log.match(/1 warning:/gu)).toHaveLength(1);
    expect(warned.log).toContain('1.0.15-SNAPSHOT is a development version or a pre-release');
    const quiet = await world.expander(
      cwd,
      { ...build, bamboo_planRepository_branchName: 'development' },
      'version',
    );
    expect(quiet.log).not.toContain('warning');
  });
});

describe('the name of the project', () => {
  test.each([
    ['../evil', 'contains'],
    ['-x', 'begins with "-"'],
    ['x'.repeat(101), 'is longer than 100 characters'],
    ['hid generator', 'contains'],
  ])('%.20s', async (name, said) => {
    await refused({ bamboo_ecs_project: name }, 'project', said);
  });

  test('out of a file: the file is named', async () => {
    write({ 'package.json': '{"name": "hid generator", "version": "1.0.15"}' });
    await refused({}, '1 error:', '1. package.json\n', "The project name 'hid generator' contains ' '");
  });
});

describe('everything at once', () => {
  test('branch, map, version, project, templates and repository are told in one run', async () => {
    rmSync(path.join(cwd, 'descriptors'), { recursive: true });
    await refused(
      {
        bamboo_planRepository_branchName: '',
        bamboo_ecs_branches: 'x',
        bamboo_ecs_version: '1.2',
        bamboo_ecs_project: 'a/b',
        bamboo_ecs_repository: 'https://user:hunter2@h.example.com/x',
      },
      '6 errors:',
      'the branch is not known',
      'two numbers only',
      'The project name',
      'the folder of the templates is not there',
      'carries credentials',
    );
  });
});
