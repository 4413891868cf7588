// Secrets in differences: shown as ********, whatever way they came into a descriptor.
import { isObject } from '../check/read.ts';
import type { JsonValue } from '../descriptor.ts';

const mask = '********';

const words = String.raw`pass(?:word|phrase|wd)|secret|ssh[-_]?key|token|credential|authorization|(?:api|access|private|signing|encryption|auth|account|storage)[-_.]?key`;
/** Too short or too common to mean a secret within another word: `COMPASS`, `MONKEY`, `author`. */
const parts = String.raw`(?:^|[-_.])(?:pass|pwd|dsn|sas|salt|jwt|pat|cookie|webhook)(?:$|[-_.])|(?:^|[-_.])auth$|[-_.]key(?:$|[-_.])`;
const secretName = new RegExp(`${words}|${parts}`, 'iu');
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

/** `https://user:password@host`: up to the last @ of the word, since passwords hold any character. */
function maskUrl(word: string): string {
  const start = word.indexOf('://') + 3;
  const end = word.lastIndexOf('@');
  if (start < 3 || end < start) return word;
  const isUser = !/^[^:]*\/[^:]*$/u.test(word.slice(start, end));
  return isUser ? word.slice(0, start) + mask + word.slice(end) : word;
}

/** `password=x`: up to the next separator. A loop, because a value may itself look like a name. */
function maskAssignments(text: string): string {
  const name = /(?<![\w.-])[\w.-]+=/gu;
  let masked = '';
  let from = 0;
  for (let found = name.exec(text); found; found = name.exec(text)) {
    if (!isSecretName(found[0].slice(0, -1))) continue;
    const start = name.lastIndex;
    const length = text.slice(start).search(/[\s&;,"']/u);
    const end = length < 0 ? text.length : start + length;
    if (end === start) continue;
    masked += text.slice(from, start) + mask;
    from = end;
    name.lastIndex = end;
  }
  return masked + text.slice(from);
}

/** `curl -u user:password`, `--proxy-user=user:password` */
const userOption = /((?<!\S)(?:-u|--(?:proxy-)?user)(?:\s+|=))(\S+)/gu;

/** `user:password`; two numbers are a user and a group. */
function maskLogin(login: string): string {
  if (/^["']?\d+:\d+["']?$/u.test(login)) return login;
  const end = login.indexOf(':') + 1;
  return end === 0 || end === login.length ? login : login.slice(0, end) + mask;
}

/** A string with the credentials in it masked: in URLs, `password=…`, options, authorization headers, JSON. Linear in its length. */
export function maskText(text: string): string {
  const hide = (whole: string, before: string, name: string): string =>
    isSecretName(name) ? before + mask : whole;
  return maskAssignments(text.replace(/\S+/gu, maskUrl))
    .replace(/(?<before>\bbearer\s+)\S+/giu, `$<before>${mask}`)
    .replace(
      /(?<before>\bauthorization["']?\s*[:=]\s*["']?(?:basic\s+)?)[^\s"']+/giu,
      (whole, before: string) => (whole.endsWith(mask) || /bearer$/iu.test(whole) ? whole : before + mask),
    )
    .replace(/(?<before>(?<!\S)--?(?<name>[\w.-]+)\s+)[^\s-]\S*/gu, hide)
    .replace(userOption, (_whole, before: string, login: string) => before + maskLogin(login))
    .replace(/(?<before>"(?<name>[\w.-]+)"\s*:\s*")(?:[^"\\]|\\.)+/gsu, hide);
}

/** `["--password", "x"]`: the entry after an option with a secret name. */
function maskList(list: readonly JsonValue[]): JsonValue {
  return list.map((entry, index) => {
    const before = list[index - 1];
    const option = typeof before === 'string' && /^--?[\w.-]+$/u.test(before) && isSecretName(before);
    const login = typeof before === 'string' && /^(?:-u|--(?:proxy-)?user)$/u.test(before);
    if (login && typeof entry === 'string') return maskLogin(maskText(entry));
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
