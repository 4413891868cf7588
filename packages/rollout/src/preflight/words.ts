// Findings put together: what is not known becomes one note for each check.
import type { Finding, FindingLevel } from '../finding.ts';
import type { Answer } from './answer.ts';
import type { PreflightCheck } from './check-names.ts';

export function finding(check: PreflightCheck, level: FindingLevel, message: string, hint?: string): Finding {
  return { check, level, message, ...(hint === undefined ? {} : { hint }) };
}

/**
 * Goes through what was asked: `judge` for what is known, one note in the end for what is not. An answer without a reason was
 * not asked for and is passed over.
 */
export function eachKnown<Use, T>(
  check: PreflightCheck,
  what: string,
  uses: readonly Use[],
  answerOf: (use: Use) => Answer<T> | undefined,
  judge: (use: Use, value: T) => readonly Finding[],
): Finding[] {
  const found: Finding[] = [];
  const unknown: { readonly reason: string; readonly hint?: string }[] = [];
  for (const use of uses) {
    const answer = answerOf(use);
    if (answer?.known === true) found.push(...judge(use, answer.value));
    else if (answer !== undefined && answer.reason !== '') unknown.push(answer);
  }
  return [...found, ...noteOf(check, what, unknown)];
}

function noteOf(
  check: PreflightCheck,
  what: string,
  unknown: readonly { readonly reason: string; readonly hint?: string }[],
): Finding[] {
  const [first] = unknown;
  if (!first) return [];
  const others = new Set(unknown.map(({ reason }) => reason)).size - 1;
  const more = others > 0 ? ` (and ${others} more ${others === 1 ? 'reason' : 'reasons'})` : '';
  const count =
    unknown.length > 1 ? `${unknown.length} ${what}s` : `${/^[aeiou]/u.test(what) ? 'an' : 'a'} ${what}`;
  return [finding(check, 'note', `${count} could not be looked at: ${first.reason}${more}`, first.hint)];
}
