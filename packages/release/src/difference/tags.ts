import { isObject, text } from '../check/read.ts';

/** Tags that others keep: AWS's own, the one that a migration of ARNs leaves, and the installer's notes on a revision. */
const foreign = /^(?:aws:|bamboo-ecs:|ecs:serviceArnMigratedAt$)/iu;

/** The tags to compare; with `stated`, only those whose keys are in it. */
export function comparableTags(tags: unknown, stated?: unknown): unknown {
  if (!Array.isArray(tags)) return tags;
  const keys = Array.isArray(stated) ? new Set(stated.map((tag: unknown) => text(tag, 'key'))) : undefined;
  return tags.filter((tag: unknown) => {
    const key = isObject(tag) ? text(tag, 'key') : undefined;
    return key === undefined || (!foreign.test(key) && (keys?.has(key) ?? true));
  });
}
