/**
 * Does an image reference or tag carry this version: `web:1.0.15.RELEASE`, `mycontainer-1.0.15.RELEASE`? Not when the
 * version is a piece of another one: `11.0.15.RELEASE` does not carry `1.0.15.RELEASE`.
 */
export function carriesVersion(text: string, version: string): boolean {
  for (let at = text.indexOf(version); at >= 0; at = text.indexOf(version, at + 1)) {
    const before = text[at - 1] ?? '';
    const after = text[at + version.length] ?? '';
    if (!/[0-9.]/u.test(before) && !/[A-Za-z0-9]/u.test(after)) return true;
  }
  return false;
}
