// Files that are there whole or not at all, whoever dies on the way.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from './file-error.ts';

/** Replaces what is there. A link in that place is replaced, not followed. */
export async function writeReplacing(target: string, bytes: Uint8Array): Promise<void> {
  await withTemporary(target, bytes, (temporary) => rename(temporary, target));
}

/** False, and nothing changed, when something is there already. Two writers at one time: one of them gets false. */
export async function writeExclusive(target: string, bytes: Uint8Array): Promise<boolean> {
  return withTemporary(target, bytes, async (temporary) => {
    try {
      await linkOrCopy(temporary, target);
      return true;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

/** Some file systems have no hard links (EPERM, ENOTSUP, EMLINK): there the copy is still exclusive, but not atomic. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(errorCode(error))) throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

async function withTemporary<T>(
  target: string,
  bytes: Uint8Array,
  put: (temporary: string) => Promise<T>,
): Promise<T> {
  const folder = dirname(target);
  const temporary = join(folder, `.${basename(target).slice(0, 100)}.${randomBytes(8).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    const result = await put(temporary);
    await syncFolder(folder);
    return result;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Network file systems may refuse it; the name is there all the same.
    if (!['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR', 'EBADF'].includes(errorCode(error))) throw error;
  } finally {
    await handle.close();
  }
}
