// Values as JSON: inside a string, or standing alone.

/** As the inside of a JSON string: quotes, backslashes, control characters, lone surrogates and U+2028/2029 escaped. */
export function escapeForString(value: string): string {
  return JSON.stringify(value)
    .slice(1, -1)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`);
}

const numberPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A number, `true`, `false` or `null` (blanks around it are taken off), or the reason why it is none. */
export function jsonScalar(value: string): { readonly text: string } | { readonly reason: string } {
  const text = value.trim();
  if (text === 'true' || text === 'false' || text === 'null') return { text };
  if (numberPattern.test(text)) {
    const reason = numberFault(text);
    return reason === undefined ? { text } : { reason };
  }
  if (text === '') return { reason: 'it is empty' };
  if (/^-?0\d+$/.test(text)) return { reason: 'JSON numbers have no leading zeros' };
  return { reason: 'it is no JSON number and not true, false or null' };
}

/** Why a JSON number cannot be kept as it is written; undefined for one that can. */
export function numberFault(text: string): string | undefined {
  const number = Number(text);
  if (!Number.isFinite(number)) return 'the number is too large';
  if (Number.isInteger(number) && !Number.isSafeInteger(number))
    return 'the number is too large to be kept exactly';
  return undefined;
}
