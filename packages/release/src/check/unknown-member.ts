// A member that the model does not have: what was meant by it?
import { descriptorKinds, type DescriptorKind } from '../descriptor.ts';
import type { ModelType, StructureType } from '../model/model-type.ts';
import { descriptorType, isDescribeOnly } from '../model/model.ts';
import { quote, type Segments } from '../path.ts';
import type { Findings } from './findings.ts';
import { didYouMean } from './suggest.ts';
import { isObject } from './read.ts';

/** `RegisterTaskDefinitionRequest` → `RegisterTaskDefinition`, as people know it. */
export function shapeLabel(type: StructureType): string {
  return type.name.replace(/Request$/u, '');
}

function sameIgnoringCase(member: string, type: StructureType): boolean {
  const lower = member.toLowerCase();
  return [...type.members.keys()].some((name) => name.toLowerCase() === lower);
}

/** `cpu` in a port mapping: it belongs one level up. */
function above(member: string, parents: readonly StructureType[]): string | undefined {
  for (let up = 1; up < parents.length; up += 1) {
    const parent = parents.at(-1 - up);
    if (!parent?.members.has(member)) continue;
    const levels = up === 1 ? 'one level up' : `${String(up)} levels up`;
    return `'${member}' belongs ${levels}, in ${shapeLabel(parent)}.`;
  }
  return undefined;
}

function inner(
  type: ModelType,
  path: string,
): { readonly type: StructureType; readonly path: string } | undefined {
  if (type.kind === 'structure') return { type, path };
  return type.kind === 'list' ? inner(type.of, `${path}[]`) : undefined;
}

/** `subnets` in a service: `networkConfiguration.awsvpcConfiguration`. The nearest place wins. */
function pathBelow(member: string, start: StructureType): string | undefined {
  let level = [{ type: start, path: '' }];
  const seen = new Set<StructureType>([start]);
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { type, path } of level) {
      for (const [name, memberType] of type.members) {
        const found = inner(memberType, path ? `${path}.${name}` : name);
        if (!found || seen.has(found.type)) continue;
        if (found.type.members.has(member)) return found.path;
        seen.add(found.type);
        next.push(found);
      }
    }
    level = next;
  }
  return undefined;
}

function below(member: string, start: StructureType): string | undefined {
  const path = pathBelow(member, start);
  return path && `'${member}' belongs in ${path}.`;
}

function elsewhere(kind: DescriptorKind, member: string): string | undefined {
  for (const other of descriptorKinds) {
    if (other === kind) continue;
    const type = descriptorType(other);
    if (type.members.has(member)) return `'${member}' belongs in the ${other}.`;
    const path = pathBelow(member, type);
    if (path) return `'${member}' belongs in the ${other}, in ${path}.`;
  }
  return undefined;
}

/** A whole answer of DescribeTaskDefinition or DescribeServices in place of the descriptor. */
function isDescribeAnswer(kind: DescriptorKind, member: string, value: unknown): boolean {
  if (kind === 'task-definition') return member === 'taskDefinition' && isObject(value);
  return (member === 'services' && Array.isArray(value)) || (member === 'service' && isObject(value));
}

/** What each request calls the same thing, where they differ. */
const renamed: Partial<Record<DescriptorKind, Readonly<Record<string, string>>>> = {
  'service-update': { serviceName: 'service' },
  'service-definition': { service: 'serviceName', roleArn: 'role', clusterArn: 'cluster' },
};

/**
 * Reports `member`, which `parents.at(-1)` does not have. An error, because the AWS SDK leaves an unknown member out of the
 * request without a word (tried with @aws-sdk/client-ecs 3.1164.0).
 */
export function reportUnknownMember(
  findings: Findings,
  kind: DescriptorKind,
  parents: readonly StructureType[],
  segments: Segments,
  value: unknown,
): void {
  const member = String(segments.at(-1));
  const type = parents.at(-1);
  if (!type) return;
  const where = shapeLabel(type);
  const names = type.members.keys();
  if (parents.length === 1) {
    if (isDescribeAnswer(kind, member, value)) {
      findings.error(
        'describe-output',
        segments,
        `${quote(member)} holds a whole describe answer; ${where} takes what is inside it`,
        `Keep what stands in ${quote(member)}, without the members that only a describe call gives back.`,
      );
      return;
    }
    const other = Object.entries(renamed[kind] ?? {}).find(([name]) => name === member)?.[1];
    if (other) {
      findings.error(
        'unknown-member',
        segments,
        `${where} has no member ${quote(member)}`,
        `It is called '${other}' here.`,
      );
      return;
    }
    if (kind === 'service-update' && descriptorType('service-definition').members.has(member)) {
      findings.error(
        'create-only-member',
        segments,
        `${quote(member)} can be given to CreateService only, ${where} does not take it`,
        `Take it out here; it stays as the service was created with it.`,
      );
      return;
    }
    if (isDescribeOnly(kind, member) && !sameIgnoringCase(member, type)) {
      findings.error(
        'describe-only-member',
        segments,
        `${quote(member)} is what a describe call gives back, ${where} does not take it: this was probably copied from a describe output`,
        'Take it out.',
      );
      return;
    }
  }
  findings.error(
    'unknown-member',
    segments,
    `${where} has no member ${quote(member)}; the AWS SDK would drop it without a word`,
    (sameIgnoringCase(member, type) ? didYouMean(member, names) : undefined) ??
      above(member, parents) ??
      below(member, type) ??
      didYouMean(member, type.members.keys()) ??
      elsewhere(kind, member),
  );
}
