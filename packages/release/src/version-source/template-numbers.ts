// Versions of projects in the world of the version template: Node, Java, plain text.
import type { Result } from '../problem.ts';
import { quote } from '../path.ts';
import { isTag, parseVersionNumbers, unknownTag } from '../version-parse.ts';
import type { VersionNumbers } from '../version.ts';

/** As the `semver` library has it. */
const longest = 256;
const form =
  /^([0-9]+(?:\.[0-9]+)*)(?:(\.(?=[A-Za-z])|-)([0-9A-Za-z][0-9A-Za-z.-]*))?(?:\+([0-9A-Za-z.-]+))?$/;

export interface MappedNumbers {
  readonly numbers: VersionNumbers;
  readonly note?: string;
  readonly preRelease?: true;
}

/**
 * `1.0.15` as it is. What follows the three numbers is taken off with a note, because the branch gives the tag: a known tag
 * (`1.0.15.RELEASE`, `1.0.15-RELEASE`), Maven's `-SNAPSHOT` (also `.BUILD-SNAPSHOT`), a semantic pre-release
 * (`1.2.3-beta.1`) and build metadata (`1.2.3+7`). Another word behind a dot (`1.0.15.Final`) is refused.
 */
export function numbersFromTemplate(text: string): Result<MappedNumbers> {
  const stated = text.trim();
  const plain = parseVersionNumbers(stated);
  if (plain.ok && !plain.warnings) return { ok: true, value: { numbers: plain.value } };
  const shape = form.exec(stated);
  if (!shape || stated.length > longest) {
    return plain.ok ? { ok: true, value: { numbers: plain.value } } : plain;
  }
  const [, head = '', separator, suffix, metadata] = shape;
  const numbers = parseVersionNumbers(head);
  if (!numbers.ok) return numbers;
  const snapshot = suffix !== undefined && /^(?:BUILD-)?SNAPSHOT$/.test(suffix);
  const tagged = suffix !== undefined && isTag(suffix);
  if (suffix !== undefined && separator === '.' && !snapshot && !tagged) {
    return { ok: false, problems: [unknownTag(suffix, stated)] };
  }
  const off = [
    suffix === undefined ? '' : `${separator ?? ''}${suffix}`,
    metadata === undefined ? '' : `+${metadata}`,
  ].join('');
  const preRelease = suffix !== undefined && !tagged;
  return {
    ok: true,
    value: {
      numbers: numbers.value,
      note: `${quote(off)} is taken off ${quote(stated)}: the branch gives the tag.`,
      ...(preRelease ? { preRelease } : {}),
    },
  };
}
