// Secrets in differences: shown as ********, whatever way they came into a descriptor.
import { isObject } from '../check/read.ts';
import type { JsonValue } from '../descriptor.ts';

const mask = '********';

const words = String.raw`pass(?:word|phrase|wd)|secret|ssh[-_]?key|token|credential|authorization|(?:api|access|private|signing|encryption|auth|account|storage)[-_.]?key`;
const secretName = new RegExp(`${words}|(?:^|[-_.])(?:pass|pwd)(?:$|[-_.])`, 'iu');
/** Names of the ECS model that only sound secret: they hold a reference, or a token that is no credential. */
const harmless = new Set([
  'clientToken',
  'credentialsParameter',
  'valueFrom',
  'secretOptions',
  'secrets',
  'credentialSpecs',
]);

/** Does a variable of this name probably hold a secret (`DB_PASSWORD`, `API_KEY`, `splunk-token`)? */
export function isSecretName(name: string): boolean {
  return !harmless.has(name) && secretName.test(name);
}

const inline: readonly (readonly [RegExp, string])[] = [
  // https://user:password@host, up to the last @ of the word, since passwords may hold any character.
  [/:\/\/[^\s/@:]*:\S*@/gu, `://${mask}@`],
  [/:\/\/[^\s/@:]+@/gu, `://${mask}@`],
  [/(?<scheme>\b(?:bearer|basic)\s+)\S+/giu, `$<scheme>${mask}`],
  [new RegExp(`(?<name>(?:${words})[\\w.-]*=)[^\\s&;,]+`, 'giu'), `$<name>${mask}`],
  [new RegExp(`(?<name>(?:${words})[\\w.-]*["']\\s*:\\s*["'])[^"']+`, 'giu'), `$<name>${mask}`],
];

/** A string with the credentials in it masked: in URLs, `password=…`, authorization headers, JSON. */
export function maskText(text: string): string {
  return inline.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), text);
}

/** `["--password", "x"]`: the entry after an option with a secret name. */
function maskList(list: readonly JsonValue[]): JsonValue {
  return list.map((entry, index) => {
    const before = list[index - 1];
    const option = typeof before === 'string' && /^--?[\w.-]+$/u.test(before) && isSecretName(before);
    return option && typeof entry === 'string' ? mask : maskJson(entry);
  });
}

/** A value of a descriptor with everything secret-looking in it masked. `secret`: its own name looks secret. */
export function maskJson(value: JsonValue, secret = false): JsonValue {
  if (typeof value === 'string') return secret ? mask : maskText(value);
  if (Array.isArray(value)) return secret ? mask : maskList(value as readonly JsonValue[]);
  if (!isObject(value)) return secret && value !== null ? mask : value;
  const named = typeof value['name'] === 'string' && isSecretName(value['name']);
  const entries = Object.entries(value as Record<string, JsonValue>).map(([key, member]) => {
    const own = typeof member === 'string' && ((named && key === 'value') || isSecretName(key));
    return [key, maskJson(member, own)] as const;
  });
  return Object.fromEntries(entries);
}
