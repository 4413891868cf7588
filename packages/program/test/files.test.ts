import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { FileTrouble, reasonOf } from '../src/file-read.ts';
import { whyUnread, workingDirectory } from '../src/index.ts';
import { Place } from './running.ts';

const text = async (place: Place, name: string): Promise<string> => {
  const read = await place.files.read(name, 100);
  return read.kind === 'file' ? new TextDecoder().decode(read.bytes) : whyUnread(read);
};

describe('reading', () => {
  test('files, folders, nothing, too much', async () => {
    using place = new Place();
    writeFileSync(path.join(place.folder, 'a.txt'), 'a');
    writeFileSync(path.join(place.folder, 'big'), 'x'.repeat(101));
    mkdirSync(path.join(place.folder, 'sub'));
    expect(await text(place, 'a.txt')).toBe('a');
    expect(await text(place, 'sub/../a.txt')).toBe('a');
    expect(await text(place, path.join(place.folder, 'a.txt'))).toBe('a');
    expect(await text(place, 'b.txt')).toBe('is not there');
    expect(await text(place, 'a.txt/b')).toBe('is not there');
    expect(await text(place, 'sub')).toBe('is a folder, not a file');
    expect(await text(place, 'big')).toBe('is too large: 101 bytes');
    expect(await text(place, 'x'.repeat(300))).toBe('cannot be read: the name is too long');
    expect(await text(place, 'a\0b')).toContain('cannot be read');
  });

  test('relative names and names in the working directory stay in it; absolute names elsewhere are read', async () => {
    using place = new Place();
    using other = new Place();
    const secret = path.join(other.folder, 'secret');
    writeFileSync(secret, 's');
    symlinkSync(secret, path.join(place.folder, 'link'));
    symlinkSync(other.folder, path.join(place.folder, 'way'));
    const outside = `lies outside of the working directory: ${secret}`;
    expect(await text(place, 'link')).toBe(outside);
    expect(await text(place, 'way/secret')).toBe(outside);
    expect(await text(place, path.join(place.folder, 'link'))).toBe(outside);
    expect(await text(place, path.relative(place.folder, secret))).toBe(outside);
    expect(await text(place, secret)).toBe('s');
    // As Kubernetes mounts a secret: a link beside its data.
    symlinkSync('secret', path.join(other.folder, 'mounted'));
    expect(await text(place, path.join(other.folder, 'mounted'))).toBe('s');
  });

  test('the root of the file system is a working directory, too', async () => {
    using place = new Place();
    writeFileSync(path.join(place.folder, 'a'), 'a');
    const read = await workingDirectory('/').read(path.join(place.folder, 'a').slice(1), 100);
    expect(read).toMatchObject({ kind: 'file' });
  });

  test('a folder that is not there lists nothing', async () => {
    using place = new Place();
    expect(await place.files.list('nowhere')).toEqual([]);
  });
});

describe('writing', () => {
  test('makes the folders and leaves nothing beside', async () => {
    using place = new Place();
    await place.files.write('a/b/c.txt', 'one');
    await place.files.write('a/b/c.txt', 'two');
    expect(readFileSync(path.join(place.folder, 'a/b/c.txt'), 'utf8')).toBe('two');
    expect(readdirSync(path.join(place.folder, 'a/b'))).toEqual(['c.txt']);
  });

  test('what fails leaves nothing beside either', async () => {
    using place = new Place();
    mkdirSync(path.join(place.folder, 'taken/full'), { recursive: true });
    await expect(place.files.write('taken', 'x')).rejects.toThrow('taken cannot be written: ');
    expect(readdirSync(place.folder)).toEqual(['taken']);
  });

  test('whether a folder can be written is tried, and the trial leaves no file', async () => {
    using place = new Place();
    expect(await place.files.whyNotWritable('out/deep')).toBeNull();
    expect(readdirSync(path.join(place.folder, 'out/deep'))).toEqual([]);
    writeFileSync(path.join(place.folder, 'file'), '');
    expect(await place.files.whyNotWritable('file')).toBe('a file is in the way where a folder must be');
    expect(await place.files.whyNotWritable('file/below')).toBe(
      'a file is in the way where a folder must be',
    );
    expect(await place.files.whyNotWritable('/proc/nothing/here')).toBe('nothing can be made there');
  });

  test('who may not is told whose it is, through links, and who it is', () => {
    using place = new Place();
    mkdirSync(path.join(place.folder, 'made/here'), { recursive: true, mode: 0o750 });
    chmodSync(path.join(place.folder, 'made/here'), 0o510);
    symlinkSync('made/here', path.join(place.folder, 'target'));
    const me = `${process.getuid?.()}:${process.getgid?.()}`;
    const denied = (name: string): string =>
      reasonOf(Object.assign(new Error(), { code: 'EACCES', path: path.join(place.folder, name) }));
    const here = `permission denied: ${path.join(place.folder, 'made/here')} is of ${me} with mode 510, this process of ${me}`;
    expect(denied('target/bamboo-ecs/record.json')).toBe(here);
    expect(denied('made/here')).toBe(here);
    expect(reasonOf(new FileTrouble('x', Object.assign(new Error(), { code: 'EROFS', path: '/x' })))).toBe(
      'the file system is read-only',
    );
  });

  test('many at a time make the same folders', async () => {
    using place = new Place();
    await Promise.all(Array.from({ length: 20 }, async (_, n) => place.files.write(`a/b/c/${n}`, String(n))));
    expect(await place.files.list('a/b/c')).toHaveLength(20);
  });
});
