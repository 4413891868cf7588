// A folder as a repository: for rehearsals, for tests, and for shops that share a disk.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileSegments, pathSegments } from '../path.ts';
import { RepositoryError } from '../port.ts';
import type { RepositoryPort, StoredFile, WriteOptions } from '../port.ts';
import { writeExclusive, writeReplacing } from './atomic-write.ts';
import { errorCode, toRepositoryError } from './file-error.ts';
import { makeFolder, resolveInside } from './inside.ts';

/**
 * `directory` is absolute; it is made on the first write. Files are written whole or not at all (a temporary name, then
 * rename or link); properties lie beside them in `.<name>.properties.json`. Names with a leading dot are never listed.
 * Links are followed only as long as they stay inside the folder.
 */
export function createFileRepository(directory: string): RepositoryPort {
  return {
    address: `file:${directory}`,
    read: (path, maxBytes) => told(path, () => read(directory, path, maxBytes)),
    stat: (path) => told(path, () => stat(directory, path)),
    write: (path, bytes, options) => told(path, () => write(directory, path, bytes, options)),
    list: (folder) => told(folder, () => list(directory, folder)),
  };

  async function told<T>(path: string, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      throw toRepositoryError(error, directory, path);
    }
  }
}

async function read(directory: string, path: string, maxBytes: number): Promise<Uint8Array | null> {
  return withFile(directory, path, async (file, size) => {
    if (size > maxBytes) throw tooLarge(directory, path, `it has ${size} bytes`, maxBytes);
    // One byte more than allowed: the file may grow while it is read.
    const buffer = Buffer.alloc(Math.min(size, maxBytes) + 1);
    let filled = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, filled);
      filled += bytesRead;
      if (bytesRead === 0) return new Uint8Array(buffer.subarray(0, filled));
      if (filled === buffer.length) throw tooLarge(directory, path, 'it grows while it is read', maxBytes);
    }
  });
}

async function stat(directory: string, path: string): Promise<StoredFile | null> {
  return withFile(directory, path, async (file) => {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      const bytes: Uint8Array = chunk;
      hash.update(bytes);
      size += bytes.length;
    }
    return { sha256: hash.digest('hex'), size };
  });
}

/** Null when there is no such file; a folder is none. */
async function withFile<T>(
  directory: string,
  path: string,
  use: (file: FileHandle, size: number) => Promise<T>,
): Promise<T | null> {
  const target = await resolveInside(directory, fileSegments(path));
  if (target === null) return null;
  // NONBLOCK: a pipe that lies there must not hang us.
  const file = await openIfThere(target, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  if (file === null) return null;
  try {
    const found = await file.stat();
    if (found.isDirectory()) return null;
    if (!found.isFile()) {
      throw new RepositoryError(
        'foreign',
        `${target} is not a regular file.`,
        'Remove it from the repository.',
      );
    }
    return await use(file, found.size);
  } finally {
    await file.close();
  }
}

async function openIfThere(target: string, flags: number): Promise<FileHandle | null> {
  try {
    return await open(target, flags);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function write(
  directory: string,
  path: string,
  bytes: Uint8Array,
  options: WriteOptions,
): Promise<void> {
  const segments = fileSegments(path);
  const folder = await makeFolder(directory, segments.slice(0, -1));
  const name = segments.at(-1) ?? '';
  const target = join(folder, name);
  if (!options.exclusive) {
    await writeReplacing(target, bytes);
  } else if (!(await writeExclusive(target, bytes))) {
    if (await sameContent(directory, path, bytes)) return;
    throw new RepositoryError(
      'conflict',
      `${directory}/${path} is there already, with other content.`,
      'Nothing was changed. Look at what is there, or use another name.',
    );
  }
  const sidecar = { contentType: options.contentType ?? null, properties: options.properties };
  const text = `${JSON.stringify(sidecar, null, 2)}\n`;
  await writeReplacing(join(dirname(target), `.${basename(target)}.properties.json`), Buffer.from(text));
}

async function sameContent(directory: string, path: string, bytes: Uint8Array): Promise<boolean> {
  const found = await stat(directory, path);
  return found?.sha256 === createHash('sha256').update(bytes).digest('hex');
}

async function list(directory: string, folder: string): Promise<readonly string[]> {
  const target = await resolveInside(directory, pathSegments(folder));
  if (target === null) return [];
  try {
    const names = await readdir(target);
    return names.filter((name) => !name.startsWith('.')).toSorted();
  } catch (error) {
    const code = errorCode(error);
    // A file has no children; the root of the repository, however, must not be a file.
    if (code === 'ENOENT' || (code === 'ENOTDIR' && folder !== '')) return [];
    throw error;
  }
}

function tooLarge(directory: string, path: string, how: string, maxBytes: number): RepositoryError {
  return new RepositoryError(
    'foreign',
    `${directory}/${path} is too large: ${how}, at most ${maxBytes} are read.`,
    'This is nothing that bamboo-ecs has published. Look at what lies there.',
  );
}
