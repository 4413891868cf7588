// Text to version and back. Strict: what is refused here would order, sort or be tagged differently elsewhere.
import { nearest } from './nearest.ts';
import type { Problem, Result } from './problem.ts';
import { quote } from './path.ts';
import { problem, refuse } from './refuse.ts';
import { tags } from './version.ts';
import type { Tag, Version, VersionNumbers } from './version.ts';

const example = '1.0.15.RELEASE';
/** As the `semver` library has it. */
const longest = 256;

export function isTag(text: string): text is Tag {
  return (tags as readonly string[]).includes(text);
}

export function formatNumbers(numbers: VersionNumbers): string {
  return `${numbers.major}.${numbers.minor}.${numbers.patch}`;
}

/** `1.0.15.RELEASE` */
export function formatVersion(version: Version): string {
  return `${formatNumbers(version)}.${version.tag}`;
}

/**
 * `1.0.15.RELEASE`, `1.0.15.MILESTONE`; spaces around it are taken off. Everything else is refused with the reason:
 * no or another tag, fewer or more than three numbers, leading zeros, a leading `v`, numbers beyond 2^53 − 1.
 */
export function parseVersion(text: string): Result<Version> {
  const trimmed = text.trim();
  if (trimmed.length > longest) return tooLong(trimmed);
  const shape = /^([^.]*(?:\.[0-9][^.]*)*)[.-](\p{L}[^.]*)$/u.exec(trimmed);
  if (!shape) {
    const numbers = parseThreeNumbers(trimmed, trimmed);
    return numbers.ok ? refuse('version', noTag(trimmed), `Write it as in ${example}.`) : numbers;
  }
  const [, head = '', tag = ''] = shape;
  const problems: Problem[] = [];
  const numbers = parseThreeNumbers(head, trimmed);
  if (!numbers.ok) problems.push(...numbers.problems);
  if (!isTag(tag)) problems.push(unknownTag(tag, trimmed));
  else if (trimmed !== `${head}.${tag}`) {
    problems.push(
      problem('version', `Version ${quote(trimmed)} has "-" before its tag.`, `Write ${head}.${tag}.`),
    );
  }
  if (!numbers.ok || !isTag(tag) || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { ...numbers.value, tag } };
}

/**
 * `1.0.15`. A known tag behind it (`1.0.15.RELEASE`) is taken off with a warning, because the branch gives the tag,
 * never the text.
 */
export function parseVersionNumbers(text: string): Result<VersionNumbers> {
  const trimmed = text.trim();
  if (trimmed.length > longest) return tooLong(trimmed);
  const tagged = /^(.*)\.([A-Z]+)$/s.exec(trimmed);
  const tag = tagged?.[2];
  if (tagged?.[1] === undefined || tag === undefined || !isTag(tag))
    return parseThreeNumbers(trimmed, trimmed);
  const numbers = parseThreeNumbers(tagged[1], trimmed);
  if (!numbers.ok) return numbers;
  const warning: Problem = {
    severity: 'warning',
    code: 'version-tag-ignored',
    message: `The tag of ${quote(trimmed)} is taken off: the branch gives the tag.`,
    hint: `Write ${formatNumbers(numbers.value)}.`,
  };
  return { ok: true, value: numbers.value, warnings: [warning] };
}

/** Exactly three numbers; `whole` is what the user wrote, for the message. */
function parseThreeNumbers(text: string, whole: string): Result<VersionNumbers> {
  const parts = text.split('.');
  const reason = numbersReason(text, parts);
  if (reason) return refuse('version', `Version ${quote(whole)} ${reason.message}`, reason.hint);
  const [major = 0, minor = 0, patch = 0] = parts.map(Number);
  return { ok: true, value: { major, minor, patch } };
}

function numbersReason(text: string, parts: readonly string[]): { message: string; hint: string } | null {
  const want = 'Write three numbers, major.minor.patch, as in 1.0.15.';
  if (text === '') return { message: 'has no numbers.', hint: want };
  if (/\s/.test(text)) return { message: 'has white space inside.', hint: want };
  if (/^[vV]\d/.test(text)) {
    return { message: `begins with "${text[0] ?? ''}".`, hint: `Write it without: ${text.slice(1, 60)}.` };
  }
  const odd = parts.find((part) => !/^[0-9]+$/.test(part));
  if (odd !== undefined) {
    return {
      message: odd === '' ? 'has an empty part.' : `has ${quote(odd)} where a number must stand.`,
      hint: want,
    };
  }
  if (parts.length < 3) {
    const filled = [...parts, '0', '0'].slice(0, 3).join('.');
    return {
      message: `has ${parts.length === 1 ? 'one number' : 'two numbers'} only; the template is major.minor.patch.tag.`,
      hint: `If that is what it means, write ${filled}.`,
    };
  }
  if (parts.length > 3) {
    return {
      message: `has ${parts.length} numbers; the template is major.minor.patch.tag.`,
      hint: `Leave out the ${parts.length === 4 ? 'fourth number' : 'numbers after the third'}.`,
    };
  }
  const zero = parts.find((part) => /^0[0-9]/.test(part));
  if (zero !== undefined) {
    return {
      message: `has a number with leading zeros (${zero.slice(0, 40)}).`,
      hint: `Semantic versions have none: write ${zero.slice(0, 40).replace(/^0+(?=.)/, '')}.`,
    };
  }
  const big = parts.find((part) => !Number.isSafeInteger(Number(part)));
  if (big !== undefined) {
    return {
      message: `has a number that is too large (${big.slice(0, 40)}): beyond ${Number.MAX_SAFE_INTEGER} numbers can no longer be told apart.`,
      hint: 'Use a smaller number.',
    };
  }
  return null;
}

function noTag(text: string): string {
  return `Version ${quote(text)} has no tag (${tags.join(' or ')}).`;
}

function tooLong(text: string): Result<never> {
  return refuse(
    'version',
    `Version ${quote(text)} is longer than ${longest} characters.`,
    `Write it as in ${example}.`,
  );
}

/** A word that should be a tag; `whole` is where it stands. */
export function unknownTag(tag: string, whole: string): Problem {
  const meant = nearest(tag, tags);
  const hint = meant ? `Did you mean ${meant}? ` : '';
  return problem(
    'version-tag',
    `${quote(whole)} has the unknown tag ${quote(tag)}.`,
    `${hint}The tags are ${tags.join(' and ')}, in capitals.`,
  );
}
