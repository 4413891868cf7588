// The verdict on one service: a pure function of snapshots and of the id of our deployment.
import type { AlarmSnapshot } from './alarm-port.ts';

export type VerdictKind =
  | 'steady'
  | 'unchanged'
  | 'failed'
  | 'timed-out'
  | 'superseded'
  | 'unknown'
  /** It waits at a PAUSE hook, and the run was asked to end there. */
  | 'paused';

/** Came to what was wanted of this run; a pause that was asked for is no failure of anything. */
export function endedWell(kind: VerdictKind): boolean {
  return kind === 'steady' || kind === 'unchanged' || kind === 'paused';
}

export interface Verdict {
  readonly kind: VerdictKind;
  /** One sentence that says why, with the figures. */
  readonly reason: string;
  /** Those of a bake that ring, where that is why. */
  readonly alarms?: readonly AlarmSnapshot[];
}
