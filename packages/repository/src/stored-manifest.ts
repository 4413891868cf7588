// The manifest that lies in a repository, whatever it is.
import { manifestSchema, maxManifestBytes, parseManifest, sha256Hex } from '@bamboo-ecs/release';
import type { Manifest, Problem } from '@bamboo-ecs/release';
import { manifestPathOf } from './layout.ts';
import type { RepositoryPort } from './port.ts';

export type StoredManifest =
  | { readonly kind: 'none' }
  | { readonly kind: 'manifest'; readonly manifest: Manifest; readonly sha256: string }
  | UnreadableManifest;

/** A file that is no whole manifest of this release. */
export interface UnreadableManifest {
  readonly kind: 'unreadable';
  readonly problems: readonly Problem[];
  readonly sha256: string;
  /** It says to be a manifest of a schema that this program does not know yet. */
  readonly newerSchema: boolean;
}

/** Reads and checks it. Throws what the port throws: a web page or a file beyond all limits is no answer of the repository. */
export async function readStoredManifest(
  port: RepositoryPort,
  project: string,
  version: string,
): Promise<StoredManifest> {
  const bytes = await port.read(manifestPathOf(project, version), maxManifestBytes);
  if (bytes === null) return { kind: 'none' };
  const sha256 = sha256Hex(bytes);
  const text = decode(bytes);
  if (text === null) {
    const message = 'The manifest is not UTF-8 text.';
    return {
      kind: 'unreadable',
      problems: [{ severity: 'error', code: 'manifest', message }],
      sha256,
      newerSchema: false,
    };
  }
  const parsed = parseManifest(text, { project, version });
  return parsed.ok
    ? { kind: 'manifest', manifest: parsed.value, sha256 }
    : { kind: 'unreadable', problems: parsed.problems, sha256, newerSchema: isNewerSchema(text) };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function isNewerSchema(text: string): boolean {
  try {
    const value: { schema?: unknown } | null = JSON.parse(text);
    return typeof value?.schema === 'number' && value.schema > manifestSchema;
  } catch {
    return false;
  }
}
