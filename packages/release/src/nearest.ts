// "Did you mean": the known word that a misspelt one is nearest to.
import { distance } from 'fastest-levenshtein';

/**
 * The candidate nearest to `word`, or null when none is near enough to be meant: at most a third of the letters
 * (but always two, and never all) may differ. Case counts less than letters: `Master` is near `master`.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = word.slice(0, 200).toLowerCase();
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const edits = distance(wanted, candidate.toLowerCase());
    const allowed = Math.min(Math.max(2, Math.floor(candidate.length / 3)), candidate.length - 1);
    if (edits <= allowed && edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}
