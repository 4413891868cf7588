// What came of reading or writing a file, and the reasons of the file system in words.
import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';

export type FileRead =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'folder' }
  /** Outside of the working directory, by a link or by `..`. */
  | { readonly kind: 'outside'; readonly target: string }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Why there is no content, to go behind the name of the file. */
export function whyUnread(read: Exclude<FileRead, { kind: 'file' }>): string {
  switch (read.kind) {
    case 'missing':
      return 'is not there';
    case 'folder':
      return 'is a folder, not a file';
    case 'outside':
      return `lies outside of the working directory: ${read.target}`;
    case 'too-large':
      return `is too large: ${read.size.toLocaleString('en')} bytes`;
    case 'unreadable':
      return `cannot be read: ${read.reason}`;
  }
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOENT', 'nothing can be made there'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the quota of the disk is used up'],
  ['EFBIG', 'the file would be larger than is allowed here'],
  ['ENOTDIR', 'a file is in the way where a folder must be'],
  ['EEXIST', 'a file is in the way where a folder must be'],
  ['EISDIR', 'a folder is in the way where a file must be'],
  ['ELOOP', 'links lead round in a circle'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ENXIO', 'it is not an ordinary file'],
]);

/** A file that could not be written or removed. */
export class FileTrouble extends Error {
  override readonly name = 'FileTrouble';
  /** In words, without the name of the file. */
  readonly reason: string;
  constructor(name: string, cause: unknown) {
    const reason = reasonOf(cause);
    super(`${name} cannot be written: ${reason}`, { cause });
    this.reason = reason;
  }
}

/** An error of the file system in words. */
export function reasonOf(error: unknown): string {
  if (error instanceof FileTrouble) return error.reason;
  const { code, path: file, syscall } = error as NodeJS.ErrnoException;
  const words = code === undefined ? undefined : reasons.get(code);
  if (words === undefined) return error instanceof Error ? error.message : String(error);
  if (code !== 'EACCES' || file === undefined) return words;
  // A file is removed with the rights of its folder.
  return `${words}${whose(syscall === 'unlink' ? path.dirname(file) : file)}`;
}

/** Whose file or folder is in the way, the nearest one that can be seen, and who we are: containers mix users. */
function whose(file: string): string {
  const me = `${process.getuid?.()}:${process.getgid?.()}`;
  for (let at = path.resolve(file); ; at = path.dirname(at)) {
    try {
      const real = realpathSync(at);
      const { uid, gid, mode } = statSync(real);
      return `: ${real} is of ${uid}:${gid} with mode ${(mode & 0o7777).toString(8)}, this process of ${me}`;
    } catch {
      if (at === path.dirname(at)) return '';
    }
  }
}
