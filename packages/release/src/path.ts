// JSON paths as problems show them.

/** Names and numbers from the root of a descriptor: `['containerDefinitions', 0, 'image']`. */
export type Segments = readonly (string | number)[];

const longestName = 80;

/** `$.containerDefinitions[0].dockerLabels['com.example.team']`; names longer than 80 characters are cut. */
export function formatPath(segments: Segments): string {
  let path = '$';
  for (const segment of segments) {
    if (typeof segment === 'number') path += `[${String(segment)}]`;
    else if (/^[A-Za-z_]\w{0,79}$/u.test(segment)) path += `.${segment}`;
    else path += `[${quote(segment)}]`;
  }
  return path;
}

/** A name or value from outside, on one line, control characters escaped, cut when long: `'my name'`. */
export function quote(text: string, longest = longestName): string {
  const cut = text.length > longest ? `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/u, '')}…` : text;
  const escaped = JSON.stringify(cut)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)
    // eslint-disable-next-line no-control-regex -- the point is to show what a terminal would act on
    .replace(
      /[\u007F-\u009F\u2028\u2029]/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  return `'${escaped}'`;
}
