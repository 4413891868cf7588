import { describe, expect, test } from '@jest/globals';
import {
  findProjectName,
  findVersionSource,
  formatNumbers,
  readVersionSource,
  versionSourceNames,
} from '../src/index.ts';
import { files } from './files.ts';
import { refusal, valueOf } from './result.ts';

const pyproject = '[project]\nname = "hid-python"\nversion = "1.0"\n';
const shim = 'from setuptools import setup\nsetup()\n';

describe('package.json', () => {
  test.each([
    ['{"name":"hid-generator","version":"1.0.15"}', 'hid-generator'],
    ['\uFEFF{\r\n"version": "1.0.15", "name": "@acme/hid-generator"}', 'hid-generator'],
    ['{"version":"1.0.15"}', undefined],
    ['{"version":"1.0.15","name":7}', undefined],
  ])('%j', (text, project) => {
    const source = valueOf(readVersionSource('package.json', files({ 'package.json': text })));
    expect(formatNumbers(source.numbers)).toBe('1.0.15');
    expect(source.project).toBe(project);
  });

  test.each([
    ['', /1:1: It is not JSON: Unexpected end/],
    ['{"name": "x",\n "version": 1.0.15}', /package\.json:2:16: It is not JSON/],
    ['{\n  "version": x}', /package\.json:2:14: It is not JSON: Unexpected token 'x'/],
    ['<html>', /package\.json:1:1: It is not JSON/],
    ['[]', /not a JSON object/],
    ['null', /not a JSON object/],
    ['{}', /no member "version"/],
    ['{"__proto__":{"version":"1.0.15"}}', /no member "version"/],
    ['{\n  "version": 1}', /package\.json:2:3 \$\.version: The version is not a string/],
    ['{"version":null}', /not a string/],
  ])('refuses %j', (text, reason) => {
    expect(refusal(readVersionSource('package.json', files({ 'package.json': text })))).toMatch(reason);
  });

  test('no piece of a broken file gets into the log', () => {
    const text = '{"password": "hunter2", x}';
    expect(refusal(readVersionSource('package.json', files({ 'package.json': text })))).not.toMatch(
      /hunter2/,
    );
  });
});

describe('VERSION', () => {
  test.each(['1.0.15', '1.0.15\r\n', '\uFEFF# the version\n\n 1.0.15 \n', '1.0.15-SNAPSHOT'])(
    '%j',
    (text) => {
      expect(formatNumbers(valueOf(readVersionSource('VERSION', files({ VERSION: text }))).numbers)).toBe(
        '1.0.15',
      );
    },
  );
  test.each([
    ['', /is empty/],
    ['\n1.2\n', /VERSION:2: .*two numbers/],
    ['1.0.15\n1.0.16', /VERSION:2: .*more than one line/],
    ['version=1.0.15', /must stand/],
  ])('refuses %j', (text, reason) => {
    expect(refusal(readVersionSource('VERSION', files({ VERSION: text })))).toMatch(reason);
  });
});

describe('a named file', () => {
  test.each([
    ['pom.xml', /no file 'pom\.xml'/],
    ['pom.xmll', /Did you mean pom\.xml/],
    ['sub/Pom.xml', /Did you mean pom\.xml/],
    ['README.md', /not known[^]*package\.json, pom\.xml/],
    ['', /not known/],
    ['constructor', /not known/],
  ])('refuses %j', (name, reason) => {
    expect(refusal(readVersionSource(name, files({})))).toMatch(reason);
  });

  test('may lie in a folder', () => {
    const read = files({ 'a/b/package.json': '{"version":"1.0.15"}' });
    expect(formatNumbers(valueOf(readVersionSource('a/b/package.json', read)).numbers)).toBe('1.0.15');
  });

  test('may not be endless', () => {
    for (const name of versionSourceNames) {
      expect(refusal(readVersionSource(name, () => ' '.repeat(1024 * 1024 + 1)))).toMatch(
        /longer than 1 MiB/,
      );
    }
  });
});

describe('findVersionSource', () => {
  test.each([
    [{ 'pom.xml': '<project><version>1.0.15</version></project>' }, 'pom.xml', '1.0.15'],
    [{ 'pyproject.toml': pyproject, 'setup.py': shim, 'setup.cfg': '[flake8]\n' }, 'pyproject.toml', '1.0.0'],
    [
      { 'pyproject.toml': '[build-system]\nrequires = []', 'setup.py': 'setup(version="1.0.15")' },
      'setup.py',
      '1.0.15',
    ],
    // The tool's own order: pyproject.toml decides.
    [{ 'pyproject.toml': pyproject, 'setup.py': 'setup(version=compute())' }, 'pyproject.toml', '1.0.0'],
    [
      { 'build.gradle': "version = '1.0.15'", 'gradle.properties': 'version=1.0.14' },
      'build.gradle',
      '1.0.15',
    ],
    [
      { 'build.gradle': "apply plugin: 'java'", 'gradle.properties': 'version=1.0.14' },
      'gradle.properties',
      '1.0.14',
    ],
    [
      { 'package.json': '{"private":true}', 'pom.xml': '<project><version>1.0.15</version></project>' },
      'pom.xml',
      '1.0.15',
    ],
    [
      {
        'package.json': '{"version":"1.0.15"}',
        'pom.xml': '<project><version>1.0.15-SNAPSHOT</version></project>',
      },
      'package.json',
      '1.0.15',
    ],
    [{ VERSION: '1.0.15' }, 'VERSION', '1.0.15'],
    [{ VERSION: '1.0', 'pyproject.toml': pyproject }, 'pyproject.toml', '1.0.0'],
  ])('%j', (project, file, numbers) => {
    const found = valueOf(findVersionSource(files(project)));
    expect(found.file).toBe(file);
    expect(formatNumbers(found.numbers)).toBe(numbers);
  });

  test.each([
    [{}, /No file of the project states a version\.[^]*Looked for: package\.json.*VERSION/],
    [
      { 'setup.py': shim, 'package.json': '{}' },
      /package\.json: it has no member "version"; setup\.py: its setup\(\) names no version/,
    ],
    [
      { 'package.json': '{"version":"0.0.1"}', 'pom.xml': '<project><version>1.0.15</version></project>' },
      /Several files .*package\.json \(0\.0\.1\), pom\.xml \(1\.0\.15\)[^]*version-file/,
    ],
    [
      { 'package.json': '{', 'pyproject.toml': pyproject },
      /package\.json \(cannot be read\), pyproject\.toml \(1\.0\.0\)/,
    ],
    [{ 'package.json': '{' }, /^package\.json:1:2: It is not JSON/],
  ])('refuses %j', (project, reason) => {
    expect(refusal(findVersionSource(files(project)))).toMatch(reason);
  });
});

test('findProjectName takes the first that names one', () => {
  expect(findProjectName(files({ 'package.json': '{}', 'pyproject.toml': pyproject }))).toEqual({
    project: 'hid-python',
    file: 'pyproject.toml',
  });
  expect(findProjectName(files({ VERSION: '1.0.15' }))).toBeNull();
});

test('the files are looked for in this order', () => {
  expect(versionSourceNames).toEqual([
    'package.json',
    'pom.xml',
    'gradle.properties',
    'build.gradle',
    'build.gradle.kts',
    'pyproject.toml',
    'setup.cfg',
    'setup.py',
    'VERSION',
  ]);
});
