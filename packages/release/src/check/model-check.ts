// A descriptor against the ECS model: unknown, missing and null members, types, enums, unions, numbers.
import type { DescriptorKind } from '../descriptor.ts';
import type { ModelType, StructureType } from '../model/model-type.ts';
import { quote } from '../path.ts';
import type { Findings } from './findings.ts';
import { isObject } from './read.ts';
import { checkNumber, checkText } from './scalar-check.ts';
import { expected, given, typeHint } from './type-words.ts';
import { reportUnknownMember } from './unknown-member.ts';
import { nameOf, type Walk } from './walk.ts';
import { shapeLabel } from './what-was-meant.ts';

function wrongType(walk: Walk, type: ModelType, value: unknown): void {
  walk.findings.error(
    'wrong-type',
    walk.segments,
    `${nameOf(walk)} must be ${expected(type)}, but is ${given(value)}`,
    typeHint(type, value),
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
