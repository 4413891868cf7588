// The setting `version`: `1.0.15`, or with a tag that must be the branch's own.
import {
  parseVersion,
  parseVersionNumbers,
  type Problem,
  type Result,
  type Tag,
  type VersionNumbers,
} from '@bamboo-ecs/release';
import { atSetting } from './problems.ts';

/** `tag` is null when the branch's is not known; then any will do. */
export function statedVersion(text: string, tag: Tag | null): Result<VersionNumbers> {
  const whole = parseVersion(text);
  if (whole.ok && tag !== null && whole.value.tag !== tag)
    return { ok: false, problems: [otherTag(text, tag)] };
  if (whole.ok) return whole;
  const numbers = parseVersionNumbers(text);
  return numbers.ok ? numbers : { ok: false, problems: atSetting(numbers.problems, 'version') };
}

function otherTag(text: string, tag: Tag): Problem {
  return {
    severity: 'error',
    code: 'version-tag',
    message: `the version ${text} names another tag than this branch gives, which is ${tag}`,
    place: { variable: 'version' },
    hint: 'Give the numbers alone (1.0.15), or change the branch map (setting branches).',
  };
}
