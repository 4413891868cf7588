// What the operating system says, with what to do.
import { RepositoryError } from '../port.ts';
import type { RepositoryErrorKind } from '../port.ts';

/** `ENOENT` and the like; empty when the error has no code. */
export function errorCode(error: unknown): string {
  if (Error.isError(error) && 'code' in error && typeof error.code === 'string') return error.code;
  return '';
}

interface Reading {
  readonly kind: RepositoryErrorKind;
  readonly why: string;
  readonly hint: string;
}

const readings: ReadonlyMap<string, Reading> = new Map(
  Object.entries({
    EACCES: {
      kind: 'forbidden',
      why: 'permission denied',
      hint: 'Give the user that runs this program rights on the folder.',
    },
    EPERM: {
      kind: 'forbidden',
      why: 'operation not permitted',
      hint: 'Give the user that runs this program rights on the folder.',
    },
    EROFS: {
      kind: 'forbidden',
      why: 'the file system is read-only',
      hint: 'Mount it writable, or name another folder.',
    },
    ENOTDIR: {
      kind: 'misconfigured',
      why: 'a part of the path is a file',
      hint: 'Name a folder in the setting "repository".',
    },
    EEXIST: {
      kind: 'misconfigured',
      why: 'a part of the path is a file',
      hint: 'Name a folder in the setting "repository".',
    },
    EISDIR: {
      kind: 'misconfigured',
      why: 'a folder lies where a file must be',
      hint: 'Move the folder away.',
    },
    ELOOP: { kind: 'foreign', why: 'a link leads in a circle', hint: 'Remove the link.' },
    ENAMETOOLONG: {
      kind: 'misconfigured',
      why: 'the path is too long',
      hint: 'Use a shorter folder or project name.',
    },
    ENOSPC: { kind: 'unreachable', why: 'the disk is full', hint: 'Free some space, then run this again.' },
    EDQUOT: {
      kind: 'unreachable',
      why: 'the disk quota is used up',
      hint: 'Free some space, then run this again.',
    },
  } satisfies Record<string, Reading>),
);

/** An error of the file system becomes one of the port; every other error stays what it is. */
export function toRepositoryError(error: unknown, directory: string, path: string): unknown {
  const code = errorCode(error);
  if (error instanceof RepositoryError || code === '') return error;
  const reading = readings.get(code);
  const where = path === '' ? directory : `${directory}/${path}`;
  return new RepositoryError(
    reading?.kind ?? 'unreachable',
    `${where}: ${reading?.why ?? (Error.isError(error) ? error.message : String(error))} (${code}).`,
    reading?.hint ?? 'Look at the folder on the machine that runs this program, then run this again.',
    { cause: error },
  );
}
