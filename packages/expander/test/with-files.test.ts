import { describe, expect, test } from '@jest/globals';
import type { FileRead, Files } from '@bamboo-ecs/program';
import { withFiles } from '../src/with-files.ts';

/** Files in memory; how often each was read. */
function memory(contents: Readonly<Record<string, string | FileRead>>): Files & { reads: string[] } {
  const reads: string[] = [];
  return {
    reads,
    read: async (name) => {
      reads.push(name);
      const content = Object.hasOwn(contents, name) ? contents[name] : undefined;
      if (content === undefined) return { kind: 'missing' };
      return typeof content === 'string' ? { kind: 'file', bytes: Buffer.from(content) } : content;
    },
    list: async () => Object.keys(contents),
    write: async () => {},
    remove: async () => {},
    whyNotWritable: async () => null,
  };
}

describe('a decision over files', () => {
  test('reads what is asked for, and what that refers to, once each', async () => {
    const files = memory({ a: 'b', b: 'c', c: 'the end' });
    const { value } = await withFiles(files, (read) => {
      let text = read('a');
      while (text !== null && text !== 'the end') text = read(text);
      return text;
    });
    expect(value).toBe('the end');
    expect(files.reads).toEqual(['a', 'b', 'c']);
  });

  test('what is not there is null; what is there but of no use is told', async () => {
    const files = memory({
      folder: { kind: 'folder' },
      link: { kind: 'outside', target: '/etc/passwd' },
      wide: { kind: 'file', bytes: Buffer.from('\uFEFF1.0.15', 'utf16le') },
      latin: { kind: 'file', bytes: Buffer.from('J\u00f6rg 1.0.15', 'latin1') },
      locked: { kind: 'unreadable', reason: 'permission denied' },
    });
    const names = ['nothing', 'folder', 'link', 'wide', 'latin', 'locked', '__proto__', 'toString'];
    const { value, unusable } = await withFiles(files, (read) => names.map((name) => read(name)));
    expect(value).toEqual([null, null, null, null, 'J\uFFFDrg 1.0.15', null, null, null]);
    expect([...unusable]).toEqual([
      ['folder', 'is a folder, not a file'],
      ['link', 'lies outside of the working directory: /etc/passwd'],
      ['wide', 'is written in UTF-16; save it as UTF-8'],
      ['locked', 'cannot be read: permission denied'],
    ]);
  });

  test('files that refer to each other for ever come to an end', async () => {
    let asked = 0;
    const files = memory({});
    const { value } = await withFiles(files, (read) => {
      for (let n = 0; n <= files.reads.length; n += 1) read(`file-${n}`);
      asked += 1;
      return 'given up';
    });
    expect(value).toBe('given up');
    expect(asked).toBeLessThan(100);
  });
});
