// Reading members of JSON whose shape nobody promised: own keys only, the asked-for type or nothing.
import type { JsonObject, JsonValue } from '@bamboo-ecs/release';

export function member(json: JsonObject | null | undefined, key: string): JsonValue | undefined {
  return json && Object.hasOwn(json, key) ? json[key] : undefined;
}

export function textOf(json: JsonObject | null | undefined, key: string): string | undefined {
  const value = member(json, key);
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(json: JsonObject | null | undefined, key: string): number | undefined {
  const value = member(json, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function flagOf(json: JsonObject | null | undefined, key: string): boolean {
  return member(json, key) === true;
}

export function objectOf(json: JsonObject | null | undefined, key: string): JsonObject | undefined {
  const value = member(json, key);
  return isObject(value) ? value : undefined;
}

/** The entries of a list that are objects; empty when there is no list. */
export function objectsOf(json: JsonObject | null | undefined, key: string): readonly JsonObject[] {
  const value = member(json, key);
  return isList(value) ? value.filter(isObject) : [];
}

/** A copy without some members. */
export function without(json: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)));
}

/** A copy with these members only. */
export function pick(json: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([key]) => keys.includes(key)));
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** Array.isArray does not narrow readonly arrays. */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
