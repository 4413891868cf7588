// Late values: `${environment.x}` is filled in by the installer, until then a stand-in of the right type stands in its place.
import { formatPath } from '../path.ts';

/**
 * A copy in which the late places are undefined: the member is there, its value is not known, so no rule judges it.
 * Without late places, `value` itself.
 */
export function withoutLateValues(value: unknown, late: ReadonlySet<string>): unknown {
  return late.size === 0 ? value : blank(value, late, []);
}

function blank(value: unknown, late: ReadonlySet<string>, segments: (string | number)[]): unknown {
  if (segments.length > 0 && late.has(formatPath(segments))) return undefined;
  if (Array.isArray(value)) {
    return (value as unknown[]).map((entry, index) => blank(entry, late, [...segments, index]));
  }
  if (typeof value !== 'object' || value === null) return value;
  // No prototype: `__proto__` of a template stays a plain member.
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, member] of Object.entries(value)) copy[key] = blank(member, late, [...segments, key]);
  return copy;
}
