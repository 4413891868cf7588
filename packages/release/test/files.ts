// A project as a few texts.
import type { ReadFile } from '../src/index.ts';

export function files(contents: Readonly<Record<string, string>>): ReadFile {
  const known = new Map(Object.entries(contents));
  return (path) => known.get(path) ?? null;
}
