// Texts to values of settings.
import { didYouMean } from './nearest.ts';
import type { SettingDefinition } from './setting-definition.ts';

const longestDurationMs = 7 * 24 * 3_600_000;
const unitsMs = [24 * 3_600_000, 3_600_000, 60_000, 1000] as const;
const plainDuration = /^(?:(\d{1,9})\s*d)?\s*(?:(\d{1,9})\s*h)?\s*(?:(\d{1,9})\s*m)?\s*(?:(\d{1,9})\s*s)?$/iu;
/** ISO 8601, as far as it has no months. */
const isoDuration = /^P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/iu;

/** `90s`, `15m`, `1h30m`, `1h 30m`, `PT15M`: milliseconds. Null for anything else: no unit, zero, more than a week. */
export function parseDuration(text: string): number | null {
  const match = plainDuration.exec(text.trim()) ?? isoDuration.exec(text.trim());
  if (!match) return null;
  const ms = unitsMs.reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit, 0);
  return ms > 0 && ms <= longestDurationMs ? ms : null;
}

/** `true`, `yes`, `1`, `on` (and an option without a value); null when it is neither yes nor no. */
export function parseFlag(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (['true', 'yes', '1', 'on', ''].includes(word)) return true;
  if (['false', 'no', '0', 'off'].includes(word)) return false;
  return null;
}

export function parseList(text: string): readonly string[] {
  return text
    .split(/[\s,]+/u)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** `High 5xx, Slow answers`: parted by commas and line ends only. */
export function parseNames(text: string): readonly string[] {
  return text
    .split(/[,\r\n]+/u)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** One sentence why the text is no value of the setting, or null. It never repeats the text of a secret. */
export function faultOf(definition: SettingDefinition, text: string): string | null {
  const general = generalFault(definition, text);
  if (general !== null) return general;
  if (definition.kind === 'duration' && parseDuration(text) === null)
    return 'a duration looks like 90s, 15m or 1h30m, at most 168h';
  if (definition.kind === 'flag' && parseFlag(text) === null) return 'a switch is true or false';
  const choices = definition.choices ?? [];
  if (definition.kind === 'choice' && !choices.includes(text))
    return `it must be one of ${choices.join(', ')}${didYouMean(text, choices)}`;
  return definition.check?.(text) ?? null;
}

/** What no setting may be: a variable that Bamboo did not replace, the mask of a secret, text that breaks a line. */
function generalFault({ kind, secret }: SettingDefinition, text: string): string | null {
  const unreplaced = /\$\{bamboo[._][^}]*\}/u.exec(text)?.[0];
  if (unreplaced !== undefined)
    return `Bamboo did not replace ${JSON.stringify(unreplaced)}; is the variable defined?`;
  if (secret && /^\*+$/u.test(text.trim())) return 'this is what Bamboo shows in place of a secret';
  // Items of a list may stand on lines of their own.
  const checked = kind === 'list' ? text.replaceAll(/[\t\r\n]/gu, ' ') : text;
  if (/[\p{Cc}\u2028\u2029]/u.test(checked)) return 'it holds a line end or another control character';
  return null;
}
