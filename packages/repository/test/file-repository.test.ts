import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createFileRepository,
  publishRelease,
  readRelease,
  RepositoryError,
  sampleManifest,
} from '../src/index.ts';
import { toRepositoryError } from '../src/file/file-error.ts';

const properties = { 'build.name': 'HID-GEN' };
let outer: string;
let directory: string;

beforeEach(async () => {
  outer = await mkdtemp(join(tmpdir(), 'bamboo-ecs-file-'));
  directory = join(outer, 'not', 'yet', 'there');
});
afterEach(async () => {
  await rm(outer, { recursive: true, force: true });
});

async function kindOf(action: Promise<unknown>): Promise<string> {
  try {
    await action;
    return 'no error';
  } catch (error) {
    if (error instanceof RepositoryError) return error.kind;
    throw error;
  }
}

test('the folder is made when it is written to, not when it is read', async () => {
  const port = createFileRepository(directory);
  expect(await port.list('')).toEqual([]);
  expect(await readdir(outer)).toEqual([]);
  await port.write('p/x.json', Buffer.from('{}'), { properties });
  expect(await readFile(join(directory, 'p', 'x.json'), 'utf8')).toBe('{}');
});

test('properties lie beside the file and are not listed; no temporary file stays', async () => {
  const port = createFileRepository(directory);
  await port.write('p/x.json', Buffer.from('{}'), { properties, contentType: 'application/json' });
  expect(await readdir(join(directory, 'p'))).toEqual(['.x.json.properties.json', 'x.json']);
  expect(JSON.parse(await readFile(join(directory, 'p', '.x.json.properties.json'), 'utf8'))).toEqual({
    contentType: 'application/json',
    properties,
  });
  expect(await port.list('p')).toEqual(['x.json']);
});

test('of many exclusive writers at one time exactly one wins', async () => {
  const contents = Array.from({ length: 12 }, (_none, index) => String(index).repeat(10_000));
  const results = await Promise.all(
    contents.map((content) =>
      kindOf(
        createFileRepository(directory).write('p/x', Buffer.from(content), { properties, exclusive: true }),
      ),
    ),
  );
  expect(results.filter((kind) => kind === 'no error')).toHaveLength(1);
  expect(results.filter((kind) => kind === 'conflict')).toHaveLength(11);
  const winner = contents[results.indexOf('no error')];
  expect(await readFile(join(directory, 'p', 'x'), 'utf8')).toBe(winner);
  expect(await readdir(join(directory, 'p'))).toEqual(['.x.properties.json', 'x']);
});

test('of two publishers of one RELEASE at one time one wins, and what lies there is theirs, whole', async () => {
  for (let round = 0; round < 20; round += 1) {
    const folder = join(directory, String(round));
    const manifests = [128, 512].map((memory) => sampleManifest('1.0.15.RELEASE', { memory }));
    const results = await Promise.allSettled(
      manifests.map((manifest) =>
        publishRelease({
          port: createFileRepository(folder),
          manifest,
          policy: { replace: 'milestone' },
          properties,
        }),
      ),
    );
    const winners = manifests.filter((_manifest, index) => results[index]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    const port = createFileRepository(folder);
    const { manifest } = await readRelease({ port, project: 'hid-generator', version: '1.0.15.RELEASE' });
    expect(manifest).toEqual(winners[0]);
    for (const { name, sha256 } of manifest.descriptors) {
      expect((await port.stat(`hid-generator/1.0.15.RELEASE/${name}`))?.sha256).toBe(sha256);
    }
  }
});

describe('links', () => {
  test('that lead out of the folder are not followed', async () => {
    await mkdir(directory, { recursive: true });
    await writeFile(join(outer, 'secret'), 'secret');
    await mkdir(join(outer, 'elsewhere'));
    await symlink(join(outer, 'secret'), join(directory, 'link'));
    await symlink(join(outer, 'elsewhere'), join(directory, 'folder'));
    const port = createFileRepository(directory);
    expect(await kindOf(port.read('link', 100))).toBe('foreign');
    expect(await kindOf(port.stat('link'))).toBe('foreign');
    expect(await kindOf(port.list('folder'))).toBe('foreign');
    expect(await kindOf(port.write('folder/deep/x', Buffer.from('x'), { properties }))).toBe('foreign');
    expect(await readdir(join(outer, 'elsewhere'))).toEqual([]);
    await port.write('link', Buffer.from('new'), { properties });
    expect(await readFile(join(outer, 'secret'), 'utf8')).toBe('secret');
    expect(await readFile(join(directory, 'link'), 'utf8')).toBe('new');
  });

  test('inside the folder, and the folder itself as one, are followed', async () => {
    await mkdir(join(directory, 'p'), { recursive: true });
    await writeFile(join(directory, 'p', 'x'), 'x');
    await symlink('p', join(directory, 'alias'));
    await symlink(directory, join(outer, 'shared'));
    const port = createFileRepository(join(outer, 'shared'));
    expect(Buffer.from((await port.read('alias/x', 10)) ?? []).toString()).toBe('x');
  });
});

test('what is no file is none: a folder is not there, a pipe is foreign and does not hang', async () => {
  await mkdir(join(directory, 'p'), { recursive: true });
  execFileSync('/usr/bin/mkfifo', [join(directory, 'pipe')]);
  const port = createFileRepository(directory);
  expect(await port.read('p', 100)).toBeNull();
  expect(await port.stat('p')).toBeNull();
  expect(await kindOf(port.read('pipe', 100))).toBe('foreign');
  expect(await kindOf(port.write('p', Buffer.from('x'), { properties }))).toBe('misconfigured');
});

test('a file in the place of the folder is a mistake in the settings', async () => {
  const file = join(outer, 'file');
  await writeFile(file, '');
  const port = createFileRepository(file);
  expect(await kindOf(port.write('p/x', Buffer.from('x'), { properties }))).toBe('misconfigured');
  expect(await kindOf(port.list(''))).toBe('misconfigured');
});

test('a folder that may not be written is told as such', async () => {
  await mkdir(directory, { recursive: true });
  for (const folder of [outer, join(outer, 'not'), join(outer, 'not', 'yet')]) await chmod(folder, 0o755);
  await chmod(directory, 0o555);
  // Root may write everywhere: be somebody else for a moment.
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    const port = createFileRepository(directory);
    expect(await port.list('')).toEqual([]);
    expect(await kindOf(port.write('p/x', Buffer.from('x'), { properties }))).toBe('forbidden');
  } finally {
    if (isRoot) process.seteuid?.(0);
    await chmod(directory, 0o755);
  }
});

test.each([
  ['EROFS', 'forbidden', 'read-only'],
  ['ENOSPC', 'unreachable', 'disk is full'],
  ['ENAMETOOLONG', 'misconfigured', 'too long'],
  ['EIO', 'unreachable', 'EIO'],
])('%s is told as %s', (code, kind, said) => {
  const error = toRepositoryError(Object.assign(new Error(`${code}: x`), { code }), '/r', 'p/x');
  expect(error).toMatchObject({ kind, message: expect.stringContaining(said) });
  expect(error).toMatchObject({ message: expect.stringContaining('/r/p/x') });
});
