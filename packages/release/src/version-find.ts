// The one version that a name contains, such as the name of a Bamboo release.
import type { Result } from './problem.ts';
import { quote } from './path.ts';
import { refuse } from './refuse.ts';
import { formatVersion, parseVersion } from './version-parse.ts';
import { tags } from './version.ts';
import type { Version } from './version.ts';

// Not inside a longer word or number: neither `11.0.15.RELEASE` out of `2.11.0.15.RELEASE` nor out of `1.0.15.RELEASES`.
const candidate = new RegExp(
  String.raw`(?<![\p{L}\p{N}]|\p{N}\.)v?(\d+(?:\.\d+){2}\.(?:${tags.join('|')}))(?![\p{L}\p{N}])`,
  'gu',
);
const longestName = 1000;

/**
 * `hid-generator-1.0.15.RELEASE` → 1.0.15.RELEASE. Refused: no version, two different ones. A release that Bamboo
 * made from a plan branch is called `<branch>-<number>` when the deployment project's naming does not apply to
 * branches (Bamboo YAML Specs reference, `release-naming`); then the message says so.
 */
export function findVersion(text: string): Result<Version> {
  const name = text.trim();
  if (name.length > longestName) {
    return refuse(
      'release-name',
      `The release name ${quote(name)} is longer than ${longestName} characters.`,
    );
  }
  const found = new Map<string, Result<Version>>();
  for (const match of name.matchAll(candidate)) {
    const written = match[1] ?? '';
    const version = parseVersion(written);
    found.set(version.ok ? formatVersion(version.value) : written, version);
  }
  const [first, second] = found.keys();
  if (first === undefined) return refuse('release-name', ...nothingFound(name));
  if (second !== undefined) {
    return refuse(
      'release-name',
      `The release name ${quote(name)} contains ${found.size} versions: ${[...found.keys()].slice(0, 5).join(', ')}.`,
      'Say with the setting "release" which one is meant.',
    );
  }
  return found.get(first) ?? refuse('release-name', ...nothingFound(name));
}

function nothingFound(name: string): [message: string, hint: string] {
  const naming =
    'Let the release be called ${bamboo.inject.version} in the deployment project\'s release naming, or say the version with the setting "release", as in 1.0.15.RELEASE.';
  if (name === '') return ['The release name is empty.', naming];
  const message = `The release name ${quote(name)} contains no version such as 1.0.15.RELEASE`;
  const lower = new RegExp(String.raw`\d\.(?:${tags.join('|')})(?![\p{L}\p{N}])`, 'iu').exec(name);
  if (lower && !tags.some((tag) => name.includes(tag))) {
    return [`${message}: the tag must be written in capitals.`, naming];
  }
  if (/\p{L}.*-\d+$/u.test(name)) {
    return [
      `${message}. Bamboo calls the releases of plan branches <branch>-<number> unless the release naming applies to branches.`,
      `${naming} For plan branches, let the release naming apply to branches, too.`,
    ];
  }
  if (/\d+\.\d+\.\d+/.test(name)) return [`${message}: behind the numbers, the tag is missing.`, naming];
  return [`${message}.`, naming];
}
