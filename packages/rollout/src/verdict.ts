// The verdict on one service: a pure function of snapshots and of the id of our deployment.

export type VerdictKind =
  | 'steady'
  | 'unchanged'
  | 'failed'
  | 'timed-out'
  | 'superseded'
  | 'unknown'
  /** It waits at a PAUSE hook, and the run was asked to end there. */
  | 'paused';

export interface Verdict {
  readonly kind: VerdictKind;
  /** One sentence that says why, with the figures. */
  readonly reason: string;
}
