// Reading members of requests: own members only, absent when they have another type.
import type { JsonObject, JsonValue } from '@bamboo-ecs/release';

export function memberOf(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function textOf(object: JsonObject, key: string): string | undefined {
  const value = memberOf(object, key);
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(object: JsonObject, key: string): number | undefined {
  const value = memberOf(object, key);
  return typeof value === 'number' ? value : undefined;
}

export function flagOf(object: JsonObject, key: string): boolean | undefined {
  const value = memberOf(object, key);
  return typeof value === 'boolean' ? value : undefined;
}

export function objectOf(object: JsonObject, key: string): JsonObject {
  const value = memberOf(object, key);
  return isObject(value) ? value : {};
}

/** The objects of a list; empty when there is none. */
export function objectsOf(object: JsonObject, key: string): readonly JsonObject[] {
  const value = memberOf(object, key);
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isObject) : [];
}

/** The texts of a list; empty when there is none. */
export function textsOf(object: JsonObject, key: string): readonly string[] {
  const value = memberOf(object, key);
  if (!Array.isArray(value)) return [];
  return (value as readonly JsonValue[]).filter((item): item is string => typeof item === 'string');
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Only the members named, where they are there. */
export function pick(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = memberOf(object, key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
