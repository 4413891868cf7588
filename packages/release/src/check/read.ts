// Reading of descriptors that may be ill-typed: a rule looks at a value only when it has the type that ECS asks for,
// the wrong types are reported by the check against the model. Own members only: `toString` of a template is no member.

export function at(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined;
}

/** Is the member there and not null? True for a late value, too, whose value is not known. */
export function has(value: unknown, key: string): boolean {
  return isObject(value) && Object.hasOwn(value, key) && value[key] !== null;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown, key: string): string | undefined {
  const member = at(value, key);
  return typeof member === 'string' ? member : undefined;
}

export function integer(value: unknown, key: string): number | undefined {
  const member = at(value, key);
  return Number.isSafeInteger(member) ? (member as number) : undefined;
}

export function flag(value: unknown, key: string): boolean | undefined {
  const member = at(value, key);
  return typeof member === 'boolean' ? member : undefined;
}

/** The entries of a list; none when it is missing or no list. */
export function list(value: unknown, key: string): readonly unknown[] {
  const member = at(value, key);
  return Array.isArray(member) ? (member as unknown[]) : [];
}

export function strings(value: unknown, key: string): readonly string[] {
  return list(value, key).filter((entry): entry is string => typeof entry === 'string');
}
