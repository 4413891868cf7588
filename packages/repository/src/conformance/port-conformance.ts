// What every place must do with single files.
import { sha256Hex } from '@bamboo-ecs/release';
import { RepositoryError } from '../port.ts';
import type { RepositoryPort } from '../port.ts';
import type { ConformanceGlobals } from './globals.ts';

type WithPort = (body: (port: RepositoryPort) => Promise<void>) => () => Promise<void>;

const folder = 'hid-generator/1.0.15.RELEASE';
const file = `${folder}/hid-generator-1.0.15.RELEASE-task-definition.json`;
const properties = { 'build.name': 'HID-GEN' };

export function portConformance({ test, expect }: ConformanceGlobals, withPort: WithPort): void {
  test(
    'what is not there is null, an unknown folder is empty',
    withPort(async (port) => {
      expect(await port.read(file, 100)).toBeNull();
      expect(await port.stat(file)).toBeNull();
      expect(await port.list(folder)).toEqual([]);
      expect(await port.list('')).toEqual([]);
    }),
  );

  const contents: readonly (readonly [string, Uint8Array])[] = [
    ['JSON with CRLF and letters of many scripts', Buffer.from('{\r\n  "ä": "日本 🚀"\r\n}\r\n')],
    ['a byte order mark', Buffer.from('\uFEFF{}')],
    ['bytes that are no text', Uint8Array.from({ length: 256 }, (_none, index) => index)],
    ['nothing', new Uint8Array()],
    ['a megabyte', Buffer.alloc(1024 * 1024, 'abcdefg')],
  ];
  for (const [name, bytes] of contents) {
    test(
      `bytes come back as they were: ${name}`,
      withPort(async (port) => {
        await port.write(file, bytes, { properties });
        const read = await port.read(file, bytes.length);
        expect(read === null ? null : sha256Hex(read)).toBe(sha256Hex(bytes));
        const stat = await port.stat(file);
        expect(stat?.sha256 ?? sha256Hex(bytes)).toBe(sha256Hex(bytes));
        expect(stat?.size ?? bytes.length).toBe(bytes.length);
      }),
    );
  }

  test(
    'a file beyond the limit is foreign, one at the limit is not',
    withPort(async (port) => {
      await port.write(file, Buffer.from('12345'), { properties });
      expect(text(await port.read(file, 5))).toBe('12345');
      expect(await kindOf(port.read(file, 4))).toBe('foreign');
    }),
  );

  test(
    'a write replaces, an exclusive one does not',
    withPort(async (port) => {
      await port.write(file, Buffer.from('first'), { properties, exclusive: true });
      await port.write(file, Buffer.from('second'), { properties });
      expect(text(await port.read(file, 100))).toBe('second');
      await port.write(file, Buffer.from('second'), { properties, exclusive: true });
      expect(await kindOf(port.write(file, Buffer.from('third'), { properties, exclusive: true }))).toBe(
        'conflict',
      );
      expect(text(await port.read(file, 100))).toBe('second');
    }),
  );

  test(
    'writers at one time leave the whole content of one of them',
    withPort(async (port) => {
      const letters = ['a', 'b', 'c', 'd'];
      const write = (letter: string) =>
        port.write(file, Buffer.alloc(50_000, letter), { properties, exclusive: true });
      await Promise.allSettled(letters.map(write));
      const found = text(await port.read(file, 100_000));
      expect(letters.map((letter) => letter.repeat(50_000)).filter((whole) => whole === found).length).toBe(
        1,
      );
    }),
  );

  test(
    'children are listed by name, files and folders alike, and nothing else',
    withPort(async (port) => {
      const names = ['b.json', 'a.json', 'records/z.json', 'B.json', 'records/deep/y.json'];
      for (const name of names) await port.write(`${folder}/${name}`, Buffer.from('{}'), { properties });
      expect(await port.list(folder)).toEqual(['B.json', 'a.json', 'b.json', 'records']);
      expect(await port.list(`${folder}/records`)).toEqual(['deep', 'z.json']);
      expect(await port.list('')).toEqual(['hid-generator']);
      expect(await port.list('hid-generator')).toEqual(['1.0.15.RELEASE']);
      expect(await port.list('hid')).toEqual([]);
    }),
  );

  test(
    'names with unusual letters are names',
    withPort(async (port) => {
      const names = [
        'a b',
        'a+b',
        'a%20b',
        'a#b',
        'a&b=c',
        "a'(b)!",
        'a,b',
        'ä日本🚀',
        '__proto__',
        'x~$@^{}[]',
      ];
      for (const name of names) await port.write(`p/${name}`, Buffer.from(name), { properties });
      for (const name of names) expect(text(await port.read(`p/${name}`, 100))).toBe(name);
      expect(await port.list('p')).toEqual(names.toSorted());
    }),
  );

  test(
    'a path that could lead elsewhere is refused, for reading, looking, writing and listing',
    withPort(async (port) => {
      const paths = [
        '../x',
        'a/../../x',
        'a/./x',
        '/etc/passwd',
        'a//x',
        'a\\..\\x',
        'a/x;b=c',
        'a/.hidden',
        'a/x\0',
        'a/x?y',
      ];
      for (const path of paths) {
        expect(await kindOf(port.read(path, 100))).toBe('foreign');
        expect(await kindOf(port.stat(path))).toBe('foreign');
        expect(await kindOf(port.write(path, Buffer.from('x'), { properties }))).toBe('foreign');
        expect(await kindOf(port.list(path))).toBe('foreign');
      }
      expect(await port.list('')).toEqual([]);
    }),
  );

  test(
    'properties may say anything; they do not touch the content',
    withPort(async (port) => {
      const odd = {
        'vcs.branch': 'feature/ä+b;c=d,e %2F\n🚀',
        empty: '',
        long: 'x'.repeat(5000),
        'build.number': '42',
      };
      await port.write(file, Buffer.from('{}'), { properties: odd, contentType: 'application/json' });
      expect(text(await port.read(file, 100))).toBe('{}');
      expect(await port.list(folder)).toEqual([file.slice(folder.length + 1)]);
    }),
  );
}

export function text(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}

/** The kind of the port's error; what went well or broke in another way comes back as text, so that a test shows it. */
export async function kindOf(action: Promise<unknown>): Promise<string> {
  try {
    await action;
    return 'no error';
  } catch (error) {
    return error instanceof RepositoryError ? error.kind : `no error of the port: ${String(error)}`;
  }
}
