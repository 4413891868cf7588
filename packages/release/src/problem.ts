// What a user did wrong, as data: every check returns problems, the edge prints them all at once.
import type { DescriptorKind } from './descriptor.ts';
import type { Segments } from './path.ts';

/** Where a problem lies. Lines and columns count from 1; `path` is a JSON path such as `$.containerDefinitions[0].image`. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly path?: string;
  /** The same place as names and numbers, so that a caller who knows the text can find its line and column. */
  readonly segments?: Segments;
  /** Which descriptor, where several were checked together. */
  readonly kind?: DescriptorKind;
  /** The environment variable or Bamboo variable that is at fault, as the user wrote it. */
  readonly variable?: string;
}

export interface Problem {
  readonly severity: 'error' | 'warning';
  /** Stable, kebab-case; becomes the name of the JUnit test case. */
  readonly code: string;
  /** What is wrong and why, one sentence, no secret in it. */
  readonly message: string;
  readonly place?: Place;
  /** What to do. */
  readonly hint?: string;
}

/** The answer of a parser or check that can refuse: a value, or all the reasons. Warnings may come with a value. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly warnings?: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** `descriptors/task-definition.json:4:15 $.family`, the parts that are known. */
export function formatPlace(place: Place | undefined): string {
  if (!place) return '';
  const position = [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
  return [position, place.path, place.variable].filter(Boolean).join(' ');
}

/** One problem as the log shows it: place, message, and what to do on a line of its own. */
export function formatProblem(problem: Problem): string {
  const where = formatPlace(problem.place);
  const first = where ? `${where}: ${problem.message}` : problem.message;
  return problem.hint ? `${first}\n  → ${problem.hint}` : first;
}
