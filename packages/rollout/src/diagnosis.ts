// The likely cause of a failure with its evidence.

export interface Evidence {
  readonly kind: 'event' | 'task' | 'container' | 'deployment' | 'target' | 'instance' | 'alarm';
  readonly at?: number;
  readonly text: string;
}

/** The last words of one container. */
export interface LogTail {
  readonly container: string;
  /** Short id of the task. */
  readonly task: string;
  /** Where they were read: `log group /ecs/shop, stream web/web/0123`; or where they go when they cannot be read. */
  readonly where: string;
  /** Oldest first, secrets masked, bounded. */
  readonly lines: readonly { readonly at?: number; readonly text: string }[];
  /** Lines before these were left away. */
  readonly cut?: boolean;
  /** One sentence: why there are no lines. */
  readonly note?: string;
}

export interface Diagnosis {
  /** Stable, kebab-case: `crash-loop`, `image-not-found`, `no-memory`, … `unclear`. */
  readonly cause: string;
  /** One sentence: the likely cause. */
  readonly sentence: string;
  /** What to do. */
  readonly advice: string;
  readonly evidence: readonly Evidence[];
  /** How sure it is: told by AWS in so many words, by several signs, or by one sign only. */
  readonly confidence?: 'certain' | 'likely' | 'possible';
  readonly logs?: readonly LogTail[];
}
