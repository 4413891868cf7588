// A descriptor against the ECS model: unknown, missing and null members, types, enums, unions, numbers.
import type { DescriptorKind } from '../descriptor.ts';
import type { ModelType, StructureType } from '../model/model-type.ts';
import { formatPath, quote } from '../path.ts';
import type { Findings } from './findings.ts';
import { didYouMean } from './suggest.ts';
import { rangedMembers } from './ranges.ts';
import { isObject } from './read.ts';
import { reportUnknownMember, shapeLabel } from './unknown-member.ts';

interface Walk {
  readonly kind: DescriptorKind;
  readonly findings: Findings;
  /** JSON paths of late values: their type is checked, their value is a stand-in. */
  readonly late: ReadonlySet<string>;
  /** Where the walk is; pushed and popped. */
  readonly segments: (string | number)[];
  /** The structures around it, outermost first. */
  readonly parents: StructureType[];
}

const largest = 2_147_483_647;

function isLate(walk: Walk): boolean {
  return walk.late.size > 0 && walk.late.has(formatPath(walk.segments));
}

function nameOf(walk: Walk): string {
  const name = walk.segments.findLast((segment) => typeof segment === 'string');
  const last = walk.segments.at(-1);
  if (name === undefined) return 'the descriptor';
  return typeof last === 'number' ? `entry ${String(last)} of ${quote(String(name))}` : quote(String(name));
}

function expected(type: ModelType): string {
  switch (type.kind) {
    case 'string':
      return 'a string';
    case 'integer':
      return 'an integer';
    case 'double':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'timestamp':
      return 'a time, as a string or a number of seconds';
    case 'blob':
      return 'base64 text';
    case 'document':
      return 'any JSON';
    case 'list':
      return 'a list';
    case 'map':
      return 'an object from names to values';
    case 'structure':
      return `an object (${shapeLabel(type)})`;
  }
}

/** The type only, never the value: it may be a secret in the wrong place. */
function given(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  if (typeof value === 'string') return 'a string';
  if (typeof value === 'boolean') return `the boolean ${String(value)}`;
  return typeof value === 'number' ? 'a number' : `a ${typeof value}`;
}

function typeHint(type: ModelType, value: unknown): string | undefined {
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

function wrongType(walk: Walk, type: ModelType, value: unknown): void {
  walk.findings.error(
    'wrong-type',
    walk.segments,
    `${nameOf(walk)} must be ${expected(type)}, but is ${given(value)}`,
    typeHint(type, value),
  );
}

function checkNumber(walk: Walk, type: ModelType, value: number): void {
  if (isLate(walk)) return;
  if (type.kind === 'integer' && Number.isFinite(value) && !Number.isInteger(value)) {
    walk.findings.error(
      'not-an-integer',
      walk.segments,
      `${nameOf(walk)} must be an integer, but is ${String(value)}`,
    );
    return;
  }
  const range = rangedMembers.get(`${walk.parents.at(-1)?.name ?? ''}.${String(walk.segments.at(-1))}`);
  const [least, most] = range ?? [
    type.kind === 'integer' ? -largest - 1 : -Number.MAX_VALUE,
    type.kind === 'integer' ? largest : Number.MAX_VALUE,
  ];
  if (value >= least && value <= most) return;
  const limit =
    most === largest && least === 0
      ? 'must not be negative or above 2147483647'
      : `must lie between ${String(least)} and ${String(most)}`;
  walk.findings.error('out-of-range', walk.segments, `${nameOf(walk)} ${limit}, but is ${String(value)}`);
}

function checkText(walk: Walk, values: readonly string[] | undefined, value: string): void {
  if (!values || values.includes(value) || isLate(walk)) return;
  walk.findings.error(
    'unknown-value',
    walk.segments,
    `${nameOf(walk)} must be one of ${values.join(', ')}, but is ${quote(value, 40)}`,
    didYouMean(value, values),
  );
}

function checkMember(walk: Walk, type: ModelType, key: string | number, value: unknown): void {
  walk.segments.push(key);
  checkValue(walk, type, value);
  walk.segments.pop();
}

function checkEntry(walk: Walk, of: ModelType, key: string | number, entry: unknown): void {
  if (entry !== null && entry !== undefined) {
    checkMember(walk, of, key, entry);
    return;
  }
  walk.segments.push(key);
  walk.findings.error(
    'null-entry',
    walk.segments,
    `${nameOf(walk)} is null`,
    'Take it out or give it a value.',
  );
  walk.segments.pop();
}

/** Null counts as absent: the SDK leaves it out of the request, so ECS never sees it (UpdateService: "stays as it is"). */
function checkNull(walk: Walk, type: StructureType, key: string): void {
  if (type.required.includes(key)) return;
  walk.findings.warning(
    'null-member',
    [...walk.segments, key],
    `${quote(key)} is null, which counts as not there`,
    'Take it out, or write [] or "" if that is meant.',
  );
}

function checkStructure(walk: Walk, type: StructureType, value: Record<string, unknown>): void {
  walk.parents.push(type);
  let set = 0;
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    const memberType = type.members.get(key);
    if (!memberType) {
      reportUnknownMember(walk.findings, walk.kind, walk.parents, [...walk.segments, key], member);
    } else if (member === null) {
      checkNull(walk, type, key);
    } else {
      set += 1;
      checkMember(walk, memberType, key, member);
    }
  }
  const missing = type.required.filter(
    (name) => !Object.hasOwn(value, name) || value[name] === null || value[name] === undefined,
  );
  for (const name of missing) {
    walk.findings.error('missing-member', walk.segments, `${shapeLabel(type)} needs '${name}'`);
  }
  if (type.union && set !== 1) {
    const names = [...type.members.keys()].join(', ');
    walk.findings.error(
      'union-member',
      walk.segments,
      `${nameOf(walk)} must have exactly one member of ${names}, but has ${String(set)}`,
    );
  }
  walk.parents.pop();
}

function checkValue(walk: Walk, type: ModelType, value: unknown): void {
  switch (type.kind) {
    case 'structure':
      if (isObject(value)) return checkStructure(walk, type, value);
      break;
    case 'map':
      if (isObject(value)) {
        for (const key of Object.keys(value)) checkEntry(walk, type.of, key, value[key]);
        return;
      }
      break;
    case 'list':
      if (Array.isArray(value)) {
        for (const [index, entry] of (value as unknown[]).entries()) checkEntry(walk, type.of, index, entry);
        return;
      }
      break;
    case 'string':
      if (typeof value === 'string') return checkText(walk, type.values, value);
      break;
    case 'integer':
    case 'double':
      if (typeof value === 'number') return checkNumber(walk, type, value);
      break;
    case 'boolean':
      if (typeof value === 'boolean') return;
      break;
    case 'timestamp':
      if (typeof value === 'string' || typeof value === 'number') return;
      break;
    case 'blob':
      if (typeof value === 'string') return;
      break;
    case 'document':
      return;
  }
  wrongType(walk, type, value);
}

/** Reports everything in which `value` does not fit `type`. Recursion goes no deeper than the model. */
export function checkAgainstModel(
  kind: DescriptorKind,
  type: StructureType,
  value: unknown,
  findings: Findings,
  late: ReadonlySet<string>,
): void {
  checkValue({ kind, findings, late, segments: [], parents: [] }, type, value);
}
