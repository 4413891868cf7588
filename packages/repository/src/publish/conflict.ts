// Two releases under one version: who published the other, and what differs.
import type { Manifest } from '@bamboo-ecs/release';
import { RepositoryError } from '../port.ts';
import { describeBuild } from './describe-build.ts';

export function describeConflict(stored: Manifest, ours: Manifest, place: string): RepositoryError {
  const release = ours.version.endsWith('.RELEASE');
  const rule = release ? 'a RELEASE is never replaced' : 'the setting says that nothing is replaced';
  return new RepositoryError(
    'conflict',
    `${ours.project} ${ours.version} is published already with other contents, and ${rule} (${place}). ${comparison(stored, ours)}`,
    adviceOn(stored, ours),
  );
}

/** A lost race: between our look and our write somebody else published. */
export function describeLostRace(stored: Manifest, ours: Manifest, place: string): RepositoryError {
  return new RepositoryError(
    'conflict',
    `Somebody else published ${ours.project} ${ours.version} with other contents at the same time, and theirs is there now (${place}). ${comparison(stored, ours)}`,
    ours.version.endsWith('.RELEASE')
      ? adviceOn(stored, ours)
      : 'If this build is the one that is wanted, run it again when the other is done.',
  );
}

function comparison(stored: Manifest, ours: Manifest): string {
  return `Published by ${describeBuild(stored.provenance)}; this is ${describeBuild(ours.provenance)}. ${differences(stored, ours)}`;
}

function differences(stored: Manifest, ours: Manifest): string {
  const descriptors = differingDescriptors(stored, ours);
  const images = differingImages(stored, ours);
  const parts = [
    ...(descriptors.length > 0 ? [`different descriptors: ${descriptors.join(', ')}`] : []),
    ...(images.length > 0 ? [`different images: ${images.join(', ')}`] : []),
  ];
  if (parts.length === 0)
    return 'Descriptors and images are equal, the builds are not, and an image has no known digest.';
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function differingDescriptors(stored: Manifest, ours: Manifest): readonly string[] {
  const checksums = (manifest: Manifest) =>
    new Map(manifest.descriptors.map(({ kind, sha256 }) => [kind, sha256]));
  return compare(checksums(stored), checksums(ours)).map(({ key, there, here }) => {
    if (there === undefined) return `${key} (only in this one)`;
    return here === undefined ? `${key} (only in the published one)` : key;
  });
}

function differingImages(stored: Manifest, ours: Manifest): readonly string[] {
  const digests = (manifest: Manifest) =>
    new Map(manifest.images.map(({ reference, digest }) => [reference, digest ?? 'digest unknown']));
  return compare(digests(stored), digests(ours)).map(
    ({ key, there, here }) => `${key} (published ${there ?? 'without it'}, this one ${here ?? 'without it'})`,
  );
}

interface Difference {
  readonly key: string;
  readonly there: string | undefined;
  readonly here: string | undefined;
}

function compare(
  stored: ReadonlyMap<string, string>,
  ours: ReadonlyMap<string, string>,
): readonly Difference[] {
  const keys = new Set([...stored.keys(), ...ours.keys()]);
  return Array.from(keys, (key) => ({ key, there: stored.get(key), here: ours.get(key) })).filter(
    ({ there, here }) => there !== here,
  );
}

function adviceOn(stored: Manifest, ours: Manifest): string {
  const { revision } = ours.provenance;
  const onlyImages = differingDescriptors(stored, ours).length === 0;
  if (onlyImages && [...stored.images, ...ours.images].some(({ digest }) => digest === null)) {
    return 'Whether it is the same image cannot be told, because a digest is not known. Deploy what is published; or let the registry be asked (image-digest=require), raise the version number and build again.';
  }
  if (revision !== null && revision === stored.provenance.revision && onlyImages) {
    return 'The same revision was built into another image under the same tag. Deploy what is published, or raise the version number and build again; let no build push a RELEASE tag twice.';
  }
  return 'Raise the version number for the new contents, then build again. What is published can be deployed as it is.';
}
