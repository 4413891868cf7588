import { nearest } from '../nearest.ts';

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_\s.]/gu, '');
}

const longestName = 64;

/**
 * `Did you mean 'memory'?`: the candidate that is the same but for case, `-` and `_`; else the nearest one; else the one with which
 * all that begin so begin (`env` → `environment`). Undefined when none is near.
 */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = plain(name);
  if (wanted === '' || wanted.length > longestName) return undefined;
  const all = [...candidates];
  const begins = wanted.length < 3 ? [] : all.filter((candidate) => plain(candidate).startsWith(wanted));
  const found =
    all.find((candidate) => plain(candidate) === wanted) ??
    nearest(name, all) ??
    begins.find((candidate) => begins.every((other) => other.startsWith(candidate)));
  return found === undefined ? undefined : `Did you mean '${found}'?`;
}
