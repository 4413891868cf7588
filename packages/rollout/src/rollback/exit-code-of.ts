// Verdict and roll-back → exit code (README, "Exit codes").
import type { Verdict, VerdictKind } from '../verdict.ts';

export type RollbackOutcomeKind =
  /** Not tried, or nothing to do. */
  | 'none'
  /** The version before is back and steady. */
  | 'back'
  /** A first deployment, desired count 0 now. */
  | 'scaled-to-zero'
  /** Tried, and failed or did not become steady in time. */
  | 'failed'
  /** After it was sent AWS could not be asked any more. */
  | 'unknown';

export interface ExitCodeInput {
  readonly verdict: Verdict;
  readonly rollback: RollbackOutcomeKind;
}

/** After `failed`; after `timed-out` a rollout that was not rolled back is 7. */
const afterFailure: Readonly<Record<RollbackOutcomeKind, number>> = {
  back: 5,
  failed: 6,
  unknown: 9,
  none: 6,
  'scaled-to-zero': 6,
};

const byVerdict: Readonly<Record<VerdictKind, (rollback: RollbackOutcomeKind) => number>> = {
  steady: () => 0,
  unchanged: () => 0,
  // Asked for by on-pause=stop: to have come so far is what this run was for.
  paused: () => 0,
  superseded: () => 8,
  unknown: () => 9,
  failed: (rollback) => afterFailure[rollback],
  'timed-out': (rollback) =>
    rollback === 'none' || rollback === 'scaled-to-zero' ? 7 : afterFailure[rollback],
};

export function exitCodeOf({ verdict, rollback }: ExitCodeInput): number {
  return byVerdict[verdict.kind](rollback);
}
