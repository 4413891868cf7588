// What an update changes on the service besides its revision, as it was before: what a roll-back puts back.
import { differences } from '@bamboo-ecs/release';
import type { JsonObject } from '@bamboo-ecs/release';
import { member, objectsOf, pick, textOf, without } from '../json.ts';

/** Not attributes: which service, and what is run of it. */
const others = ['cluster', 'service', 'taskDefinition', 'desiredCount', 'forceNewDeployment'];

/** The members of an UpdateService request that are attributes of the service. */
export function attributesOf(request: JsonObject): JsonObject {
  return without(request, ...others);
}

/** Members of an UpdateService request; empty when the update changes none. What nobody tells cannot be put back, and is left away. */
export function attributesBefore(definition: JsonObject, request: JsonObject): JsonObject {
  const before = Object.keys(changedBy(definition, request)).flatMap((name) => {
    const had = member(definition, name);
    return isTold(had) ? [[name, had]] : [];
  });
  return Object.fromEntries(before) as JsonObject;
}

/** Names of those that the update sets, and of which nobody tells what they were. */
export function unknownBefore(definition: JsonObject, request: JsonObject): readonly string[] {
  return Object.keys(changedBy(definition, request)).filter((name) => !isTold(member(definition, name)));
}

/** Those of `wanted` that the service does not have as they are there. */
export function changedBy(definition: JsonObject, wanted: JsonObject): JsonObject {
  const changed = Object.entries(attributesOf(wanted)).filter(
    ([name, value]) => differences('service-update', definition, { [name]: value }).length > 0,
  );
  return Object.fromEntries(changed);
}

function isTold(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** What is told of each deployment ("Deployment", ECS API Reference), and of the service only in part. */
const ofDeployments = [
  'capacityProviderStrategy',
  'networkConfiguration',
  'platformVersion',
  'serviceConnectConfiguration',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
];

/** The attributes that the service has by one of its deployments; empty where that is not listed. */
export function deploymentAttributes(definition: JsonObject, deployment: string | undefined): JsonObject {
  const found = objectsOf(definition, 'deployments').find((one) => textOf(one, 'id') === deployment);
  const told = ofDeployments.filter((name) => found && isTold(member(found, name)));
  return Object.fromEntries(told.map((name) => [name, member(found, name) ?? null]));
}

/**
 * Of the attributes in `names` nobody has noted what they were: the release that ran before says it, where it sets them. `known`: those
 * that this release has otherwise.
 */
export function knownByRelease(
  names: readonly string[],
  before: JsonObject,
  now: JsonObject,
): { readonly known: JsonObject; readonly unknown: readonly string[] } {
  return {
    known: changedBy(now, pick(before, names)),
    unknown: names.filter((name) => !isTold(member(before, name))),
  };
}
