// What "the same release" means.
import type { DescriptorKind } from './descriptor.ts';
import type { ManifestImage } from './manifest.ts';
import { sha256Hex } from './sha256.ts';
import type { Tag } from './version.ts';

export interface IdentityInput {
  readonly descriptors: readonly { readonly kind: DescriptorKind; readonly content: string }[];
  readonly images: readonly ManifestImage[];
  readonly tag: Tag;
  readonly buildKey: string | null;
  readonly buildNumber: string | null;
}

/**
 * sha256 over the descriptors' contents and the images' digests, whatever their order. Provenance is left out, so that a
 * build run again publishes the same release, with one exception: of a MILESTONE with an image whose digest could not be
 * learnt, nobody knows whether the image was built anew; its build key and number come in, so that it reaches QA.
 *
 * The hash is taken over JSON of strings in nested lists, so that no two inputs run together into the same text.
 */
export function identityOf({ descriptors, images, tag, buildKey, buildNumber }: IdentityInput): string {
  const unknownDigest = images.some(({ digest }) => digest === null);
  const canonical = [
    'bamboo-ecs-identity-1',
    sortedPairs(descriptors.map(({ kind, content }) => [kind, sha256Hex(content)])),
    sortedPairs(images.map(({ reference, digest }) => [reference, digest ?? ''])),
    tag === 'MILESTONE' && unknownDigest ? [buildKey ?? '', buildNumber ?? ''] : [],
  ];
  return sha256Hex(JSON.stringify(canonical));
}

function sortedPairs(pairs: [string, string][]): [string, string][] {
  return pairs.sort(([a, b], [c, d]) => compareText(a, c) || compareText(b, d));
}

/** By code units: the same on every machine, whatever its language. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
