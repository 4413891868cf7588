// Our versions in the words of the `semver` library, so that both order alike.
//
// semver sorts a pre-release before the version that it leads to, and that is what a MILESTONE is to the RELEASE of
// the same numbers: 1.2.3.MILESTONE ↔ 1.2.3-MILESTONE < 1.2.3 ↔ 1.2.3.RELEASE. (semver.org, rule 11.)
import { parse } from 'semver';
import type { Result } from './problem.ts';
import { quote } from './path.ts';
import { refuse } from './refuse.ts';
import { formatNumbers } from './version-parse.ts';
import type { Version } from './version.ts';

export function toSemver(version: Version): string {
  const numbers = formatNumbers(version);
  return version.tag === 'RELEASE' ? numbers : `${numbers}-${version.tag}`;
}

/** The inverse of `toSemver`: other pre-releases and build metadata are refused. */
export function fromSemver(text: string): Result<Version> {
  const parsed = parse(text, { loose: false });
  if (!parsed) {
    return refuse('version', `${quote(text)} is not a semantic version.`, 'Write it as in 1.0.15.');
  }
  const { major, minor, patch } = parsed;
  const numbers = { major, minor, patch };
  const version: Version = { ...numbers, tag: parsed.prerelease.length === 0 ? 'RELEASE' : 'MILESTONE' };
  if (toSemver(version) === text) return { ok: true, value: version };
  return refuse(
    'version',
    `${quote(text)} is neither ${formatNumbers(numbers)} (a RELEASE) nor ${formatNumbers(numbers)}-MILESTONE.`,
    'Other pre-releases, build metadata and a leading "v" have no place in the version template.',
  );
}
