// The likely cause of a failure with its evidence.

export interface Evidence {
  /** `event`, `task`, `container`, `deployment` */
  readonly kind: 'event' | 'task' | 'container' | 'deployment';
  readonly at?: number;
  readonly text: string;
}

export interface Diagnosis {
  /** Stable, kebab-case: `crash-loop`, `image-not-found`, `no-memory`, … `unclear`. */
  readonly cause: string;
  /** One sentence: the likely cause. */
  readonly sentence: string;
  /** What to do. */
  readonly advice: string;
  readonly evidence: readonly Evidence[];
}
