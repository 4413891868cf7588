// Writes src/generated/ecs-model.json from the installed AWS SDK. Run: node packages/release/scripts/generate-model.ts
// Member names, kinds and unions come from the SDK's runtime schemas; enums and what is optional from its type declarations.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as ecs from '@aws-sdk/client-ecs';
import { NormalizedSchema } from '@smithy/core/schema';
import type { GeneratedModel, GeneratedShape } from '../src/model/generated.ts';
import { parseDeclarations, type DeclaredMember, type Declarations } from './declarations.ts';

const requests = {
  'task-definition': 'RegisterTaskDefinitionRequest',
  'service-definition': 'CreateServiceRequest',
  'service-update': 'UpdateServiceRequest',
} as const;
const described = {
  'task-definition': ecs.TaskDefinition$,
  'service-definition': ecs.Service$,
  'service-update': ecs.Service$,
} as const;
const schemas = {
  'task-definition': ecs.RegisterTaskDefinitionRequest$,
  'service-definition': ecs.CreateServiceRequest$,
  'service-update': ecs.UpdateServiceRequest$,
} as const;

export const modelFile = path.join(import.meta.dirname, '../src/generated/ecs-model.json');

interface Build {
  readonly declarations: Declarations;
  readonly shapes: Map<string, GeneratedShape>;
  readonly enums: Map<string, readonly string[]>;
}

function memberNames(schema: NormalizedSchema): string[] {
  return [...schema.structIterator()].map(([name]) => name);
}

/** `Foo[]`, `Record<string, Foo>` → `Foo`. */
function elementOf(type: string | undefined): string | undefined {
  return type?.replace(/\[\]$/u, '').replace(/^Record<string, (?<value>.*)>$/u, '$<value>');
}

/**
 * The schemas know one numeric type only. The documentation of a member that takes fractions says so ("multiples of 0.1");
 * all other numbers of these requests are 32-bit integers.
 */
function numericType(documentation: string): string {
  return /multiples of 0\./u.test(documentation) ? 'double' : 'integer';
}

function stringType(build: Build, type: string | undefined, where: string): string {
  if (type === undefined || type === 'string') return 'string';
  const values = build.declarations.enums.get(type);
  if (!values) throw new Error(`${where} is a string in the schema and ${type} in the declarations`);
  build.enums.set(type, [...values].sort());
  return type;
}

function typeText(
  build: Build,
  schema: NormalizedSchema,
  member: { readonly type?: string; readonly documentation: string },
  where: string,
): string {
  const inner = (): string => {
    const type = elementOf(member.type);
    return typeText(
      build,
      schema.getValueSchema(),
      { documentation: member.documentation, ...(type && { type }) },
      where,
    );
  };
  if (schema.isListSchema()) return `[]${inner()}`;
  if (schema.isMapSchema()) return `{}${inner()}`;
  if (schema.isStructSchema()) return addShape(build, schema);
  if (schema.isDocumentSchema()) return 'document';
  if (schema.isTimestampSchema()) return 'timestamp';
  if (schema.isBlobSchema()) return 'blob';
  if (schema.isBooleanSchema()) return 'boolean';
  if (schema.isNumericSchema()) return numericType(member.documentation);
  if (schema.isStringSchema()) return stringType(build, member.type, where);
  throw new Error(
    `${where} has a type that this generator does not know: ${JSON.stringify(schema.getSchema())}`,
  );
}

/** Required members stand first in a schema, their number after the lists of names and types. */
function requiredMembers(schema: NormalizedSchema): string[] {
  const raw = schema.getSchema() as readonly unknown[];
  const count = typeof raw[6] === 'number' ? raw[6] : 0;
  return memberNames(schema).slice(0, count).sort();
}

function checkRequired(
  name: string,
  schema: readonly string[],
  declared: ReadonlyMap<string, DeclaredMember>,
): void {
  const fromTypes = [...declared].filter(([, member]) => member.required).map(([member]) => member);
  if (fromTypes.sort().join() !== schema.join()) {
    throw new Error(
      `${name}: required are ${schema.join()} by the schema, ${fromTypes.join()} by the declarations`,
    );
  }
}

function addShape(build: Build, schema: NormalizedSchema): string {
  const name = schema.getName() ?? '';
  if (build.shapes.has(name)) return name;
  const declared = build.declarations.interfaces.get(name);
  if (!declared) throw new Error(`${name} is in the schemas and not in the declarations`);
  // Entered before its members are walked, so that a shape that contains itself ends.
  const members: Record<string, string> = {};
  const required = requiredMembers(schema);
  checkRequired(name, required, declared);
  build.shapes.set(name, {
    members,
    ...(required.length > 0 && { required }),
    ...(schema.isUnionSchema() && { union: true }),
  });
  const entries = [...schema.structIterator()].sort(([left], [right]) => (left < right ? -1 : 1));
  for (const [member, memberSchema] of entries) {
    const declaration = declared.get(member);
    if (!declaration) throw new Error(`${name}.${member} is in the schemas and not in the declarations`);
    members[member] = typeText(build, memberSchema, declaration, `${name}.${member}`);
  }
  return name;
}

function sorted<T>(map: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...map].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The model as the installed SDK has it. */
export function generateModel(): GeneratedModel {
  const manifest = createRequire(import.meta.url).resolve('@aws-sdk/client-ecs/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const folder = path.join(path.dirname(manifest), 'dist-types/models');
  const files = readdirSync(folder).filter((name) => name.endsWith('.d.ts'));
  const declarations = parseDeclarations(files.map((name) => readFileSync(path.join(folder, name), 'utf8')));
  const build: Build = { declarations, shapes: new Map(), enums: new Map() };
  const kinds = Object.keys(requests) as (keyof typeof requests)[];
  const describeOnly = kinds.map((kind) => {
    const request = NormalizedSchema.of(schemas[kind]);
    const name = addShape(build, request);
    if (name !== requests[kind]) throw new Error(`${kind}: the schema is called ${name}`);
    const taken = new Set(memberNames(request));
    const given = memberNames(NormalizedSchema.of(described[kind]));
    return [kind, given.filter((member) => !taken.has(member)).sort()] as const;
  });
  return {
    sdk: version,
    requests,
    describeOnly: Object.fromEntries(describeOnly) as unknown as GeneratedModel['describeOnly'],
    shapes: sorted(build.shapes),
    enums: sorted(build.enums),
  };
}

/** One shape or enum a line: small, and a new SDK gives a diff that can be read. */
export function printModel(model: GeneratedModel): string {
  const lines = (entries: object): string =>
    Object.entries(entries)
      .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(',\n');
  const parts = Object.entries(model).map(([name, value]: [string, unknown]) =>
    typeof value === 'string'
      ? `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`
      : `  ${JSON.stringify(name)}: {\n${lines(value as object)}\n  }`,
  );
  return `{\n${parts.join(',\n')}\n}\n`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(modelFile, printModel(generateModel()));
