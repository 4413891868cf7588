// Which tag a branch gives.
import { normaliseBranch } from './branch-name.ts';
import { isGlob, matchesGlob } from './glob.ts';
import { nearest } from './nearest.ts';
import type { Problem, Result } from './problem.ts';
import { quote } from './path.ts';
import { problem } from './refuse.ts';
import { isTag } from './version-parse.ts';
import { tags } from './version.ts';
import type { Tag } from './version.ts';

export interface BranchRule {
  /** A branch name or a pattern with `*` and `?`. */
  readonly pattern: string;
  /** Null: builds of this branch are ignored. */
  readonly tag: Tag | null;
}

/** In the order written. */
export interface BranchMap {
  readonly rules: readonly BranchRule[];
}

export const defaultBranches = 'master=RELEASE,development=MILESTONE';
export const defaultBranchMap: BranchMap = {
  rules: [
    { pattern: 'master', tag: 'RELEASE' },
    { pattern: 'development', tag: 'MILESTONE' },
  ],
};

const ignore = 'ignore';
const words = [...tags, ignore];
const example = `Write it as in ${defaultBranches} or master=RELEASE,release/*=RELEASE,*=ignore.`;

/**
 * `master=RELEASE,development=MILESTONE`, with patterns (`release/*=RELEASE`) and `ignore` (`*=ignore`). The last `=` of
 * an entry counts, because a branch name may contain one.
 */
export function parseBranchMap(text: string): Result<BranchMap> {
  const problems: Problem[] = [];
  const rules = new Map<string, Tag | null>();
  if (text.trim() === '') {
    return { ok: false, problems: [problem('branches', 'The map of branches is empty.', example)] };
  }
  for (const [index, entry] of text.split(',').entries()) {
    const rule = parseEntry(entry.trim(), index + 1);
    if ('message' in rule) {
      problems.push(rule);
      continue;
    }
    const known = rules.get(rule.pattern);
    if (known !== undefined && known !== rule.tag) {
      problems.push(
        problem(
          'branches',
          `Branch ${quote(rule.pattern)} is given twice, as ${known ?? ignore} and as ${rule.tag ?? ignore}.`,
          'Leave out one of them.',
        ),
      );
    } else {
      rules.set(rule.pattern, rule.tag);
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { rules: Array.from(rules, ([pattern, tag]) => ({ pattern, tag })) } };
}

/** The tag that builds of this branch get, or null: they are ignored. A name counts before a pattern, then the order. */
export function tagOfBranch(map: BranchMap, branch: string): Tag | null {
  const name = normaliseBranch(branch);
  const rule =
    map.rules.find(({ pattern }) => pattern === name) ??
    map.rules.find(({ pattern }) => isGlob(pattern) && matchesGlob(pattern, name));
  return rule?.tag ?? null;
}

export function formatBranchMap(map: BranchMap): string {
  return map.rules.map(({ pattern, tag }) => `${pattern}=${tag ?? ignore}`).join(',');
}

function parseEntry(entry: string, position: number): BranchRule | Problem {
  if (entry === '') {
    return problem('branches', `Entry ${position} of the map of branches is empty.`, 'Leave out the comma.');
  }
  const equals = entry.lastIndexOf('=');
  if (equals < 0) {
    return problem('branches', `Entry ${quote(entry)} of the map of branches has no "=".`, example);
  }
  const pattern = normaliseBranch(entry.slice(0, equals));
  const word = entry.slice(equals + 1).trim();
  if (pattern === '') {
    return problem('branches', `Entry ${quote(entry)} of the map of branches names no branch.`, example);
  }
  if (/\s/.test(pattern)) {
    return problem(
      'branches',
      `Branch ${quote(pattern)} contains white space, which no git branch does.`,
      example,
    );
  }
  if (word === ignore) return { pattern, tag: null };
  if (isTag(word)) return { pattern, tag: word };
  const meant = nearest(word, words);
  return problem(
    'branches',
    word === ''
      ? `Branch ${quote(pattern)} has no tag.`
      : `Branch ${quote(pattern)} has the unknown tag ${quote(word)}.`,
    `${meant ? `Did you mean ${meant}? ` : ''}Known are ${tags.join(', ')} and ${ignore}.`,
  );
}
