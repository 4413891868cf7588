// What will come of a rollout, as the simulation of ECS's scheduler on the cluster's real free room foretells it.

/** One step of the course: what ECS does next and how many tasks serve meanwhile. */
export interface ForecastStep {
  /** One line: `start 2 new tasks on i-1 (eu-west-1a), i-2 (eu-west-1b)`, `stop 1 old task`. */
  readonly text: string;
  readonly newRunning: number;
  readonly oldRunning: number;
}

export interface Forecast {
  readonly outcome: 'finishes' | 'stuck' | 'unknown';
  /** One sentence: how it goes, or why it gets stuck, or why nothing can be foretold. */
  readonly sentence: string;
  readonly steps: readonly ForecastStep[];
  /** The least number of tasks that serve at any moment, and of how many. */
  readonly lowest?: { readonly running: number; readonly desired: number };
  /** The smallest change that makes it work, computed: `minimumHealthyPercent 66 (now 100)`. */
  readonly change?: string;
  /** Other changes that would do, each alone. */
  readonly otherChanges?: readonly string[];
  /** How long it takes, milliseconds, from the service's own settings. */
  readonly expectedMs?: number;
  /** What comes on top of it, which nobody can foretell: `the wait at the PAUSE hook`. */
  readonly expectedPlus?: string;
}
