// SDK objects as plain JSON.
import type { JsonObject, JsonValue } from '@bamboo-ecs/release';

/** Dates become ISO 8601 strings, `undefined` members are left out, what JSON cannot say becomes null. */
export function toJson(value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object') return toJsonObject(value);
  return null;
}

/** The own members of an object; those named in `without` are left out. */
export function toJsonObject(value: object, without: readonly string[] = []): JsonObject {
  // fromEntries defines own members, so that a Docker label called __proto__ stays a label.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => member !== undefined && !without.includes(key))
      .map(([key, member]) => [key, toJson(member)]),
  );
}

/** Milliseconds since the epoch; undefined where there is no (valid) time. */
export function toMilliseconds(date: Date | undefined): number | undefined {
  const time = date?.getTime();
  return time === undefined || Number.isNaN(time) ? undefined : time;
}

type Present<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Leaves out members that say nothing: undefined, null, and the empty texts that some servers give in their place. */
export function present<T extends Record<string, unknown>>(members: T): Present<T> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as Present<T>;
}
