import { describe, expect, test } from '@jest/globals';
import { serializeManifest } from '@bamboo-ecs/release';
import {
  findNewestRelease,
  listVersions,
  publishRelease,
  readRelease,
  RepositoryError,
  sampleManifest,
  writeRecord,
} from '../src/index.ts';
import { MemoryPort } from './memory-port.ts';

const project = 'hid-generator';
const version = '1.0.15.RELEASE';
const path = `${project}/${version}/${project}-${version}-release.json`;

async function errorOf(action: Promise<unknown>): Promise<RepositoryError> {
  try {
    await action;
  } catch (error) {
    if (error instanceof RepositoryError) return error;
    throw error;
  }
  throw new Error('there was no error');
}

async function published(...versions: readonly string[]): Promise<MemoryPort> {
  const port = new MemoryPort();
  for (const one of versions) {
    await publishRelease({
      port,
      manifest: sampleManifest(one),
      policy: { replace: 'never' },
      properties: {},
    });
  }
  return port;
}

describe('a release that is not as it was published', () => {
  const manifest = sampleManifest(version);
  const text = serializeManifest(manifest);
  test.each([
    ['one byte of a descriptor changed', text.replace(': 256', ': 257'), 'corrupt'],
    [
      'an image digest changed',
      text.replace(`sha256:${'0'.repeat(64)}`, `sha256:${'2'.repeat(64)}`),
      'corrupt',
    ],
    ['cut off', text.slice(0, -100), 'foreign'],
    ['a web page', '<!DOCTYPE html><html>log in</html>', 'foreign'],
    ['empty', '', 'foreign'],
    ['another schema', text.replace('"schema": 1', '"schema": 7'), 'foreign'],
    ['another project', text.replace('"project": "hid-generator"', '"project": "other"'), 'foreign'],
    ['a name that leaves the folder', text.replace(/"name": "hid-generator-/, '"name": "../../'), 'foreign'],
    ['a list', '[]', 'foreign'],
    ['null', 'null', 'foreign'],
    ['a byte order mark', `\uFEFF${text}`, 'foreign'],
    ['__proto__ in it', text.replace('"schema": 1', '"schema": 1, "__proto__": {"x": 1}'), 'foreign'],
  ])('%s', async (_name, content, kind) => {
    const port = await published(version);
    expect(content).not.toBe(text);
    port.put(path, content);
    const error = await errorOf(readRelease({ port, project, version }));
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(path);
    expect(error.hint).not.toBe('');
  });

  test('not UTF-8', async () => {
    const port = await published(version);
    port.files.set(path, { bytes: Buffer.from([0xff, 0xfe, 0x7b]), options: { properties: {} } });
    expect((await errorOf(readRelease({ port, project, version }))).message).toContain('not UTF-8');
  });

  test('no more than a manifest can have is read', async () => {
    const port = await published(version);
    port.put(path, 'x'.repeat(5 * 1024 * 1024));
    expect((await errorOf(readRelease({ port, project, version }))).kind).toBe('foreign');
  });
});

describe('the manifest that the build handed on', () => {
  test('exactly that one or none', async () => {
    const port = await published(version);
    const { manifestSha256 } = await readRelease({ port, project, version });
    const upper = ` ${manifestSha256.toUpperCase()}\n`;
    expect(await readRelease({ port, project, version, expectedManifestSha256: upper })).toMatchObject({
      manifestSha256,
    });
    const expectedManifestSha256 = '0'.repeat(64);
    const error = await errorOf(readRelease({ port, project, version, expectedManifestSha256 }));
    expect(error.kind).toBe('corrupt');
    expect(error.message).toContain(manifestSha256);
    expect(error.message).toContain('build HID-GEN-1');
    expect(error.hint).toContain('published anew');
  });

  test('of a MILESTONE: a newer build has replaced it', async () => {
    const port = await published('1.0.15.MILESTONE');
    const wanted = { project, version: '1.0.15.MILESTONE', expectedManifestSha256: '0'.repeat(64) };
    expect((await errorOf(readRelease({ port, ...wanted }))).hint).toContain('newer build has replaced');
  });
});

describe('a release that is not there', () => {
  test('in an empty repository', async () => {
    const error = await errorOf(readRelease({ port: new MemoryPort(), project, version }));
    expect(error.message).toContain('memory: is empty');
    expect(error.hint).toContain('{tag}');
  });

  test('of a project with a misspelt name', async () => {
    const port = await published(version);
    const error = await errorOf(readRelease({ port, project: 'hid-genrator', version }));
    expect(error.hint).toBe('Did you mean the project hid-generator?');
  });

  test('among many versions: the neighbours are named', async () => {
    const port = await published(...Array.from({ length: 12 }, (_none, patch) => `1.0.${patch}.RELEASE`));
    const error = await errorOf(readRelease({ port, project, version: '1.0.6.MILESTONE' }));
    expect(error.message).toContain(
      'The nearest are 1.0.3.RELEASE, 1.0.4.RELEASE, 1.0.5.RELEASE, 1.0.6.RELEASE',
    );
    expect(error.message).toContain('(6 more)');
    const newest = await errorOf(readRelease({ port, project, version: '2.0.0.RELEASE' }));
    expect(newest.message).toContain('1.0.11.RELEASE (6 more)');
  });

  test('broken off', async () => {
    const port = await published(version);
    port.files.delete(path);
    const error = await errorOf(readRelease({ port, project, version }));
    expect(error.message).toContain('incomplete');
    expect(error.hint).toContain('Run the build of this version again');
  });
});

test('versions: only folders named as we name them', async () => {
  const port = new MemoryPort();
  for (const name of [
    '1.2.3.RELEASE',
    '1.2.10.RELEASE',
    '1.2.3.MILESTONE',
    '01.2.3.RELEASE',
    '1.2.3',
    'latest',
    '__proto__',
    ' 1.2.3.RELEASE',
    '1.2.3-RELEASE',
  ]) {
    port.put(`p/${name}/x.json`, '{}');
  }
  expect(await listVersions({ port, project: 'p' })).toEqual([
    { major: 1, minor: 2, patch: 3, tag: 'MILESTONE' },
    { major: 1, minor: 2, patch: 3, tag: 'RELEASE' },
    { major: 1, minor: 2, patch: 10, tag: 'RELEASE' },
  ]);
  expect(await findNewestRelease({ port, project: 'p', accept: () => true })).toMatchObject({
    version: null,
    incomplete: [{}, {}, {}],
  });
});

test.each(['', 'a/b', '..', '../x', '.hidden', 'a b', 'ä', 'x'.repeat(300)])(
  'a record cannot be called %j',
  async (name) => {
    const port = new MemoryPort();
    const error = await errorOf(writeRecord({ port, project, version, name, json: '{}', html: '' }));
    expect(error.kind).toBe('foreign');
    expect(port.files.size).toBe(0);
  },
);
