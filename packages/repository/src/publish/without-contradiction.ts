// The same commit built twice, when the registry could be asked only once.
import type { Manifest } from '@bamboo-ecs/release';

/**
 * The images whose digest only one of the two manifests knows, if that is all that tells them apart: the same revision,
 * the same descriptors, no digest that contradicts another. Null when anything else differs, or the revision is not known.
 * A registry that is down for a minute must not make a build that is run again look like another release.
 */
export function withoutContradiction(stored: Manifest, ours: Manifest): readonly string[] | null {
  const { revision } = ours.provenance;
  if (revision === null || revision !== stored.provenance.revision) return null;
  if (!equal(descriptorsOf(stored), descriptorsOf(ours))) return null;
  const there = imagesOf(stored);
  const here = imagesOf(ours);
  const references = [...here.keys()];
  if (references.length !== there.size || !references.every((reference) => there.has(reference))) return null;
  const differing = references.filter((reference) => there.get(reference) !== here.get(reference));
  const unknown = differing.filter(
    (reference) => there.get(reference) === null || here.get(reference) === null,
  );
  return unknown.length === differing.length ? unknown : null;
}

function descriptorsOf(manifest: Manifest): readonly string[] {
  return manifest.descriptors.map(({ kind, sha256 }) => `${kind} ${sha256}`).toSorted();
}

function equal(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

function imagesOf(manifest: Manifest): ReadonlyMap<string, string | null> {
  return new Map(manifest.images.map(({ reference, digest }) => [reference, digest]));
}
