// The secrets that a task definition itself gives to its programs, in the forms in which they may come out again.
import type { JsonObject, JsonValue } from '@bamboo-ecs/release';

/** Names under which secrets are given to programs. */
const secretName =
  /pass(?:word|wd|phrase)?|pwd|secret|token|credential|api_?-?key|access_?-?key|private_?-?key|signing|salt|pepper|hmac|cookie|webhook|sshkey|(?:^|[_-])(?:key|auth|dsn|sas|pat|pin|otp|sk)(?:$|[_-])/iu;

/** `Password=…;`, `?token=…` inside of an address or a connection string. */
const insideValue = /(?:pass(?:word|wd)?|pwd|secret|token|key|sig)=([^;&\s"']+)/giu;
/** `://user:password@`; an address without a user has no secret. */
const userInfo = /:\/\/[^\s/?#"'<>@:]*:([^\s/?#"'<>@]+)@/gu;

/** Switches and small numbers: hidden, they would tear the log apart and protect nothing. */
const trivial = /^(?:true|false|yes|no|on|off|none|null|enabled|disabled|required|optional|\d{1,3})?$/iu;

/** Values of environment variables and log options that look secret by their name, and those inside of other values. */
export function secretValues(taskDefinition: JsonObject | null): readonly string[] {
  const containers = listOf(taskDefinition?.['containerDefinitions']);
  const found = containers.filter(isObject).flatMap((container) => {
    const variables = listOf(container['environment'])
      .filter(isObject)
      .map((variable) => [variable['name'], variable['value']] as const);
    const log = container['logConfiguration'];
    const options = isObject(log) && isObject(log['options']) ? Object.entries(log['options']) : [];
    return [...variables, ...options].flatMap(([name, value]) => secretsIn(name, value));
  });
  return [...new Set(found.flatMap(withDecoded))].filter((secret) => !trivial.test(secret));
}

function secretsIn(name: JsonValue | undefined, value: JsonValue | undefined): readonly string[] {
  if (typeof name !== 'string' || typeof value !== 'string') return [];
  const isSecret = secretName.test(name);
  const inside = [...value.matchAll(insideValue), ...value.matchAll(userInfo)].flatMap(
    ([, one]) => one ?? [],
  );
  return [...(isSecret ? [value] : []), ...inside, ...insideJson(value, isSecret)];
}

/** Secrets Manager and others give several values as one JSON: `{"username":"web","password":"…"}`. */
function insideJson(value: string, isSecret: boolean): readonly string[] {
  if (!/^\s*[[{]/u.test(value) || value.length > 65_536) return [];
  try {
    return leaves(JSON.parse(value) as JsonValue, isSecret && !/"[^"]*"\s*:/u.test(value), 0);
  } catch {
    return [];
  }
}

function leaves(value: JsonValue, isSecret: boolean, depth: number): readonly string[] {
  if (typeof value === 'string') return isSecret ? [value] : secretsIn('', value);
  if (depth > 8 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return listOf(value).flatMap((entry) => leaves(entry, isSecret, depth + 1));
  return Object.entries(value).flatMap(([name, entry]) =>
    entry === undefined ? [] : leaves(entry, isSecret || secretName.test(name), depth + 1),
  );
}

/** A program decodes what it is given in base64 or percent-encoded, and prints that; or prints its bytes in hex. */
function withDecoded(secret: string): readonly string[] {
  const decoded = [secret];
  if (secret.length >= 8) {
    const hex = Buffer.from(secret, 'utf8').toString('hex');
    decoded.push(hex, hex.toUpperCase());
  }
  if (/%[0-9a-f]{2}/iu.test(secret)) {
    try {
      decoded.push(decodeURIComponent(secret));
    } catch {
      // No percent-encoding after all.
    }
  }
  if (/^(?:[A-Za-z0-9+/]{4}){3,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u.test(secret)) {
    const text = Buffer.from(secret, 'base64').toString('utf8');
    if (/^[\p{L}\p{N}\p{P}\p{S}\s]{6,}$/u.test(text)) decoded.push(text.trim());
  }
  return decoded;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
