// Paths of files that a project file refers to.
import { dirname, isAbsolute, join, normalize } from 'node:path/posix';

/** `relative`, seen from the folder of `file`; null when it leads out of the project. */
export function pathBeside(file: string, relative: string): string | null {
  if (relative === '' || isAbsolute(relative) || /[\0\\]/.test(relative)) return null;
  const path = normalize(join(dirname(file), relative));
  return path === '..' || path.startsWith('../') || path === '.' ? null : path;
}
