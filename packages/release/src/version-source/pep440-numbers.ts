// Python's versions (PEP 440, now the PyPA specification "Version specifiers") as three numbers.
import { explain } from '@renovatebot/pep440';
import type { Result } from '../problem.ts';
import { quote } from '../path.ts';
import { refuse } from '../refuse.ts';
import { formatNumbers, parseVersionNumbers } from '../version-parse.ts';
import { numbersFromTemplate } from './template-numbers.ts';
import type { MappedNumbers } from './template-numbers.ts';

const longest = 256;

/**
 * Mapped, with a note: fewer than three numbers (`1.0` → 1.0.0), further numbers that are zero (`1.0.15.0`), development and
 * pre-releases (`1.0.15.dev3`, `1.0.15rc1` → 1.0.15), local versions (`1.0.15+g1a2b`), forms that PEP 440 itself
 * normalises (`v1.0`, `2026.01.05`), and the version template with its tag. Refused, because two of them would become one
 * of ours: epochs (`1!2.0`), post-releases (`1.0.15.post1`), a fourth number that is not zero.
 */
export function numbersFromPep440(text: string): Result<MappedNumbers> {
  const stated = text.trim();
  if (stated.length > longest) {
    return refuse('version', `Version ${quote(stated)} is longer than ${longest} characters.`);
  }
  const parsed = explain(stated);
  if (!parsed) {
    const template = numbersFromTemplate(stated);
    if (template.ok) return template;
    return refuse(
      'version',
      `Version ${quote(stated)} is neither of the form of PEP 440 nor of the version template.`,
      'Write it as in 1.0.15.',
    );
  }
  const [major = 0, minor = 0, patch = 0, ...further] = parsed.release;
  const numbers = { major, minor, patch };
  if (parsed.epoch !== 0) {
    return refuse(
      'version',
      `Version ${quote(stated)} has the epoch ${parsed.epoch}, for which the version template has no place.`,
      'Raise the first number instead of the epoch.',
    );
  }
  if (parsed.is_postrelease) {
    return refuse(
      'version',
      `Version ${quote(stated)} is a post-release; it could not be told from ${formatNumbers(numbers)}.`,
      'Raise the last number instead.',
    );
  }
  if (further.some((number) => number !== 0)) {
    return refuse(
      'version',
      `Version ${quote(stated)} has ${parsed.release.length} numbers; the version template has three.`,
      'Leave out what follows the third number.',
    );
  }
  // Guards against numbers beyond 2^53 − 1.
  const checked = parseVersionNumbers(parsed.release.slice(0, 3).concat(0, 0).slice(0, 3).join('.'));
  if (!checked.ok) {
    return refuse(
      'version',
      `Version ${quote(stated)} has a number that is too large.`,
      'Use smaller numbers.',
    );
  }
  const preRelease = parsed.is_prerelease;
  if (stated === formatNumbers(numbers)) return { ok: true, value: { numbers } };
  return {
    ok: true,
    value: {
      numbers,
      note: `${quote(stated)} is taken as ${formatNumbers(numbers)}${preRelease ? ': the branch gives the tag' : ''}.`,
      ...(preRelease ? { preRelease } : {}),
    },
  };
}
