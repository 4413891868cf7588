// Patterns over branch names.

export function isGlob(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/**
 * `*` stands for any characters, `/` included (`*` alone fits every branch), `?` for one. Runs back to the last `*` only,
 * so that no pattern takes longer than pattern × text.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const wanted = Array.from(pattern);
  const given = Array.from(text);
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < given.length) {
    if (wanted[p] === '*') {
      star = p++;
      resume = t;
    } else if (p < wanted.length && (wanted[p] === '?' || wanted[p] === given[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (wanted[p] === '*') p++;
  return p === wanted.length;
}
