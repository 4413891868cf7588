import { closest, distance } from 'fastest-levenshtein';

/** ` (did you mean "templates"?)`, or nothing when no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  if (known.length === 0 || name.length > 100) return '';
  const nearest = closest(name.toLowerCase(), [...known]);
  const near = distance(name.toLowerCase(), nearest) <= Math.max(2, Math.floor(nearest.length / 3));
  return near ? ` (did you mean ${JSON.stringify(nearest)}?)` : '';
}
