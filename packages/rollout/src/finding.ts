// What the checks before an installation found: the cluster, roles, secrets, images, target groups, room for the tasks.

export type FindingLevel =
  /** It cannot work: the installation is refused, unless the check is skipped. */
  | 'error'
  /** It may go wrong, or works otherwise than meant. */
  | 'warning'
  /** Could not be looked at, or good to know. */
  | 'note';

export interface Finding {
  /** Name of the check, kebab-case; the word by which it is skipped: `target-group`, `secret`, `image`, `room`. */
  readonly check: string;
  readonly level: FindingLevel;
  /** One sentence: what, where (JSON path of the descriptor, ARN), why. */
  readonly message: string;
  /** What to do. */
  readonly hint?: string;
}
