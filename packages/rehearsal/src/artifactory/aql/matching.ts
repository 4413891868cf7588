// Which items a criterion means.
import type { Item } from '../store.ts';
import { type AqlObject, type AqlValue, isObject } from './syntax.ts';
import { dateFields, fields, numberFields } from './fields.ts';

/** Thrown with the part of the query that is not understood. */
export class NotUnderstood extends Error {
  readonly near: string;
  constructor(near: string) {
    super(near);
    this.near = near;
  }
}

type Test = (item: Item) => boolean;

/** All pairs must hold. `now` is for `$before` and `$last`, which count back from it. */
export function compile(criterion: AqlObject, now: number): Test {
  const tests = criterion.pairs.map(([key, value]) => compilePair(key, value, now));
  return (item) => tests.every((test) => test(item));
}

/** Is the kind of item part of the criterion? If not, files only are meant. */
export function mentionsType(value: AqlValue): boolean {
  if (isObject(value)) return value.pairs.some(([key, inner]) => key === 'type' || mentionsType(inner));
  return Array.isArray(value) && value.some((each: AqlValue) => mentionsType(each));
}

function compilePair(key: string, value: AqlValue, now: number): Test {
  if (key === '$and' || key === '$or') {
    if (!Array.isArray(value)) throw new NotUnderstood(`"${key}"`);
    const tests = value.map((each: AqlValue) => {
      if (!isObject(each)) throw new NotUnderstood(`"${key}"`);
      return compile(each, now);
    });
    return key === '$and'
      ? (item) => tests.every((test) => test(item))
      : (item) => tests.some((test) => test(item));
  }
  if (key.startsWith('@')) return compileProperty(key.slice(1), value);
  const read = fields.get(key);
  if (read === undefined) throw new NotUnderstood(`"${key}"`);
  if (key === 'type' && value === 'any') return () => true;
  const tests = operatorsOf(value).map(([operator, operand]) => compileOperator(key, operator, operand, now));
  return (item) => {
    const actual = read(item);
    return tests.every((test) => test(actual));
  };
}

/** `"k": "v"` means `"k": {"$eq": "v"}`; several operators must all hold. */
function operatorsOf(value: AqlValue): readonly (readonly [string, AqlValue])[] {
  if (isObject(value)) return value.pairs;
  if (Array.isArray(value)) throw new NotUnderstood('[');
  return [['$eq', value]];
}

function compileProperty(key: string, value: AqlValue): Test {
  const tests = operatorsOf(value).map(([operator, operand]): ((values: readonly string[]) => boolean) => {
    const wanted = textOf(operand);
    // "Not this value" also holds for an item that has no such property at all.
    if (operator === '$ne') return (values) => !values.includes(wanted);
    if (operator === '$nmatch') return (values) => !values.some((each) => wildcard(wanted, each));
    if (operator === '$match') return (values) => values.some((each) => wildcard(wanted, each));
    if (operator === '$eq') return (values) => values.includes(wanted);
    throw new NotUnderstood(`"${operator}"`);
  });
  return (item) => {
    const values = key === '*' ? [...item.properties.values()].flat() : (item.properties.get(key) ?? []);
    return tests.every((test) => test(values));
  };
}

type Actual = string | number | undefined;

function compileOperator(
  field: string,
  operator: string,
  operand: AqlValue,
  now: number,
): (actual: Actual) => boolean {
  const wanted = textOf(operand);
  switch (operator) {
    case '$eq':
      return (actual) => String(actual ?? '') === normalize(field, wanted);
    case '$ne':
      return (actual) => String(actual ?? '') !== normalize(field, wanted);
    case '$match':
      return (actual) => wildcard(wanted, String(actual ?? ''));
    case '$nmatch':
      return (actual) => !wildcard(wanted, String(actual ?? ''));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return comparison(field, operator, wanted);
    case '$before':
    case '$last': {
      if (!dateFields.has(field)) throw new NotUnderstood(`"${operator}"`);
      const since = now - durationOf(wanted);
      return (actual) =>
        operator === '$last' ? Date.parse(String(actual)) >= since : Date.parse(String(actual)) < since;
    }
    default:
      throw new NotUnderstood(`"${operator}"`);
  }
}

function comparison(field: string, operator: string, wanted: string): (actual: Actual) => boolean {
  const order = (actual: Actual): number => {
    const left = sortable(field, String(actual ?? ''));
    const right = sortable(field, wanted);
    return left < right ? -1 : left > right ? 1 : 0;
  };
  if (operator === '$gt') return (actual) => order(actual) > 0;
  if (operator === '$gte') return (actual) => order(actual) >= 0;
  if (operator === '$lt') return (actual) => order(actual) < 0;
  return (actual) => order(actual) <= 0;
}

function sortable(field: string, value: string): string | number {
  if (!numberFields.has(field) && !dateFields.has(field)) return value;
  const number = numberFields.has(field) ? Number(value) : Date.parse(value);
  if (Number.isNaN(number)) throw new NotUnderstood(`"${value}"`);
  return number;
}

function normalize(field: string, wanted: string): string {
  return dateFields.has(field) && !Number.isNaN(Date.parse(wanted)) ? new Date(wanted).toISOString() : wanted;
}

const units = new Map([
  ['millis', 1],
  ['ms', 1],
  ['seconds', 1000],
  ['s', 1000],
  ['minutes', 60_000],
  ['days', 86_400_000],
  ['d', 86_400_000],
  ['weeks', 604_800_000],
  ['w', 604_800_000],
  ['months', 2_592_000_000],
  ['mo', 2_592_000_000],
  ['years', 31_536_000_000],
  ['y', 31_536_000_000],
]);

/** `4w`, `2days`: "Relative Time Operators" of the AQL pages. */
function durationOf(text: string): number {
  const [, count, unit = ''] = /^(\d+) ?([a-z]+)$/u.exec(text) ?? [];
  const length = units.get(unit);
  if (count === undefined || length === undefined) throw new NotUnderstood(`"${text}"`);
  return Number(count) * length;
}

function textOf(operand: AqlValue): string {
  if (typeof operand === 'string' || typeof operand === 'number') return String(operand);
  throw new NotUnderstood(JSON.stringify(operand));
}

/** `*` any characters, `?` one; walks back to the last `*` only, so that no pattern is slow. */
export function wildcard(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (pattern[p] === '?' || (p < pattern.length && pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
