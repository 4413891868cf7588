// Which releases a person accepts: an exact version, a range of numbers with a tag, or the latest of a tag.
import { minVersion, Range, satisfies } from 'semver';
import type { Result } from './problem.ts';
import { quote } from './path.ts';
import { refuse } from './refuse.ts';
import { compareVersions } from './version-order.ts';
import { formatNumbers, isTag, parseVersion, unknownTag } from './version-parse.ts';
import { tags } from './version.ts';
import type { Tag, Version } from './version.ts';

/** `text` is what the user wrote, with single spaces. */
export type VersionRange =
  | { readonly kind: 'exact'; readonly text: string; readonly version: Version }
  | { readonly kind: 'latest'; readonly text: string; readonly tag: Tag }
  /** `numbers` is a range of the `semver` library, over major.minor.patch alone. */
  | { readonly kind: 'range'; readonly text: string; readonly tag: Tag; readonly numbers: string };

const examples = 'Write it as in 1.0.15.RELEASE, "1.x RELEASE", ">=1.0.10 <2 RELEASE" or "latest RELEASE".';
const longest = 256;

/**
 * `1.0.15.RELEASE`, `1.x RELEASE`, `>=1.0.10 <2 RELEASE`, `~1.2 MILESTONE`, `1.x || 3.x RELEASE`, `latest RELEASE`.
 * The tag is the last word and always there, so that nobody gets a MILESTONE by leaving a word out. Refused, too: a range
 * with pre-releases, and one that no version can fit.
 */
export function parseVersionRange(text: string): Result<VersionRange> {
  const written = text.trim().replace(/\s+/g, ' ');
  if (written === '') return refuse('version-range', 'The version is empty.', examples);
  if (written.length > longest) {
    return refuse(
      'version-range',
      `The version ${quote(written)} is longer than ${longest} characters.`,
      examples,
    );
  }
  const words = written.split(' ');
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1).join(' ');
  if (words.length === 1) return parseSingleWord(written);
  if (!isTag(last)) return withoutTag(written, last);
  if (/^latest$/i.test(before)) return { ok: true, value: { kind: 'latest', text: written, tag: last } };
  return parseNumbersRange(before, last, written);
}

/** Whether exactly one version is meant. */
export function isExact(range: VersionRange): range is Extract<VersionRange, { kind: 'exact' }> {
  return range.kind === 'exact';
}

export function fitsRange(range: VersionRange, version: Version): boolean {
  if (range.kind === 'exact') return compareVersions(range.version, version) === 0;
  if (range.tag !== version.tag) return false;
  return range.kind === 'latest' || satisfies(formatNumbers(version), range.numbers);
}

/** The highest version that fits, or null. */
export function selectVersion(range: VersionRange, versions: Iterable<Version>): Version | null {
  let best: Version | null = null;
  for (const version of versions) {
    if (!fitsRange(range, version)) continue;
    if (best === null || compareVersions(version, best) > 0) best = version;
  }
  return best;
}

function parseSingleWord(word: string): Result<VersionRange> {
  if (isTag(word)) {
    return refuse('version-range', `${quote(word)} is a tag without a version.`, `Write "latest ${word}".`);
  }
  const latest = /^latest\W*(\w*)$/i.exec(word);
  if (latest) {
    const tag = latest[1]?.toUpperCase() ?? '';
    const wanted = isTag(tag) ? tag : 'RELEASE';
    return refuse('version-range', `${quote(word)} does not say of which tag.`, `Write "latest ${wanted}".`);
  }
  const exact = parseVersion(word);
  if (exact.ok) return { ok: true, value: { kind: 'exact', text: word, version: exact.value } };
  // A range that only lacks its tag deserves that answer, not the one for a misspelt version.
  return parseRange(word) ? withoutTag(word, word) : exact;
}

function withoutTag(written: string, last: string): Result<never> {
  if (/^\p{L}{3,}$/u.test(last)) return { ok: false, problems: [unknownTag(last, written)] };
  return refuse(
    'version-range',
    `${quote(written)} does not say the tag (${tags.join(' or ')}).`,
    `Write "${written} RELEASE".`,
  );
}

function parseNumbersRange(numbers: string, tag: Tag, written: string): Result<VersionRange> {
  const range = parseRange(numbers);
  if (!range) {
    return refuse(
      'version-range',
      `${quote(written)} is not a range of versions: ${quote(numbers)} is not understood.`,
      examples,
    );
  }
  const comparators = range.set.flat();
  if (/\d-[\dA-Za-z]/.test(numbers) || /\d\+/.test(numbers)) {
    return refuse(
      'version-range',
      `${quote(written)} contains a pre-release or build metadata; a range is over major.minor.patch.`,
      examples,
    );
  }
  if (minVersion(range) === null) {
    return refuse('version-range', `No version can fit ${quote(written)}.`, examples);
  }
  const [only] = comparators;
  if (only && comparators.length === 1 && only.operator === '' && only.semver.version) {
    const { major, minor, patch } = only.semver;
    return { ok: true, value: { kind: 'exact', text: written, version: { major, minor, patch, tag } } };
  }
  return { ok: true, value: { kind: 'range', text: written, tag, numbers: range.range } };
}

function parseRange(text: string): Range | null {
  try {
    return new Range(text, { loose: false });
  } catch {
    return null;
  }
}
