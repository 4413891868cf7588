import { describe, expect, test } from '@jest/globals';
import { formatNumbers, readProjectName, readVersionSource } from '../src/index.ts';
import { files } from './files.ts';
import { refusal, valueOf } from './result.ts';

const pom = (inner: string) =>
  files({
    'pom.xml': `<?xml version="1.0"?>\n<project xmlns="http://maven.apache.org/POM/4.0.0">\n${inner}\n</project>\n`,
  });

describe('pom.xml', () => {
  test.each([
    ['<version>1.0.15</version>', '1.0.15'],
    ['<version> 1.0.15-SNAPSHOT\n</version>', '1.0.15'],
    ['<parent><version>1.0.14</version></parent><version>1.0.15.RELEASE</version>', '1.0.15'],
    ['<parent><artifactId>p</artifactId><version>1.0.14</version></parent>', '1.0.14'],
    [
      '<dependencies><dependency><version>9.9.9</version></dependency></dependencies><version>1.0.15</version>',
      '1.0.15',
    ],
    ['<!-- <version>9.9.9</version> --><version>1.0<!-- x -->.15</version>', '1.0.15'],
    ['<version><![CDATA[1.0.15]]></version>', '1.0.15'],
    ['<version>${revision}</version><properties><revision>1.0.15-SNAPSHOT</revision></properties>', '1.0.15'],
    [
      '<version>${revision}${changelist}</version><properties><revision>1.0.15</revision><changelist>-SNAPSHOT</changelist></properties>',
      '1.0.15',
    ],
    ['<modules/><x><version/></x><version>1.0.15</version>', '1.0.15'],
    ['<version>${a}</version><properties><a>${b}.15</a><b>1.0</b></properties>', '1.0.15'],
    ['<version>${project.parent.version}</version><parent><version>1.0.14</version></parent>', '1.0.14'],
    ['<version>${constructor}</version><properties><constructor>1.0.15</constructor></properties>', '1.0.15'],
  ])('%s', (inner, numbers) => {
    expect(formatNumbers(valueOf(readVersionSource('pom.xml', pom(inner))).numbers)).toBe(numbers);
  });

  test('the artifact is the project', () => {
    const read = pom(
      '<parent><artifactId>parent</artifactId></parent><artifactId>hid-generator</artifactId><version>1.0.15</version>',
    );
    expect(valueOf(readVersionSource('pom.xml', read)).project).toBe('hid-generator');
  });

  test.each([
    ['<version>${revision}</version>', /pom\.xml:3:1: .*property 'revision'/],
    ['<version>${toString}</version><properties></properties>', /property 'toString'/],
    ['<version>${a}</version><properties><a>${b}</a><b>${a}</b></properties>', /property/],
    ['<version>1.0</version>', /pom\.xml:3:1: .*two numbers/],
    ['<version/>', /no numbers/],
    ['<artifactId>x</artifactId>', /neither <version> nor <parent>/],
    ['<version>1.0.15</versio>', /It is not XML/],
  ])('refuses %s', (inner, reason) => {
    expect(refusal(readVersionSource('pom.xml', pom(inner)))).toMatch(reason);
  });

  test.each([
    ['', /It is not XML/],
    ['no xml', /It is not XML/],
    ['<html/>', /no element <project>/],
    ['<project><__proto__><version>1.0.15</version></__proto__></project>', /neither <version>/],
    [
      `<!DOCTYPE p [<!ENTITY a "1"><!ENTITY b "${'&a;'.repeat(50)}"><!ENTITY c "${'&b;'.repeat(50)}">]><project><version>&c;</version></project>`,
      /must stand|not XML/,
    ],
  ])('refuses the file %s', (text, reason) => {
    expect(refusal(readVersionSource('pom.xml', files({ 'pom.xml': text })))).toMatch(reason);
  });
});

