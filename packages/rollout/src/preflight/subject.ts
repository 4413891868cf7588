// The service as it will be, and which descriptor says so.
import type { JsonObject, JsonValue } from '@bamboo-ecs/release';
import { arnParts } from '../arn.ts';
import { isList, isObject, member, numberOf, objectOf, objectsOf, textOf } from '../json.ts';
import { deploymentLimits } from '../limits.ts';
import type { ServiceSnapshot } from '../snapshot.ts';
import type { WantedService } from '../wanted/wanted-service.ts';
import { placeOf, type Place } from './place.ts';

export interface Container {
  readonly json: JsonObject;
  readonly name: string;
  /** `containerDefinitions[0]` */
  readonly path: string;
}

export interface Subject {
  readonly wanted: WantedService;
  readonly creates: boolean;
  readonly containers: readonly Container[];
  /** `awsvpc`, `bridge`, `host`, `none`; what ECS takes when the task definition says nothing ("NetworkMode", ECS API Reference), empty when that is open. */
  readonly networkMode: string;
  readonly fargate: boolean;
  readonly windows: boolean;
  readonly desired: number;
  /** The most tasks that the deployment configuration lets be there at once. */
  readonly mostTasks: number;
  /** Own account and region, as far as the service, the cluster or a setting tells. */
  readonly account: string | null;
  readonly region: string | null;
  /** A member of the service as it will be: of the request where it says it, otherwise of the service that runs. */
  readonly served: (name: string) => {
    readonly value: JsonValue | undefined;
    /** The request leaves it as it is. */
    readonly kept: boolean;
    readonly place: (path?: string) => Place;
  };
}

export function subjectOf(wanted: WantedService, service: ServiceSnapshot): Subject {
  const creates = service.status === 'MISSING' || service.status === 'INACTIVE';
  const request = creates ? wanted.serviceDefinition : wanted.serviceUpdate;
  const source = creates ? 'service-definition' : 'service-update';
  const before: JsonObject = creates ? {} : service.definition;
  const merged: JsonObject = { ...before, ...request };
  const desired = numberOf(merged, 'desiredCount') ?? (creates ? 1 : service.desired);
  const here = arnParts(service.arn) ?? arnParts(wanted.cluster);
  return {
    wanted,
    creates,
    containers: containersOf(wanted.taskDefinition),
    networkMode: networkModeOf(wanted.taskDefinition, merged),
    fargate: isFargate(wanted.taskDefinition, merged),
    windows: (
      textOf(objectOf(wanted.taskDefinition, 'runtimePlatform'), 'operatingSystemFamily') ?? ''
    ).startsWith('WINDOWS'),
    desired,
    mostTasks: creates ? desired : Math.max(desired, deploymentLimits(merged, desired).ceiling),
    account: here?.account || wanted.account,
    region: here?.region || wanted.region,
    served: (name) => {
      const own = member(request, name) !== undefined;
      return {
        value: member(merged, name),
        kept: !creates && !own,
        place: (path = '') => placeOf(own ? source : 'the service as it runs', `${name}${path}`),
      };
    },
  };
}

/** An object among the members of the service as it will be. */
export function servedObject(subject: Subject, name: string): JsonObject | undefined {
  const { value } = subject.served(name);
  return isObject(value) ? value : undefined;
}

/** The objects of a list among the members of the service as it will be, each with its place. */
export function servedList(
  subject: Subject,
  name: string,
): readonly { readonly json: JsonObject; readonly place: (path: string) => Place }[] {
  const { value, place } = subject.served(name);
  return objectsOf({ [name]: value ?? [] }, name).map((json, index) => ({
    json,
    place: (path) => place(`[${index}].${path}`),
  }));
}

function containersOf(taskDefinition: JsonObject): readonly Container[] {
  return objectsOf(taskDefinition, 'containerDefinitions').map((json, index) => ({
    json,
    name: textOf(json, 'name') ?? `container ${index + 1}`,
    path: `containerDefinitions[${index}]`,
  }));
}

function isFargate(taskDefinition: JsonObject, service: JsonObject): boolean {
  const launchType = textOf(service, 'launchType');
  if (launchType !== undefined) return launchType === 'FARGATE';
  const providers = objectsOf(service, 'capacityProviderStrategy').map((one) =>
    textOf(one, 'capacityProvider'),
  );
  if (providers.length > 0) return providers.every((name) => name === 'FARGATE' || name === 'FARGATE_SPOT');
  const compatible = member(taskDefinition, 'requiresCompatibilities');
  return isList(compatible) && compatible.length === 1 && compatible[0] === 'FARGATE';
}

function networkModeOf(taskDefinition: JsonObject, service: JsonObject): string {
  const said = textOf(taskDefinition, 'networkMode');
  if (said !== undefined) return said;
  if (isFargate(taskDefinition, service)) return 'awsvpc';
  const compatible = member(taskDefinition, 'requiresCompatibilities');
  const onInstances = !isList(compatible) || compatible.every((one) => one === 'EC2');
  return onInstances ? 'bridge' : '';
}
