// One form for all ways of saying the same thing: without nulls, empties and defaults, sorted where the order means nothing,
// members that the request does not have (describe-only ones) left out.
import { at, isObject } from '../check/read.ts';
import { cpuUnits, memoryMiB } from '../check/task-size.ts';
import type { JsonValue } from '../descriptor.ts';
import type { ModelType, StructureType } from '../model/model-type.ts';
import { defaultOf, switches, type DefaultsContext } from './defaults.ts';
import { listOrder } from './list-order.ts';

export interface CanonicalContext extends DefaultsContext {
  /** Of the task definition that is made canonical: it decides what hostPort means. */
  readonly networkMode: string;
}

type Members = Record<string, JsonValue>;

/** No prototype: a label may be called `__proto__`. */
function emptyObject(): Members {
  return Object.create(null) as Members;
}

export function textOf(value: JsonValue | undefined): string {
  return JSON.stringify(value) ?? '';
}

function sortedJson(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map((entry) => sortedJson(entry));
  if (!isObject(value)) return value as JsonValue;
  const sorted = emptyObject();
  for (const key of Object.keys(value).sort()) sorted[key] = sortedJson(value[key]);
  return sorted;
}

/** With awsvpc and host the host port is the container port, with bridge 0 is "any". */
function canonicalPort(port: Members, context: CanonicalContext): Members {
  const { hostPort, ...rest } = port;
  const same = hostPort === port['containerPort'] && context.networkMode !== 'bridge';
  return hostPort === 0 || same || hostPort === undefined ? rest : port;
}

/** A blue/green deployment swaps the two target groups: which of them serves at the moment is no difference. */
function canonicalBalancer(balancer: Members): Members {
  const advanced = balancer['advancedConfiguration'];
  const other = at(advanced, 'alternateTargetGroupArn');
  const target = balancer['targetGroupArn'];
  if (typeof other !== 'string' || typeof target !== 'string' || !isObject(advanced) || target <= other)
    return balancer;
  return {
    ...balancer,
    targetGroupArn: other,
    advancedConfiguration: { ...advanced, alternateTargetGroupArn: target },
  };
}

function adjust(type: StructureType, members: Members, context: CanonicalContext): Members | undefined {
  const toggle = switches.get(type.name);
  if (toggle !== undefined && members[toggle] === undefined) return undefined;
  if (type.name === 'PortMapping') return canonicalPort(members, context);
  if (type.name === 'LoadBalancer') return canonicalBalancer(members);
  return members;
}

function canonicalStructure(
  type: StructureType,
  value: unknown,
  context: CanonicalContext,
): Members | undefined {
  const members = emptyObject();
  for (const [name, memberType] of type.members) {
    const member = canonicalMember(type, name, memberType, at(value, name), context);
    if (member !== undefined) members[name] = member;
  }
  const adjusted = adjust(type, members, context);
  return adjusted && Object.keys(adjusted).length > 0 ? adjusted : undefined;
}

function scalar(type: StructureType, name: string, value: unknown): JsonValue {
  if (type.name === 'RegisterTaskDefinitionRequest' && typeof value === 'string') {
    const units = name === 'cpu' ? cpuUnits(value) : name === 'memory' ? memoryMiB(value) : undefined;
    if (units !== undefined) return String(units);
  }
  return value as JsonValue;
}

/** The canonical value of `owner.name`; undefined when it is absent, null, empty or the default. */
export function canonicalMember(
  owner: StructureType,
  name: string,
  type: ModelType,
  value: unknown,
  context: CanonicalContext,
): JsonValue | undefined {
  const result = canonicalValue(owner, name, type, value, context);
  const byDefault = defaultOf(owner.name, name, type.kind, context);
  return byDefault !== undefined && textOf(result) === textOf(byDefault) ? undefined : result;
}

function canonicalValue(
  owner: StructureType,
  name: string,
  type: ModelType,
  value: unknown,
  context: CanonicalContext,
): JsonValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (type.kind === 'structure') return canonicalStructure(type, value, context);
  if (type.kind === 'list') return canonicalList(owner, name, type.of, value, context);
  if (type.kind !== 'map' && type.kind !== 'document') return scalar(owner, name, value);
  const sorted = sortedJson(value);
  return isObject(sorted) && Object.keys(sorted).length === 0 ? undefined : sorted;
}

function canonicalList(
  owner: StructureType,
  name: string,
  of: ModelType,
  value: unknown,
  context: CanonicalContext,
): JsonValue | undefined {
  if (!Array.isArray(value)) return sortedJson(value);
  const entries = (value as unknown[])
    .map((entry) => canonicalValue(owner, name, of, entry, context))
    .filter((entry) => entry !== undefined);
  if (listOrder(owner.name, name) === 'set') {
    entries.sort((left, right) => (textOf(left) < textOf(right) ? -1 : 1));
  }
  return entries.length > 0 ? entries : undefined;
}
