import { formsOf } from './secret-forms.ts';
import type { Form } from './secret-forms.ts';
import { genericPatterns, replacement } from './generic-patterns.ts';

/** A text without its secrets. Masking a masked text changes nothing. */
export type Mask = (text: string) => string;

/**
 * Replaces each of the secrets by `********`, as Bamboo does, wherever it stands in a text: raw, URI-encoded,
 * base64-encoded (also inside `user:secret`), JSON- and XML-escaped; of a secret with several lines each longer line.
 * Longer secrets first, so that one that contains another is hidden whole. Credentials known by their shape
 * (`://user:password@`, `Authorization: …`, AWS session tokens and signatures, JSON Web Tokens, private keys) are
 * masked with no secret given, too.
 *
 * Secrets shorter than three characters are not masked: a log in which every `a` is hidden tells nothing. Whoever
 * reads the settings warns of them.
 */
export function createMasker(secrets: readonly string[]): Mask {
  const bySource = new Map([...new Set(secrets)].flatMap(formsOf).map((form) => [form.source, form]));
  const forms = [...bySource.values()].sort((a, b) => b.needle.length - a.needle.length);
  return (text) => {
    const present = forms.filter(({ needle }) => text.includes(needle));
    const masked = present.length === 0 ? text : text.replace(anyOf(present), replacement);
    return genericPatterns.reduce((rest, pattern) => rest.replace(pattern.find, pattern.replace), masked);
  };
}

/** Made of what is there only: trying hundreds of alternatives at every character would take minutes for a long text. */
function anyOf(forms: readonly Form[]): RegExp {
  return new RegExp(forms.map(({ source }) => source).join('|'), 'gu');
}

/**
 * The same value with every text in it masked, the keys of objects, too. Keys that become equal get a number, so that
 * nothing is lost. Numbers stay: they are counts and times. Only plain data is copied; a cycle is cut.
 */
export function maskDeep<T>(value: T, mask: Mask): T {
  return masked(value, mask, []) as T;
}

/** The same where the keys are ours: they stay, so that whoever reads the value finds its members. */
export function maskValues<T>(value: T, mask: Mask): T {
  return valuesMasked(value, mask) as T;
}

function valuesMasked(value: unknown, mask: Mask): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((entry) => valuesMasked(entry, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, valuesMasked(entry, mask)]));
}

function masked(value: unknown, mask: Mask, above: readonly object[]): unknown {
  if (typeof value === 'string') return mask(value);
  if (typeof value !== 'object' || value === null) return value;
  if (above.includes(value)) return '[circular]';
  const path = [...above, value];
  if (Array.isArray(value)) return value.map((entry) => masked(entry, mask, path));
  const taken = new Set<string>();
  // fromEntries defines own properties, so a key named __proto__ stays a key.
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [free(mask(key), taken), masked(entry, mask, path)]),
  );
}

function free(key: string, taken: Set<string>): string {
  let name = key;
  for (let number = 2; taken.has(name); number += 1) name = `${key} ${number}`;
  taken.add(name);
  return name;
}
