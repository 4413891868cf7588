// The working directory: what the programs read and write of it, as a narrow port.
import { constants } from 'node:fs';
import { access, lstat, mkdir, open, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

export type FileRead =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'folder' }
  /** A link whose target lies outside of the working directory. */
  | { readonly kind: 'outside'; readonly target: string }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'unreadable'; readonly reason: string };

export interface Files {
  /** At most `maxBytes`; links may not lead out of the working directory. */
  read(name: string, maxBytes: number): Promise<FileRead>;
  /** Names in a folder, sorted; empty when it is not there. */
  list(folder: string): Promise<readonly string[]>;
  /** Makes the folders, writes beside and renames, so that no reader sees half a file. */
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Null when the folder (or the nearest one above it that exists) can be written, else the reason. */
  whyNotWritable(folder: string): Promise<string | null>;
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EROFS') return 'the file system is read-only';
  return code ?? String(error);
}

/** The files under `root`; absolute names are taken as they are. */
export function workingDirectory(root: string): Files {
  const resolve = (name: string): string => path.resolve(root, name);
  return {
    async read(name, maxBytes) {
      const file = resolve(name);
      try {
        const real = await realpath(file);
        const home = await realpath(root);
        const isLink = real !== path.join(await realpath(path.dirname(file)), path.basename(file));
        const inside = real === home || real.startsWith(home + path.sep);
        if (!inside && (isLink || !path.isAbsolute(name))) return { kind: 'outside', target: real };
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
        if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
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
      await mkdir(path.dirname(file), { recursive: true });
      const temporary = `${file}.${process.pid}.tmp`;
      await writeFile(temporary, text);
      await rename(temporary, file);
    },
    async remove(name) {
      await rm(resolve(name), { recursive: true, force: true });
    },
    async whyNotWritable(folder) {
      let place = resolve(folder);
      for (;;) {
        try {
          const info = await lstat(place);
          if (!info.isDirectory() && !info.isSymbolicLink()) return `${place} is not a folder`;
          await access(place, constants.W_OK | constants.X_OK);
          return null;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return `${place}: ${reasonOf(error)}`;
          const above = path.dirname(place);
          if (above === place) return reasonOf(error);
          place = above;
        }
      }
    },
  };
}
