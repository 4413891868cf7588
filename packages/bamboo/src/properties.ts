// bamboo.properties, for Bamboo's inject task: key=value lines.

const longestValue = 1000;

/**
 * Keys in the order given; one that is not of letters, digits, dots and `_` is an error of the caller. Bamboo documents no
 * quoting, so a value keeps to what cannot be misread: printable ASCII on one line, no backslash, no `$`, no blanks at its
 * ends, at most 1,000 characters. Line ends and control characters become a blank, `\` becomes `/`, other characters `?`.
 * Versions, checksums and the like come through unchanged.
 */
export function formatProperties(entries: Readonly<Record<string, string>>): string {
  const lines = Object.entries(entries).map(([key, value]) => {
    if (!/^[A-Za-z][A-Za-z0-9._]*$/u.test(key))
      throw new Error(`not a key of bamboo.properties: ${JSON.stringify(key)}`);
    return `${key}=${plainValue(value)}\n`;
  });
  return lines.join('');
}

function plainValue(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll('\\', '/')
    .replaceAll(/[^ -~]|\$/gu, '?')
    .slice(0, longestValue)
    .trim();
}
