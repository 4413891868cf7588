// Image references: tag and digest.
import { createHash } from 'node:crypto';
import type { World } from './world.ts';

/** `registry:5000/hid-generator:1.0.15.RELEASE` → `1.0.15.RELEASE`; without a tag `latest`; none beside a digest. */
export function tagOf(reference: string): string | null {
  const [name = '', digest] = reference.split('@', 2);
  const last = name.slice(name.lastIndexOf('/') + 1);
  const colon = last.indexOf(':');
  if (colon >= 0) return last.slice(colon + 1);
  return digest === undefined ? 'latest' : null;
}

/** The digest that the reference names or points at now: the scenario's, the resolver's, else one made from the reference. */
export function digestOf(world: World, reference: string): string {
  const named = /@(sha256:[0-9a-f]{64})$/u.exec(reference)?.[1];
  if (named !== undefined) return named;
  const images = world.scenario.images ?? {};
  if (Object.hasOwn(images, reference) && images[reference] !== undefined) return images[reference];
  const resolved = world.settings.resolveImage?.(reference);
  return resolved ?? `sha256:${createHash('sha256').update(reference).digest('hex')}`;
}
