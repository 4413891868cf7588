import type { JsonValue } from '../descriptor.ts';

/** One difference between what runs and what is wanted; secret-looking values are already replaced. */
export interface Difference {
  /** `containerDefinitions.web.image`: list entries by their name where they have one. */
  readonly path: string;
  readonly from?: JsonValue;
  readonly to?: JsonValue;
}
