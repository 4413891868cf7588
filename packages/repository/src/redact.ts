// Addresses as they may be shown: no credentials, no query (signed links carry their signature there).

/**
 * `https://ann:pw@host/a?token=x` → `https://***@host/a?***`. Works on text that is no URL as well, and rather hides
 * too much: everything between the scheme and the last `@` goes.
 */
export function redactAddress(text: string): string {
  const plain = text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ');
  const withoutUser = plain.replace(
    /^(\s*[a-z][a-z0-9+.-]*:[/\\]*)?.*@/is,
    (_all, scheme) => `${scheme ?? ''}***@`,
  );
  return withoutUser.replace(/\?.*$/s, '?***').replace(/#.*$/s, '#***');
}
