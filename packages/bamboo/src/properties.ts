// bamboo.properties, for Bamboo's inject task: key=value lines.

/**
 * Keys in the order given. Bamboo documents no quoting, so a value that would not survive (line ends, control characters)
 * is an error of the caller, and a backslash, `#` or `!` stays as it is.
 */
export function formatProperties(entries: Readonly<Record<string, string>>): string {
  const lines = Object.entries(entries).map(([key, value]) => {
    if (!/^[A-Za-z][A-Za-z0-9._]*$/u.test(key))
      throw new Error(`not a key of bamboo.properties: ${JSON.stringify(key)}`);
    if (/[\u0000-\u001F\u007F\u2028\u2029]/u.test(value))
      throw new Error(`the value of ${key} has line ends or control characters`);
    return `${key}=${value}`;
  });
  return `${lines.join('\n')}\n`;
}
