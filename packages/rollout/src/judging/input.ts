// What judging one service in one poll needs.
import type { ServiceSnapshot, TaskSnapshot } from '../snapshot.ts';

export interface JudgeInput {
  readonly snapshot: ServiceSnapshot;
  /** Id of our deployment; null: an update that started none (attributes only) is judged by counts. */
  readonly deployment: string | null;
  /** ARN (or `family:revision`) of our revision. */
  readonly taskDefinition: string;
  /** When our deployment began; our clock, or ECS's when it was adopted. */
  readonly startedAt: number;
  readonly deadline: number;
  /** When this watch began, by our clock, where that is not `startedAt`. */
  readonly watchedSince?: number;
  readonly now: number;
  /** Looks in a row, this one included, that did not show ours (the whole service, perhaps); absent: enough of them. */
  readonly missed?: number;
  /** Stopped tasks of our deployment seen so far. */
  readonly stopped: readonly TaskSnapshot[];
  /** It was in progress before this run: nothing has to be waited for to become visible. */
  readonly adopted?: boolean;
  /** The deployment that was PRIMARY before ours: PRIMARY again means that ours was rolled back. */
  readonly primaryBefore?: string;
  /** When ECS created our deployment, by its clock, as first seen. */
  readonly createdAt?: number;
  /** How many tasks it wanted when ECS was first seen to call it COMPLETED: more were asked for by somebody else. */
  readonly completedWith?: number;
  /** When more of its tasks ran than ever before, and not for a moment only, by our clock. */
  readonly progressAt?: number;
  /** `1.0.15.RELEASE`, for the sentences. */
  readonly version?: string;
  readonly settings?: {
    /** How many stopped tasks with the same cause are a crash loop; default 3, more for large services. */
    readonly crashLoopAfter?: number;
  };
  /** `stop`: a deployment that waits at a PAUSE hook is a verdict; default: it is waited for. */
  readonly onPause?: 'wait' | 'stop';
  /** Pauses that were ended by this run (`pauseKey`): ECS may show them for a moment yet. */
  readonly continued?: ReadonlySet<string>;
}
