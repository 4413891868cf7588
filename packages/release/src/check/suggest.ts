import { distance } from 'fastest-levenshtein';
import { nearest } from '../nearest.ts';
import { quote } from '../path.ts';

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_\s.]/gu, '');
}

const longestName = 64;
/** Beyond this a suggestion costs more than it tells. */
const mostCandidates = 500;
const mostListed = 10;

/** `nearest` would take `web` for `db`: of a short name at least half must be right. */
function near(wanted: string, all: readonly string[]): string | undefined {
  const found = nearest(wanted, all);
  return found !== null && distance(wanted, found.toLowerCase()) <= Math.ceil(wanted.length / 2)
    ? found
    : undefined;
}

/**
 * `Did you mean 'memory'?`: the candidate that is the same but for case, `-` and `_`; else the nearest one; else the one with which
 * all that begin so begin (`env` → `environment`). Undefined when none is near.
 */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = plain(name);
  if (wanted === '' || wanted.length > longestName) return undefined;
  const all = [...candidates];
  if (all.length > mostCandidates) return undefined;
  const begins = wanted.length < 3 ? [] : all.filter((candidate) => plain(candidate).startsWith(wanted));
  const found =
    all.find((candidate) => plain(candidate) === wanted) ??
    near(wanted, all) ??
    begins.find((candidate) => begins.every((other) => other.startsWith(candidate)));
  return found === undefined ? undefined : `Did you mean '${found}'?`;
}

/** The near one of these names, else all of them (the first ten): `It has 'web', 'side'.` */
export function hintFromNames(name: string, names: readonly string[], start = 'It has'): string {
  const listed = names.slice(0, mostListed).map((each) => quote(each));
  return didYouMean(name, names) ?? `${start} ${listed.join(', ')}${names.length > mostListed ? ', …' : ''}.`;
}
