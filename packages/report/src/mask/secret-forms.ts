// The forms in which one secret can turn up in a text, as sources of regular expressions.

/** Secrets shorter than this are not masked: they would hide half of every text. */
export const shortestSecret = 3;

/** From this length on a secret is hidden inside of words, too. */
const longWord = 8;

/** Fragments of base64 shorter than this are not looked for: they would be found in any hash. */
const shortestFragment = 4;

/** Lines of a secret with several lines (a private key) are masked one by one from this length on. */
const shortestLine = 8;

export interface Form {
  /** What a text holds when it holds this form; the longest are masked first. */
  readonly needle: string;
  /** Source of a regular expression that covers the needle, and a little more where it cannot end with it. */
  readonly source: string;
}

/** All forms of one secret; empty when it is too short. */
export function formsOf(secret: string): readonly Form[] {
  const spellings = new Set<string>();
  for (const text of parts(secret)) {
    for (const spelling of spellingsOf(text)) spellings.add(spelling);
  }
  const plain = [...spellings].map((text) => ({ needle: text, source: whole(text) }));
  return [...plain, ...parts(secret).flatMap(base64Forms)];
}

/** The secret, without the line end that a file brings along, and its longer lines. */
function parts(secret: string): readonly string[] {
  const trimmed = secret.trim();
  // Bamboo may hand us a value that it has masked itself; masking the mask would only make it longer.
  if (trimmed.length < shortestSecret || /^\*+$/u.test(trimmed)) return [];
  const lines = trimmed.split(/\r\n|\r|\n/u).map((line) => line.trim());
  const long = lines.length > 1 ? lines.filter((line) => line.length >= shortestLine) : [];
  return [...new Set([secret, trimmed, ...long])];
}

function spellingsOf(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[\u0080-\uffff]/gu, (character) => unicodeEscape(character));
  const uris = uriForms(text);
  return [
    text,
    json,
    ascii,
    json.replaceAll('/', String.raw`\/`),
    // JSON inside JSON: a request printed in a message that is logged as JSON.
    JSON.stringify(json).slice(1, -1),
    xmlForm(text),
    ...uris,
    ...uris.map((uri) => uri.replace(/%[0-9A-F]{2}/gu, (escape) => escape.toLowerCase())),
  ];
}

function unicodeEscape(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    const code = character.charCodeAt(index).toString(16).padStart(4, '0');
    return String.raw`\u${code}`;
  }).join('');
}

function uriForms(text: string): readonly string[] {
  const wellFormed = text.toWellFormed();
  const component = encodeURIComponent(wellFormed);
  // RFC 3986 reserves !'()* as well; forms write a blank as "+".
  const strict = component.replace(
    /[!'()*]/gu,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return [component, strict, encodeURI(wellFormed), strict.replaceAll('%20', '+')];
}

function xmlForm(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * Base64 spreads three bytes over four characters, so a secret inside a longer text (`user:secret`) has one of three
 * spellings, by the number of bytes before it. Of each we look for the characters that depend on the secret alone and
 * take one more at each end, where the secret shares a character with its neighbour. Both alphabets (RFC 4648, 4 and 5).
 */
function base64Forms(text: string): readonly Form[] {
  const bytes = Buffer.from(text, 'utf8');
  return [0, 1, 2].flatMap((before) => {
    const total = before + bytes.length;
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const own = encoded.slice(before === 0 ? 0 : before + 1, Math.floor((total * 8) / 6));
    if (own.length < shortestFragment) return [];
    const shared = String.raw`[A-Za-z0-9+/_\-]?`;
    const head = before === 0 ? '' : shared;
    const tail = total % 3 === 0 ? '' : shared;
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')].map((needle) => ({
      needle,
      source: `${head}${literal(needle)}${tail}={0,2}`,
    }));
  });
}

/** A short secret made of letters and digits (`test`) counts as a word only: it must not tear `latest` apart. */
function whole(text: string): string {
  const source = literal(text);
  const isShortWord = text.length < longWord && /^[A-Za-z0-9]+$/u.test(text);
  return isShortWord ? `(?<![A-Za-z0-9])${source}(?![A-Za-z0-9])` : source;
}

/** Escaped for a regular expression with the flag `u`. */
function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
