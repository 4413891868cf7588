import { at, has, isObject, list, text } from '../check/read.ts';
import type { DescriptorKind, JsonObject } from '../descriptor.ts';
import { descriptorType } from '../model/model.ts';
import { canonicalMember, type CanonicalContext } from './canonical.ts';
import { compareValue, type Comparison } from './compare.ts';
import type { Difference } from './difference.ts';
import { currentMember, isCompared, sameService } from './service-members.ts';
import { comparableTags } from './tags.ts';

export interface DifferenceOptions {
  /** Also tell what is stated and yet ECS's default: of a resource that is made, every value is news. */
  readonly stated?: boolean;
}

function taskContext(value: unknown, options: DifferenceOptions): CanonicalContext {
  return { ...options, daemon: false, networkMode: text(value, 'networkMode') ?? 'bridge' };
}

function taskDifferences(
  current: JsonObject,
  wanted: JsonObject,
  options: DifferenceOptions,
): readonly Difference[] {
  const type = descriptorType('task-definition');
  const comparison: Comparison = { ...options, daemon: false, found: [] };
  for (const [member, memberType] of type.members) {
    // Tags come back only from a describe call that asked for them.
    if (member === 'tags' && !has(current, 'tags')) continue;
    const of = (side: JsonObject): unknown =>
      member === 'tags' ? comparableTags(list(side, 'tags')) : at(side, member);
    compareValue(
      comparison,
      memberType,
      { owner: type, member, path: member, secret: false },
      canonicalMember(type, member, memberType, of(current), taskContext(current, options)),
      canonicalMember(type, member, memberType, of(wanted), taskContext(wanted, options)),
    );
  }
  return comparison.found;
}

function serviceDifferences(
  kind: DescriptorKind,
  current: JsonObject,
  wanted: JsonObject,
  options: DifferenceOptions,
): readonly Difference[] {
  const type = descriptorType(kind);
  const daemon = [current, wanted].some((service) => text(service, 'schedulingStrategy') === 'DAEMON');
  const context: CanonicalContext = { ...options, daemon, networkMode: 'bridge' };
  const comparison: Comparison = { ...options, daemon, found: [] };
  for (const [member, memberType] of type.members) {
    if (!has(wanted, member) || !isCompared(member, current)) continue;
    const before = currentMember(member, current);
    const after = at(wanted, member);
    if (sameService(member, before, after)) continue;
    const tags = member === 'tags';
    compareValue(
      comparison,
      memberType,
      { owner: type, member, path: member, secret: false },
      canonicalMember(type, member, memberType, tags ? comparableTags(before, after) : before, context),
      canonicalMember(type, member, memberType, tags ? comparableTags(after) : after, context),
    );
  }
  return comparison.found;
}

/**
 * What would change: `current` is what DescribeTaskDefinition or DescribeServices gave (member names of the API; also taken: the
 * request of an older release), `wanted` is a request. Free of ECS's defaults and of its spelling and order. Of a service only the
 * members that `wanted` states are compared, since UpdateService leaves the others as they are, each as a whole; its task
 * definition by family only, the revision being chosen by the installation. Values that look secret are masked.
 */
export function differences(
  kind: DescriptorKind,
  current: JsonObject,
  wanted: JsonObject,
  options: DifferenceOptions = {},
): readonly Difference[] {
  if (!isObject(current) || !isObject(wanted)) return [];
  return kind === 'task-definition'
    ? taskDifferences(current, wanted, options)
    : serviceDifferences(kind, current, wanted, options);
}
