// A member that the model does not have: where would it belong?
import { descriptorKinds, type DescriptorKind } from '../descriptor.ts';
import type { ModelType, StructureType } from '../model/model-type.ts';
import { descriptorType } from '../model/model.ts';
import { quote } from '../path.ts';
import { didYouMean } from './suggest.ts';

/** `RegisterTaskDefinitionRequest` → `RegisterTaskDefinition`, as people know it. */
export function shapeLabel(type: StructureType): string {
  return type.name.replace(/Request$/u, '');
}

export function hasIgnoringCase(member: string, type: StructureType): boolean {
  const lower = member.toLowerCase();
  return [...type.members.keys()].some((name) => name.toLowerCase() === lower);
}

/** `cpu` in a port mapping: it belongs one level up. */
function above(member: string, parents: readonly StructureType[]): string | undefined {
  for (let up = 1; up < parents.length; up += 1) {
    const parent = parents.at(-1 - up);
    if (!parent?.members.has(member)) continue;
    const levels = up === 1 ? 'one level up' : `${String(up)} levels up`;
    return `${quote(member)} belongs ${levels}, in ${shapeLabel(parent)}.`;
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
  return path && `${quote(member)} belongs in ${path}.`;
}

function elsewhere(kind: DescriptorKind, member: string): string | undefined {
  for (const other of descriptorKinds) {
    if (other === kind) continue;
    const type = descriptorType(other);
    if (type.members.has(member)) return `${quote(member)} belongs in the ${other}.`;
    const path = pathBelow(member, type);
    if (path) return `${quote(member)} belongs in the ${other}, in ${path}.`;
  }
  return undefined;
}

/** What the writer of `member`, in the last of `parents`, probably meant. */
export function whatWasMeant(
  kind: DescriptorKind,
  parents: readonly StructureType[],
  type: StructureType,
  member: string,
): string | undefined {
  const names = [...type.members.keys()];
  return (
    (hasIgnoringCase(member, type) ? didYouMean(member, names) : undefined) ??
    above(member, parents) ??
    below(member, type) ??
    didYouMean(member, names) ??
    elsewhere(kind, member)
  );
}
