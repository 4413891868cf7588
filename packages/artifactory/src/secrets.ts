// Nothing that is printed may contain a secret, whoever wrote it: servers and proxies echo headers.

/** Replaces every secret in a text by `***`; the longest first, because one may contain another. */
export function makeHider(secrets: readonly string[]): (text: string) => string {
  const sorted = [...new Set(secrets)]
    .filter((secret) => secret !== '')
    .toSorted((a, b) => b.length - a.length);
  return (text) => sorted.reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text);
}
