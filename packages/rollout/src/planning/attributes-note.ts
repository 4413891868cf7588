// The service's attributes before a release, as tags on its revision: what a run that adopts its rollout puts back when it fails.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { JsonObject, JsonValue } from '@bamboo-ecs/release';
import { isObject } from '../json.ts';
import { tagKeys } from '../plan.ts';
import type { TaskDefinitionSnapshot } from '../snapshot.ts';

/** "Tagging your Amazon ECS resources": a value has at most 256 characters, none of which JSON could do without. */
const longestTag = 256;
const mostTags = 3;
const mostBytes = 64 * 1024;
/** Nothing was changed; it was changed, and does not fit. */
const nothing = 'none';
const notKept = 'unknown';

/**
 * The JSON, deflated, in base64url, over up to three tags: `2:…` and the rest. `room`: so many tags may be written. Empty where there is
 * room for none.
 */
export function attributesNote(before: JsonObject, room: number): Readonly<Record<string, string>> {
  const [first, ...others] = keys;
  if (first === undefined || room < 1) return {};
  if (Object.keys(before).length === 0) return { [first]: nothing };
  const text = deflateRawSync(JSON.stringify(before), { level: 9 }).toString('base64url');
  const head = longestTag - 2;
  const count = 1 + Math.ceil(Math.max(0, text.length - head) / longestTag);
  if (count > Math.min(room, mostTags)) return { [first]: notKept };
  const rest = others.slice(0, count - 1).map((key, index) => {
    const from = head + index * longestTag;
    return [key, text.slice(from, from + longestTag)] as const;
  });
  return { [first]: `${count}:${text.slice(0, head)}`, ...Object.fromEntries(rest) };
}

/** Undefined where nothing says it, or what says it cannot be read. */
export function notedAttributes(revision: TaskDefinitionSnapshot | null): JsonObject | undefined {
  const values = keys.map((key) => (revision && Object.hasOwn(revision.tags, key) ? revision.tags[key] : ''));
  const [first = ''] = values;
  if (first === nothing) return {};
  const count = Number(/^([1-3]):/u.exec(first)?.[1] ?? 0);
  if (count === 0) return undefined;
  const parts = [first.slice(2), ...values.slice(1, count)];
  if (parts.includes('')) return undefined;
  return decoded(parts.join(''));
}

export function isAttributesTag(key: string): boolean {
  return keys.includes(key);
}

const keys: readonly string[] = [
  tagKeys.replacesAttributes,
  `${tagKeys.replacesAttributes}-2`,
  `${tagKeys.replacesAttributes}-3`,
];

/** Anybody may have written onto the revision: what is no object is nothing. */
function decoded(text: string): JsonObject | undefined {
  try {
    const bytes = inflateRawSync(Buffer.from(text, 'base64url'), { maxOutputLength: mostBytes });
    const found = JSON.parse(bytes.toString('utf8')) as JsonValue;
    return isObject(found) ? found : undefined;
  } catch {
    return undefined;
  }
}
