// What ECS takes at a place of a descriptor.

export interface StructureType {
  readonly kind: 'structure';
  /** The SDK's name of the shape, `PortMapping`. */
  readonly name: string;
  /** A Map, so that `toString` and `__proto__` are members only if ECS says so. */
  readonly members: ReadonlyMap<string, ModelType>;
  readonly required: readonly string[];
  /** Exactly one member may be set. */
  readonly union: boolean;
}

export type ModelType =
  /** `values`: what an enum allows, sorted. */
  | { readonly kind: 'string'; readonly values?: readonly string[] }
  /** `integer`: 32 bits, signed. `document`: any JSON. */
  | { readonly kind: 'integer' | 'double' | 'boolean' | 'timestamp' | 'blob' | 'document' }
  | { readonly kind: 'list' | 'map'; readonly of: ModelType }
  | StructureType;
