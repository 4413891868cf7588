// Texts to values of settings.
import { didYouMean } from './nearest.ts';
import type { SettingDefinition } from './setting-definition.ts';

const longestDurationMs = 7 * 24 * 3_600_000;
const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000 };

/** `90s`, `15m`, `1h30m`, a bare number of seconds refused: milliseconds, or null. */
export function parseDuration(text: string): number | null {
  const compact = text.trim().toLowerCase();
  if (!/^(\d+h)?(\d+m)?(\d+s)?$/u.test(compact) || compact === '') return null;
  let ms = 0;
  for (const [, amount, unit] of compact.matchAll(/(\d+)([hms])/gu))
    ms += Number(amount) * (units[unit ?? ''] ?? 0);
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

/** One sentence why the text is no value of the setting, or null. */
export function faultOf(definition: SettingDefinition, text: string): string | null {
  if (/[\u0000-\u0008\u000B-\u001F\u007F]/u.test(text) && !definition.secret)
    return 'it holds a control character';
  switch (definition.kind) {
    case 'duration':
      return parseDuration(text) === null ? 'a duration looks like 90s, 15m or 1h30m, at most 168h' : null;
    case 'flag':
      return parseFlag(text) === null ? 'a switch is true or false' : null;
    case 'choice': {
      const choices = definition.choices ?? [];
      return choices.includes(text)
        ? null
        : `it must be one of ${choices.join(', ')}${didYouMean(text, choices)}`;
    }
    case 'text':
    case 'list':
      return definition.check?.(text) ?? null;
  }
}
