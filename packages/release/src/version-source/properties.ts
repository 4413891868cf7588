// Java's .properties format (java.util.Properties.load).

export interface Property {
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

const escapes = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['f', '\f'],
]);

/** Keys to values; of two lines with one key, the last counts, as in Java. */
export function parseProperties(text: string): ReadonlyMap<string, Property> {
  const properties = new Map<string, Property>();
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const start = index;
    let line = (lines[index] ?? '').replace(/^[ \t\f]+/, '');
    if (line === '' || line.startsWith('#') || line.startsWith('!')) continue;
    while (endsOpen(line) && index + 1 < lines.length) {
      line = line.slice(0, -1) + (lines[++index] ?? '').replace(/^[ \t\f]+/, '');
    }
    const [, key = '', value = ''] = /^((?:\\.|[^\\=: \t\f])*)[ \t\f]*[=:]?[ \t\f]*(.*)$/s.exec(line) ?? [];
    properties.set(unescape(key), { value: unescape(value), line: start + 1 });
  }
  return properties;
}

/** Whether the line ends in an odd number of backslashes: it goes on in the next. */
function endsOpen(line: string): boolean {
  return (/\\*$/.exec(line)?.[0].length ?? 0) % 2 === 1;
}

function unescape(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|(.)|$)/gs,
    (_, code: string | undefined, letter: string | undefined) =>
      code === undefined
        ? (escapes.get(letter ?? '') ?? letter ?? '')
        : String.fromCharCode(parseInt(code, 16)),
  );
}
