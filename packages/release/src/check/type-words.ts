// Types of the model and of JSON values in words.
import type { ModelType } from '../model/model-type.ts';
import { isObject } from './read.ts';
import { shapeLabel } from './what-was-meant.ts';

const scalarWords = {
  string: 'a string',
  integer: 'an integer',
  double: 'a number',
  boolean: 'true or false',
  timestamp: 'a time, as a string or a number of seconds',
  blob: 'base64 text',
  document: 'any JSON',
  list: 'a list',
  map: 'an object from names to values',
} as const;

export function expected(type: ModelType): string {
  return type.kind === 'structure' ? `an object (${shapeLabel(type)})` : scalarWords[type.kind];
}

/** The type only, never the value: it may be a secret in the wrong place. */
export function given(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  if (typeof value === 'string') return 'a string';
  if (typeof value === 'boolean') return `the boolean ${String(value)}`;
  return typeof value === 'number' ? 'a number' : `a ${typeof value}`;
}

/** What to write instead, where the slip is a common one. */
export function typeHint(type: ModelType, value: unknown): string | undefined {
  if (type.kind === 'list') {
    const members = type.of.kind === 'structure' ? [...type.of.members.keys()] : [];
    if (isObject(value) && members.length === 2) return `Write [{"${members.join('": …, "')}": …}, …].`;
    return isObject(value) || typeof value === 'string' ? 'Put it in [ ].' : undefined;
  }
  if (type.kind === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return 'Put it in double quotes.';
  }
  if (typeof value !== 'string') return undefined;
  const numeric = type.kind === 'integer' || type.kind === 'double';
  if (
    (numeric && /^-?\d{1,10}(?:\.\d{1,10})?$/u.test(value)) ||
    (type.kind === 'boolean' && /^(?:true|false)$/u.test(value))
  ) {
    return `Write ${value}, without quotes: neither the AWS SDK nor ECS converts it.`;
  }
  return undefined;
}