describe('gradle.properties', () => {
  test.each([
    ['version=1.0.15\n', '1.0.15'],
    ['version = 1.0.15-SNAPSHOT\r\n', '1.0.15'],
    ['\uFEFFversion: 1.0.15', '1.0.15'],
    ['version 1.0.15', '1.0.15'],
    ['# version=9.9.9\n! version=8.8.8\n  version=1.0.15', '1.0.15'],
    ['version=1.0.14\nversion=1.0.15', '1.0.15'],
    ['version=1.0.\\\n   15', '1.0.15'],
    ['ver\\u0073ion=1.0.15', '1.0.15'],
    ['org.gradle.version=9.9.9\nversion=1.0.15', '1.0.15'],
  ])('%j', (text, numbers) => {
    expect(
      formatNumbers(
        valueOf(readVersionSource('gradle.properties', files({ 'gradle.properties': text }))).numbers,
      ),
    ).toBe(numbers);
  });

  test('the project is named in settings.gradle', () => {
    const read = files({
      'gradle.properties': 'version=1.0.15',
      'settings.gradle.kts': '// x\nrootProject.name = "hid-generator"\n',
    });
    expect(valueOf(readVersionSource('gradle.properties', read)).project).toBe('hid-generator');
  });

  test.each([
    ['', /no line version/],
    ['Version=1.0.15', /no line version/],
    ['version=', /no line version/],
    ['\n\nversion=1.2', /gradle\.properties:3: .*two numbers/],
  ])('refuses %j', (text, reason) => {
    expect(refusal(readVersionSource('gradle.properties', files({ 'gradle.properties': text })))).toMatch(
      reason,
    );
  });
});

describe('build.gradle', () => {
  test.each([
    ["version = '1.0.15'", '1.0.15'],
    ['version "1.0.15-SNAPSHOT"', '1.0.15'],
    ["plugins { id 'x' version '9.9.9' }\ngroup = 'g'\nversion = '1.0.15'\n", '1.0.15'],
    ["/* version = '9.9.9' */\n// version = '8.8.8'\nversion='1.0.15' // ok", '1.0.15'],
    ["allprojects {\n  version = '1.0.15'\n}", '1.0.15'],
    ["project.version = '1.0.15'", '1.0.15'],
    ["group 'g'; version '1.0.15'", '1.0.15'],
    ['def v = "1.0.15"\nversion = v', '1.0.15'],
    ['val major = "1.0"\nversion = "$major.15"', '1.0.15'],
    ['ext { base = "1.0.15" }\nversion = "${base}-SNAPSHOT"', '1.0.15'],
    ["def re = /['\"]/\nversion = '1.0.15'", '1.0.15'],
    ['version = """1.0.15"""', '1.0.15'],
  ])('%j', (text, numbers) => {
    for (const name of ['build.gradle', 'build.gradle.kts', 'app/module.gradle']) {
      expect(formatNumbers(valueOf(readVersionSource(name, files({ [name]: text }))).numbers)).toBe(numbers);
    }
  });

  test('takes a property of gradle.properties', () => {
    const read = files({
      'build.gradle': 'version = "${appVersion}-SNAPSHOT"',
      'gradle.properties': 'appVersion=1.0.15',
    });
    expect(valueOf(readVersionSource('build.gradle', read)).stated).toBe('1.0.15-SNAPSHOT');
  });

  test.each([
    ['', /sets no version/],
    ["subprojects { version = '1.0.15' }", /sets no version/],
    ["plugins {\n  version '9.9.9'\n}", /sets no version/],
    ["dependencies { implementation('g:a') { version { strictly '1.0' } } }", /sets no version/],
    ['version = gitVersion()', /build\.gradle:1:11: .*'gitVersion \( \)' is computed/],
    ["version = '1.0.' + buildNumber", /is computed/],
    ['version = "${System.env.V}"', /is computed/],
    ['version = "$unknown"', /is computed/],
    ['version = v', /is computed/],
    ['def v = "1"\nv = "2"\nversion = v', /is computed/],
    ['def a = "$b"\ndef b = "$a"\nversion = "$a"', /is computed/],
    ['version = "${toString}"', /is computed/],
    ['version =', /is computed/],
    ["version = '1.0.15'\nversion = '1.0.16'", /more than once/],
    ["\nversion = '1.2'", /build\.gradle:2:11: .*two numbers/],
  ])('refuses %j', (text, reason) => {
    expect(refusal(readVersionSource('build.gradle', files({ 'build.gradle': text })))).toMatch(reason);
  });
});

test('a name is found whatever the file says about the version', () => {
  expect(
    readProjectName('pom.xml', pom('<artifactId>hid-generator</artifactId><version>${x}</version>')),
  ).toBe('hid-generator');
  expect(readProjectName('pom.xml', pom(''))).toBeNull();
  expect(readProjectName('pom.xml', files({}))).toBeNull();
});
