// The ECS model: what RegisterTaskDefinition, CreateService and UpdateService take, from the generated file.
import type { DescriptorKind } from '../descriptor.ts';
import generated from '../generated/ecs-model.json' with { type: 'json' };
import type { GeneratedModel } from './generated.ts';
import type { ModelType, StructureType } from './model-type.ts';

const source: GeneratedModel = generated;
const shapes = new Map<string, StructureType>();
const scalars: ReadonlyMap<string, ModelType> = new Map(
  (['integer', 'double', 'boolean', 'timestamp', 'blob', 'document'] as const).map((kind) => [
    kind,
    { kind },
  ]),
);

function parseType(text: string): ModelType {
  if (text.startsWith('[]')) return { kind: 'list', of: parseType(text.slice(2)) };
  if (text.startsWith('{}')) return { kind: 'map', of: parseType(text.slice(2)) };
  if (text === 'string') return { kind: 'string' };
  const scalar = scalars.get(text);
  if (scalar) return scalar;
  const values = source.enums[text];
  return values ? { kind: 'string', values } : structure(text);
}

function structure(name: string): StructureType {
  const known = shapes.get(name);
  if (known) return known;
  const shape = source.shapes[name];
  if (!shape) throw new Error(`The generated ECS model has no shape ${name}`);
  const members = new Map<string, ModelType>();
  const type: StructureType = {
    kind: 'structure',
    name,
    members,
    required: shape.required ?? [],
    union: shape.union ?? false,
  };
  // Entered before its members are read, so that a shape that contains itself ends.
  shapes.set(name, type);
  for (const [member, text] of Object.entries(shape.members)) members.set(member, parseType(text));
  return type;
}

/** The version of the AWS SDK whose schemas the model repeats. */
export const modelVersion = source.sdk;

/** The structure that a descriptor of this kind must fit. */
export function descriptorType(kind: DescriptorKind): StructureType {
  return structure(source.requests[kind]);
}

const describeOnly: Readonly<Record<DescriptorKind, ReadonlySet<string>>> = {
  'task-definition': new Set(source.describeOnly['task-definition']),
  'service-definition': new Set(source.describeOnly['service-definition']),
  'service-update': new Set(source.describeOnly['service-update']),
};

/** Is this a top-level member that a describe call gives back and the request does not take (`revision`, `status`, …)? */
export function isDescribeOnly(kind: DescriptorKind, member: string): boolean {
  return describeOnly[kind].has(member);
}
