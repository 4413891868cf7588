// Properties as the metadata of an object: headers `x-amz-meta-…`, at most 2 KB together (Amazon S3 user guide, "User-defined object metadata").

const longestValue = 300;
const longestTogether = 1900;

/** ASCII goes as it is, other text URI-encoded. Empty values are left out, long ones cut, and what no longer fits is left out. */
export function metadataOf(properties: Readonly<Record<string, string>>): Record<string, string> {
  const kept: [string, string][] = [];
  let used = 0;
  for (const [name, value] of Object.entries(properties)) {
    const key = name.toLowerCase().replace(/[^a-z0-9._-]/g, '-');
    const text = encode(value);
    used += key.length + text.length;
    if (text !== '' && used <= longestTogether) kept.push([key, text]);
  }
  return Object.fromEntries(kept);
}

function encode(value: string): string {
  const text = value
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, longestValue)
    .toWellFormed();
  return /^[\x20-\x7e]*$/.test(text) ? text : encodeURIComponent(text);
}
