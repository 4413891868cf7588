// A tag can be moved, a digest cannot: what was tested is what runs.
import type { JsonObject, JsonValue, ManifestImage } from '@bamboo-ecs/release';
import { isList, isObject, member, textOf } from '../json.ts';

/** Replaces `name:tag` by `name@sha256:…` in each container whose image the manifest knows with its digest. */
export function pinImages(taskDefinition: JsonObject, images: readonly ManifestImage[]): JsonObject {
  const digests = new Map(images.map(({ reference, digest }) => [reference, digest]));
  const containers = member(taskDefinition, 'containerDefinitions');
  if (!isList(containers)) return taskDefinition;
  return { ...taskDefinition, containerDefinitions: containers.map((container) => pin(container, digests)) };
}

function pin(container: JsonValue, digests: ReadonlyMap<string, string | null>): JsonValue {
  const image = isObject(container) ? textOf(container, 'image') : undefined;
  const digest = image === undefined ? null : digests.get(image);
  if (!isObject(container) || image === undefined || !digest) return container;
  return { ...container, image: pinned(image, digest) };
}

/** A colon before the last slash belongs to the registry's port, not to a tag. */
function pinned(image: string, digest: string): string {
  if (image.includes('@')) return image;
  const slash = image.lastIndexOf('/');
  const colon = image.indexOf(':', slash + 1);
  return `${colon === -1 ? image : image.slice(0, colon)}@${digest}`;
}
