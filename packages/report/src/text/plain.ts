// Texts made fit for a log that is shown in a browser, in a terminal and by `grep`.

/** Typographic signs, ours and AWS's, that a log in another encoding would spoil. Letters stay as they are. */
const signs: ReadonlyMap<string, string> = new Map([
  ['→', '->'],
  ['←', '<-'],
  ['⇒', '=>'],
  ['…', '...'],
  ['–', '-'],
  ['—', '-'],
  ['−', '-'],
  ['‘', "'"],
  ['’', "'"],
  ['“', '"'],
  ['”', '"'],
  ['„', '"'],
  ['•', '*'],
  ['·', '-'],
  ['×', 'x'],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
  ['✓', 'ok'],
  ['✗', 'x'],
  ['\u00a0', ' '],
  ['\u202f', ' '],
]);

const signPattern = new RegExp(`[${[...signs.keys()].join('')}]`, 'gu');

/**
 * Control characters would let a container's output or a service's name colour, move or overwrite lines of the log;
 * so would the characters that turn the direction of writing. Line ends and tabs are not touched.
 */
const controlPattern = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** The lines of a text, each printable as it is. */
export function plainLines(text: string): readonly string[] {
  return text
    .replace(signPattern, (sign) => signs.get(sign) ?? sign)
    .split(/\r\n|\r|\n/u)
    .map((line) => line.replaceAll('\t', '  ').replace(controlPattern, escapeCharacter).trimEnd());
}

/** The same in one line. */
export function plain(text: string): string {
  return plainLines(text)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100
    ? String.raw`\x${code.toString(16).padStart(2, '0')}`
    : String.raw`\u${code.toString(16).padStart(4, '0')}`;
}
