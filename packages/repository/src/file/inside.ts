// Paths inside a folder, whatever links lie in it.
import { mkdir, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { RepositoryError } from '../port.ts';
import { errorCode } from './file-error.ts';

/** The real path of `segments` under `directory`; null when it is not there. A link that leads out of the folder is refused. */
export async function resolveInside(directory: string, segments: readonly string[]): Promise<string | null> {
  const root = await realpathIfThere(directory);
  if (root === null) return null;
  const target = await realpathIfThere(join(root, ...segments));
  if (target === null) return null;
  checkInside(root, target, segments);
  return target;
}

/** Makes the folder with all above it and gives its real path. One step at a time: a link on the way must not lead out. */
export async function makeFolder(directory: string, segments: readonly string[]): Promise<string> {
  await makeWithParents(directory);
  const root = await realpath(directory);
  let folder = root;
  for (const segment of segments) {
    const next = join(folder, segment);
    await mkdirIfMissing(next);
    folder = await realpath(next);
    checkInside(root, folder, segments);
  }
  return folder;
}

/** Node's own recursive mkdir never ends where mkdir says ENOENT although the folder above is there, as in /proc. */
async function makeWithParents(directory: string): Promise<void> {
  if ((await realpathIfThere(directory)) !== null) return;
  const above = dirname(directory);
  if (above !== directory) await makeWithParents(above);
  await mkdirIfMissing(directory);
}

async function mkdirIfMissing(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

async function realpathIfThere(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    throw error;
  }
}

function checkInside(root: string, target: string, segments: readonly string[]): void {
  const inside = root.endsWith(sep) ? root : root + sep;
  if (target === root || target.startsWith(inside)) return;
  throw new RepositoryError(
    'foreign',
    `${segments.join('/')} in the repository ${root} is a link that leads out of it.`,
    'Remove the link: a repository holds its files itself.',
  );
}
