// The part of an address behind `?`, kept in its raw form as long as separators matter.
import { decodeForm } from './paths.ts';

/** Name (decoded) to the raw value; a name without `=` has an empty value. The first of a repeated name counts. */
export type Query = ReadonlyMap<string, string>;

export function parseQuery(raw: string): Query {
  const query = new Map<string, string>();
  for (const part of raw.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decodeForm(equals < 0 ? part : part.slice(0, equals));
    if (!query.has(name)) query.set(name, equals < 0 ? '' : part.slice(equals + 1));
  }
  return query;
}

export function flag(query: Query, name: string): boolean {
  return query.get(name) === '1' || query.get(name) === 'true';
}

/**
 * `a=1,2;b=3` of `?properties=`, decoded first: an encoded comma separates as well as a plain one. A backslash takes the
 * meaning of `,`, `=`, `;`, `|` and of itself away ("Set Item Properties").
 */
export function parsePropertyList(raw: string): ReadonlyMap<string, readonly string[]> {
  const properties = new Map<string, string[]>();
  for (const entry of splitUnescaped(decodeForm(raw), ';|')) {
    if (entry === '') continue;
    const [key = '', ...rest] = splitUnescaped(entry, '=');
    const values = rest.length === 0 ? [] : splitUnescaped(rest.join('='), ',').map(unescape);
    properties.set(unescape(key), [...(properties.get(unescape(key)) ?? []), ...values]);
  }
  return properties;
}

function splitUnescaped(text: string, separators: string): string[] {
  const parts = [''];
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (char === '\\' && index + 1 < text.length) {
      parts[parts.length - 1] += char + text.charAt(++index);
    } else if (separators.includes(char)) {
      parts.push('');
    } else {
      parts[parts.length - 1] += char;
    }
  }
  return parts;
}

function unescape(text: string): string {
  return text.replace(/\\(.)/gsu, '$1');
}
