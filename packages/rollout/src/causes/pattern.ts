// One line of a table of texts.
import type { Cause } from './cause.ts';

export interface Pattern {
  readonly cause: Cause;
  /** All must match. */
  readonly all: readonly RegExp[];
}

export function one(cause: Cause, pattern: RegExp): Pattern {
  return { cause, all: [pattern] };
}

export function all(cause: Cause, ...every: readonly RegExp[]): Pattern {
  return { cause, all: every };
}
