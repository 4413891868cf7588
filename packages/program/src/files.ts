// The working directory: what the programs read and write of it, as a narrow port.
import { constants } from 'node:fs';
import { mkdir, open, readdir, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FileTrouble, reasonOf, type FileRead } from './file-read.ts';

export interface Files {
  /** At most `maxBytes`. Neither `..` nor a link leads out of the working directory; an absolute name that lies outside is read. */
  read(name: string, maxBytes: number): Promise<FileRead>;
  /** Names in a folder, sorted; empty when it is not there. */
  list(folder: string): Promise<readonly string[]>;
  /** Makes the folders, writes beside and renames, so that no reader sees half a file. Throws `FileTrouble`, as `remove` does. */
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Null when files can be written into the folder, which is made if need be; else the reason. */
  whyNotWritable(folder: string): Promise<string | null>;
}

function isInside(home: string, real: string): boolean {
  const relative = path.relative(home, real);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`);
}

/** Node's own recursive mkdir never ends where mkdir says ENOENT although the folder above is there, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  const exists = await stat(folder).then(
    (info) => info.isDirectory(),
    () => false,
  );
  if (exists) return;
  const above = path.dirname(folder);
  if (above !== folder) await makeFolder(above);
  await mkdir(folder).catch(async (error: unknown) => {
    // Somebody else may have made it in the meantime.
    const made = await stat(folder).catch(() => null);
    if (!made?.isDirectory()) throw error;
  });
}

/** A link to nothing is there, though its target is not. */
async function missing(file: string): Promise<FileRead> {
  const target = await readlink(file).catch(() => null);
  if (target === null) return { kind: 'missing' };
  return { kind: 'unreadable', reason: `it is a link to ${target}, which is not there` };
}

/** The files under `root`. */
export function workingDirectory(root: string): Files {
  const resolve = (name: string): string => path.resolve(root, name);
  return {
    async read(name, maxBytes) {
      const file = resolve(name);
      try {
        const real = await realpath(file);
        const home = await realpath(root);
        const mayBeOutside = path.isAbsolute(name) && !isInside(root, file) && !isInside(home, file);
        if (!mayBeOutside && !isInside(home, real)) return { kind: 'outside', target: real };
        const handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK);
        try {
          const info = await handle.stat();
          if (info.isDirectory()) return { kind: 'folder' };
          if (!info.isFile()) return { kind: 'unreadable', reason: 'it is not an ordinary file' };
          if (info.size > maxBytes) return { kind: 'too-large', size: info.size };
          return { kind: 'file', bytes: await handle.readFile() };
        } finally {
          await handle.close();
        }
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code === 'ENOENT' || code === 'ENOTDIR') return missing(file);
        return { kind: 'unreadable', reason: reasonOf(error) };
      }
    },
    async list(folder) {
      try {
        return (await readdir(resolve(folder))).sort();
      } catch {
        return [];
      }
    },
    async write(name, text) {
      const file = resolve(name);
      const temporary = `${file}.${process.pid}.tmp`;
      try {
        await makeFolder(path.dirname(file));
        await writeFile(temporary, text);
        await rename(temporary, file);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {});
        throw new FileTrouble(name, error);
      }
    },
    async remove(name) {
      await rm(resolve(name), { recursive: true, force: true }).catch((error: unknown) => {
        throw new FileTrouble(name, error);
      });
    },
    async whyNotWritable(folder) {
      const probe = path.join(resolve(folder), `.probe-${process.pid}`);
      try {
        await makeFolder(path.dirname(probe));
        // More than an inode holds, so that a full disk shows.
        await writeFile(probe, ' '.repeat(16 * 1024));
        return null;
      } catch (error) {
        return reasonOf(error);
      } finally {
        await rm(probe, { force: true }).catch(() => {});
      }
    },
  };
}
