// The order of versions.
import { tags } from './version.ts';
import type { Version, VersionNumbers } from './version.ts';

/** Negative, zero or positive: the numbers first, then MILESTONE before RELEASE. */
export function compareVersions(left: Version, right: Version): number {
  return compareNumbers(left, right) || tags.indexOf(left.tag) - tags.indexOf(right.tag);
}

export function compareNumbers(left: VersionNumbers, right: VersionNumbers): number {
  return (
    Math.sign(left.major - right.major) ||
    Math.sign(left.minor - right.minor) ||
    Math.sign(left.patch - right.patch)
  );
}
