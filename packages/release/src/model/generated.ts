// The shape of `src/generated/ecs-model.json`, which `scripts/generate-model.ts` writes from the installed AWS SDK.
import type { DescriptorKind } from '../descriptor.ts';

/**
 * A type in short form: `string`, `integer`, `double`, `boolean`, `timestamp`, `blob`, `document`; `[]T` a list of T;
 * `{}T` a map from strings to T; any other name stands in `shapes` or in `enums`.
 */
export type TypeText = string;

export interface GeneratedShape {
  readonly members: Readonly<Record<string, TypeText>>;
  readonly required?: readonly string[];
  /** Exactly one member may be set. */
  readonly union?: boolean;
}

export interface GeneratedModel {
  /** Version of @aws-sdk/client-ecs that this was read from. */
  readonly sdk: string;
  readonly requests: Readonly<Record<DescriptorKind, string>>;
  /** Top-level members that a describe call gives back and the request does not take. */
  readonly describeOnly: Readonly<Record<DescriptorKind, readonly string[]>>;
  readonly shapes: Readonly<Record<string, GeneratedShape>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
}
