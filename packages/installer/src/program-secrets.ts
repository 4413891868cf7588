// What must be hidden in the output of somebody else's program: the secrets that its task definition gives it, and what looks like one.
import { createMasker } from '@bamboo-ecs/report';
import type { JsonObject, JsonValue } from '@bamboo-ecs/release';

/** Names under which secrets are given to programs. */
const secretName =
  /pass(?:word|wd|phrase)?|pwd|secret|token|credential|api_?-?key|access_?-?key|private_?-?key|signing|salt|sshkey|(?:^|[_-])(?:key|auth|dsn|sas)(?:$|[_-])/iu;

/** `Password=…;`, `?token=…` inside of an address or a connection string. */
const insideValue = /(?:pass(?:word|wd)?|pwd|secret|token|key|sig)=([^;&\s"']+)/giu;

/**
 * `password=hunter2`, `"apiKey": "…"`, as programs print their settings. The name stays readable; its length has a bound, because each
 * place that it may begin at is tried (a line of a megabyte of `tokentoken…` would take minutes).
 */
const told =
  /((?:pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)[\w-]{0,60}\\?["']?\s*[:=]\s*\\?["']?)(?!\*{3}|null\b|true\b|false\b|none\b|undefined\b)[^\s"',;&<>\\]{3,}/giu;

export function programMask(taskDefinition: JsonObject | null): (text: string) => string {
  const mask = createMasker(secretsOf(taskDefinition));
  return (text) => mask(text).replace(told, '$1********');
}

/** Values of environment variables and log options that look secret by their name, and those inside of other values. */
function secretsOf(taskDefinition: JsonObject | null): readonly string[] {
  const containers = listOf(taskDefinition?.['containerDefinitions']);
  return containers.filter(isObject).flatMap((container) => {
    const variables = listOf(container['environment'])
      .filter(isObject)
      .map((variable) => [variable['name'], variable['value']] as const);
    const log = container['logConfiguration'];
    const options = isObject(log) && isObject(log['options']) ? Object.entries(log['options']) : [];
    return [...variables, ...options].flatMap(([name, value]) => secretsIn(name, value));
  });
}

function secretsIn(name: JsonValue | undefined, value: JsonValue | undefined): readonly string[] {
  if (typeof name !== 'string' || typeof value !== 'string') return [];
  const inside = [...value.matchAll(insideValue)].flatMap(([, secret]) => (secret ? [secret] : []));
  return secretName.test(name) ? [value, ...inside] : inside;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
