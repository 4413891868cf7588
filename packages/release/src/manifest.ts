// The shape of a release: one JSON document that carries its descriptors (design: "Words").
import type { DescriptorKind } from './descriptor.ts';

export const manifestSchema = 1;

export interface ManifestDescriptor {
  readonly kind: DescriptorKind;
  /** File name, `<project>-<version>-<kind>.json`. */
  readonly name: string;
  /** Lower-case hex over the UTF-8 bytes of `content`. */
  readonly sha256: string;
  /** Bytes of `content`. */
  readonly size: number;
  /** Final JSON when `late` is empty; otherwise in late form: `${environment.x}` still to be filled in, `$${` a literal `${`. */
  readonly content: string;
  /** Names of the late variables in it, without the `environment.` prefix, sorted. */
  readonly late: readonly string[];
}

export interface ManifestImage {
  /** As the task definition names it: `registry/name:tag`. */
  readonly reference: string;
  /** `sha256:…`, or null when the registry could not be asked. */
  readonly digest: string | null;
}

export interface LateVariable {
  readonly name: string;
  /** What its place in the descriptor asks for. */
  readonly type: 'string' | 'number' | 'boolean';
  readonly descriptors: readonly DescriptorKind[];
}

/** Where a release comes from. Not part of the identity. Null where Bamboo did not say. */
export interface Provenance {
  readonly revision: string | null;
  readonly branch: string | null;
  readonly buildKey: string | null;
  readonly buildNumber: string | null;
  readonly buildUrl: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

export interface Manifest {
  readonly schema: typeof manifestSchema;
  readonly project: string;
  /** `1.0.15.RELEASE` */
  readonly version: string;
  /** Lower-case sha256 hex over the descriptors' contents and the image digests. */
  readonly identity: string;
  readonly descriptors: readonly ManifestDescriptor[];
  readonly images: readonly ManifestImage[];
  readonly lateVariables: readonly LateVariable[];
  readonly provenance: Provenance;
}
