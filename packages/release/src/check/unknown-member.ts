import type { DescriptorKind } from '../descriptor.ts';
import type { StructureType } from '../model/model-type.ts';
import { descriptorType, isDescribeOnly } from '../model/model.ts';
import { quote, type Segments } from '../path.ts';
import type { Findings } from './findings.ts';
import { isObject } from './read.ts';
import { hasIgnoringCase, shapeLabel, whatWasMeant } from './what-was-meant.ts';

/** A whole answer of DescribeTaskDefinition or DescribeServices in place of the descriptor. */
function isDescribeAnswer(kind: DescriptorKind, member: string, value: unknown): boolean {
  if (kind === 'task-definition') return member === 'taskDefinition' && isObject(value);
  return (member === 'services' && Array.isArray(value)) || (member === 'service' && isObject(value));
}

/** What each request calls the same thing, where they differ. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['service-update serviceName', 'service'],
  ['service-definition service', 'serviceName'],
  ['service-definition roleArn', 'role'],
  ['service-definition clusterArn', 'cluster'],
  ['service-update clusterArn', 'cluster'],
]);

type Told = readonly [code: string, message: string, hint: string];

/** Members of the request as a whole that are known from elsewhere: from the other request or from a describe call. */
function knownElsewhere(
  kind: DescriptorKind,
  type: StructureType,
  member: string,
  value: unknown,
): Told | undefined {
  const [name, where] = [quote(member), shapeLabel(type)];
  if (isDescribeAnswer(kind, member, value)) {
    return [
      'describe-output',
      `${name} holds a whole describe answer; ${where} takes what is inside it`,
      `Keep what stands in ${name}, without the members that only a describe call gives back.`,
    ];
  }
  const other = renamed.get(`${kind} ${member}`);
  if (other !== undefined)
    return ['unknown-member', `${where} has no member ${name}`, `It is called '${other}' here.`];
  if (kind === 'service-update' && descriptorType('service-definition').members.has(member)) {
    return [
      'create-only-member',
      `${name} can be given to CreateService only, ${where} does not take it`,
      'Take it out here; it stays as the service was created with it.',
    ];
  }
  if (isDescribeOnly(kind, member) && !hasIgnoringCase(member, type)) {
    return [
      'describe-only-member',
      `${name} is what a describe call gives back, ${where} does not take it: this was probably copied from a describe output`,
      'Take it out.',
    ];
  }
  return undefined;
}

/** Comparing names takes time; a text with hundreds of problems is not a descriptor with a few slips. */
const mostGuesses = 200;

/**
 * Reports the last of `segments`, which `parents.at(-1)` does not have. An error, because the AWS SDK leaves an unknown member out
 * of the request without a word (tried with @aws-sdk/client-ecs 3.1164.0).
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
  const told = parents.length === 1 ? knownElsewhere(kind, type, member, value) : undefined;
  if (told) {
    findings.error(told[0], segments, told[1], told[2]);
    return;
  }
  findings.error(
    'unknown-member',
    segments,
    `${shapeLabel(type)} has no member ${quote(member)}; the AWS SDK would drop it without a word`,
    (findings.problems.length < mostGuesses ? whatWasMeant(kind, parents, type, member) : undefined) ??
      'Take it out, or write it as in the Amazon ECS API Reference.',
  );
}
