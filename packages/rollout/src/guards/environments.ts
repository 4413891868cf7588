// The setting `environments`: which tags may go where.
import { isTag } from '@bamboo-ecs/release';

export type EnvironmentMap = ReadonlyMap<string, readonly string[]>;

/**
 * `QA=MILESTONE|RELEASE,Production=RELEASE`. Entries that cannot be read are returned as they stand: a guard with a hole
 * is none, so the caller refuses them.
 */
export function parseEnvironments(text: string): {
  readonly map: EnvironmentMap;
  readonly unreadable: readonly string[];
} {
  const map = new Map<string, readonly string[]>();
  const unreadable: string[] = [];
  for (const entry of text.split(',')) {
    if (entry.trim() === '') continue;
    const at = entry.lastIndexOf('=');
    const name = entry.slice(0, Math.max(at, 0)).trim();
    const allowed = entry
      .slice(at + 1)
      .split('|')
      .map((tag) => tag.trim().toUpperCase());
    if (name === '' || map.has(name) || !allowed.every(isTag)) unreadable.push(entry.trim());
    else map.set(name, allowed);
  }
  return { map, unreadable };
}
