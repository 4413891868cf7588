// What a watch needs of the load balancers and of Cloud Map: a narrow port. The adapter is the package `neighbours`.
import type { TargetGroupSnapshot } from './snapshot.ts';

/** Something that knows the health of a service's tasks. */
export type HealthSource = Pick<TargetGroupSnapshot, 'id' | 'kind'>;

export interface HealthAnswer {
  /** In the order of the sources; those that could not be asked are left out. */
  readonly groups: readonly TargetGroupSnapshot[];
  /** One sentence for each source that could not be asked: which, why, what to do. */
  readonly notes: readonly string[];
}

export interface HealthPort {
  /**
   * Asks all sources at once. Never rejects, and takes a few seconds at most. `checks`: how they check, too, which costs a call more
   * for each.
   */
  healthOf(sources: readonly HealthSource[], options?: { readonly checks?: boolean }): Promise<HealthAnswer>;
}
