// One text per JSON value, whatever the order of its members: what a hash is made of.
import type { JsonValue } from '@bamboo-ecs/release';
import { isList, isObject } from './json.ts';

/** Members sorted by their UTF-16 code units, no white space; lists keep their order. */
export function canonicalJson(value: JsonValue): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}
