// Two canonical values of one type → the differences between them.
import { at, isObject } from '../check/read.ts';
import type { JsonValue } from '../descriptor.ts';
import type { ModelType, StructureType } from '../model/model-type.ts';
import { quote } from '../path.ts';
import { isArn, roleNameOf } from '../reference.ts';
import { textOf } from './canonical.ts';
import { alwaysThere, defaultOf, type DefaultsContext } from './defaults.ts';
import type { Difference } from './difference.ts';
import { listOrder } from './list-order.ts';
import { isSecretName, maskJson } from './mask.ts';

export interface Comparison extends DefaultsContext {
  readonly found: Difference[];
}

type Value = JsonValue | undefined;

/** Where a value lies and what is known of it there. */
interface Spot {
  readonly owner: StructureType;
  readonly member: string;
  readonly path: string;
  /** The name under which the value is known looks secret. */
  readonly secret: boolean;
}

export function joinPath(path: string, name: string): string {
  const step = /^[\w:/-]+$/u.test(name) ? name : quote(name);
  return path ? `${path}.${step}` : step;
}

function emit(comparison: Comparison, spot: Spot, from: Value, to: Value, kind: ModelType['kind']): void {
  const implied = defaultOf(spot.owner.name, spot.member, kind, comparison);
  const shown = (value: Value): Value => {
    const real = value ?? implied;
    return real === undefined ? undefined : maskJson(real, spot.secret);
  };
  const [before, after] = [shown(from), shown(to)];
  comparison.found.push({
    path: spot.path,
    ...(before !== undefined && { from: before }),
    ...(after !== undefined && { to: after }),
  });
}

/** A role by name and a role by ARN are the same when the names are; two ARNs must be equal. */
function sameReference(member: string, from: Value, to: Value): boolean {
  if (typeof from !== 'string' || typeof to !== 'string' || isArn(from) === isArn(to)) return false;
  if (
    member === 'taskRoleArn' ||
    member === 'executionRoleArn' ||
    member === 'roleArn' ||
    member === 'role'
  ) {
    return roleNameOf(from) === roleNameOf(to);
  }
  // The ARN of a Cloud Map namespace does not carry its name: they cannot be compared.
  return member === 'namespace';
}

/** `8080`, `53/udp`, `web`: what tells an entry from the others of its list. */
function keyOf(entry: JsonValue, keys: readonly string[]): string {
  const parts = keys.flatMap((key) => {
    const part = at(entry, key);
    return typeof part === 'string' || typeof part === 'number' ? String(part) : [];
  });
  return parts.join(keys.includes('protocol') ? '/' : ':');
}

function byKey(list: Value, keys: readonly string[]): Map<string, JsonValue> {
  const entries = new Map<string, JsonValue>();
  const counts = new Map<string, number>();
  for (const entry of Array.isArray(list) ? (list as readonly JsonValue[]) : []) {
    const key = keyOf(entry, keys);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    entries.set(count === 1 ? key : `${key}#${String(count)}`, entry);
  }
  return entries;
}

/** `{name, value}` and the like are a name and its value: their path ends with the name. */
function valueMember(type: StructureType, keys: readonly string[]): string | undefined {
  const others = [...type.members].filter(([member]) => !keys.includes(member));
  const [only] = others;
  return keys.length === 1 && others.length === 1 && only?.[1].kind === 'string' ? only[0] : undefined;
}

function compareKeyed(
  comparison: Comparison,
  spot: Spot,
  of: StructureType,
  keys: readonly string[],
  from: Value,
  to: Value,
): void {
  const [before, after] = [byKey(from, keys), byKey(to, keys)];
  const member = valueMember(of, keys);
  for (const key of new Set([...after.keys(), ...before.keys()])) {
    const [old, current] = [before.get(key), after.get(key)];
    const path = joinPath(spot.path, key);
    if (member === undefined || (old && current && !(isObject(old) && isObject(current)))) {
      compareValue(comparison, of, { ...spot, member: '', path }, old, current);
      continue;
    }
    const secret = isSecretName(key) && !isSecretReference(member);
    const inner = (entry: Value): Value =>
      entry === undefined ? undefined : ((at(entry, member) as Value) ?? '');
    if (textOf(inner(old)) !== textOf(inner(current))) {
      emit(comparison, { owner: of, member, path, secret }, inner(old), inner(current), 'string');
    }
  }
}

function isSecretReference(member: string): boolean {
  return member === 'valueFrom';
}

function compareMap(comparison: Comparison, spot: Spot, of: ModelType, from: Value, to: Value): void {
  const keys = new Set([...Object.keys(to ?? {}), ...Object.keys(from ?? {})]);
  for (const key of keys) {
    const inner = { ...spot, member: '', path: joinPath(spot.path, key), secret: isSecretName(key) };
    compareValue(comparison, of, inner, at(from, key) as Value, at(to, key) as Value);
  }
}

function compareStructure(
  comparison: Comparison,
  type: StructureType,
  path: string,
  from: Value,
  to: Value,
): void {
  for (const [member, memberType] of type.members) {
    const spot = { owner: type, member, path: joinPath(path, member), secret: false };
    compareValue(comparison, memberType, spot, at(from, member) as Value, at(to, member) as Value);
  }
}

/** Adds the differences between `from` and `to`, both canonical, to `comparison.found`. */
export function compareValue(
  comparison: Comparison,
  type: ModelType,
  spot: Spot,
  from: Value,
  to: Value,
): void {
  if (textOf(from) === textOf(to) || sameReference(spot.member, from, to)) return;
  const both = isObject(from) && isObject(to);
  // One side says nothing but defaults: `minimumHealthyPercent: 25 → 100`, and not the whole structure → not set.
  const there = type.kind === 'structure' && alwaysThere.has(type.name) && (isObject(from) || isObject(to));
  if (type.kind === 'structure' && (both || there))
    return compareStructure(comparison, type, spot.path, from, to);
  if (type.kind === 'map' && (both || (isObject(from) ? to : from) === undefined)) {
    return compareMap(comparison, spot, type.of, from, to);
  }
  if (type.kind === 'list' && type.of.kind === 'structure') {
    const order = listOrder(spot.owner.name, spot.member);
    if (typeof order !== 'string') return compareKeyed(comparison, spot, type.of, order, from, to);
  }
  emit(comparison, spot, from, to, type.kind);
}
