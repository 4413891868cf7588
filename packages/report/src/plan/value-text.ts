import type { JsonValue } from '@bamboo-ecs/release';

/** A text needs no quotes when nothing about it can be misread. */
const bare = /^[^\s"'{}[\],][^\n\r\t"'{}[\]]*(?<!\s)$/u;

/** A value of a descriptor for people: texts without quotes where they are plain, everything else as JSON. */
export function valueText(value: JsonValue): string {
  if (typeof value === 'string' && bare.test(value)) return value;
  return JSON.stringify(value);
}
