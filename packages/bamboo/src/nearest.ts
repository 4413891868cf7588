import { distance } from 'fastest-levenshtein';

/** The known name that a misspelt one is nearest to; null when so many letters differ that it is a guess. */
function nearest(name: string, known: readonly string[]): string | null {
  const wanted = name.slice(0, 200).toLowerCase();
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of known) {
    const edits = distance(wanted, candidate.toLowerCase());
    const allowed = Math.min(Math.max(2, Math.floor(candidate.length / 3)), candidate.length - 1);
    if (edits <= allowed && edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}

/** ` (did you mean "templates"?)`, or nothing when no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === null ? '' : ` (did you mean ${JSON.stringify(meant)}?)`;
}
