// Which instances a service's tasks may be placed on, and whether there may soon be more of them.
import type { JsonObject } from '@bamboo-ecs/release';
import { numberOf, objectsOf, textOf } from '../json.ts';
import type { CapacityProviderRoom, ClusterRoom, GroupRoom, InstanceRoom } from './room.ts';
import { plural } from './words.ts';

export type Capacity =
  /** Fargate: every task finds room. */
  | { readonly kind: 'unlimited' }
  | { readonly kind: 'unknown'; readonly why: string }
  | {
      readonly kind: 'instances';
      readonly instances: readonly InstanceRoom[];
      /** Why more may come. */
      readonly doubts: readonly string[];
    };

const fargate = new Set(['FARGATE', 'FARGATE_SPOT']);

/** May this service's tasks run on container instances at all? Then the room is worth asking for. */
export function mayNeedInstances(service: JsonObject): boolean {
  const launchType = textOf(service, 'launchType');
  if (launchType === 'FARGATE' || launchType === 'EXTERNAL') return false;
  const names = strategyNames(service);
  return names.length === 0 || !names.every((name) => fargate.has(name));
}

export function capacityOf(service: JsonObject, room: ClusterRoom | null): Capacity {
  if (!mayNeedInstances(service)) return { kind: 'unlimited' };
  if (room === null) return { kind: 'unknown', why: 'the room in the cluster was not looked at' };
  const launchType = textOf(service, 'launchType');
  const own = strategyNames(service);
  const names = own.length > 0 || launchType !== undefined ? own : (room.defaultProviders ?? []);
  if (names.length > 0 && names.every((name) => fargate.has(name))) return { kind: 'unlimited' };
  if (names.some((name) => fargate.has(name)))
    return {
      kind: 'unknown',
      why: 'its capacity provider strategy mixes Fargate with instances, which ECS refuses',
    };
  if (room.instances === undefined)
    return { kind: 'unknown', why: 'the container instances of the cluster could not be read' };
  if (room.instances.length === 0) return { kind: 'unknown', why: 'the cluster shows no container instance' };
  const instances = room.instances.filter(
    ({ capacityProvider }) => names.length === 0 || names.includes(capacityProvider ?? ''),
  );
  return { kind: 'instances', instances, doubts: growth(room, names) };
}

/**
 * "CapacityProviderStrategyItem": of several providers, those with neither weight nor base get no task. Where all have none, ECS
 * refuses the strategy: then all are taken for used.
 */
function strategyNames(service: JsonObject): readonly string[] {
  const items = objectsOf(service, 'capacityProviderStrategy');
  const used = items.filter(
    (item) => (numberOf(item, 'weight') ?? 0) > 0 || (numberOf(item, 'base') ?? 0) > 0,
  );
  return (used.length > 0 ? used : items).flatMap((item) => textOf(item, 'capacityProvider') ?? []);
}

/** ECS divides the tasks by base and weight, and one that its provider has no room for goes to no other. */
export function dividedAmong(service: JsonObject): readonly string[] {
  const names = strategyNames(service);
  return names.length > 1 && !names.every((name) => fargate.has(name)) ? names : [];
}

/** An Auto Scaling group may grow for reasons of its own, even where ECS does not manage it. */
function growth(
  { providers, groups = [], drainingServices = 0 }: ClusterRoom,
  names: readonly string[],
): string[] {
  if (providers === undefined) return ['Whether the cluster grows by itself is not known.'];
  const leaving = drainingServices > 0 ? ['Services of the cluster are being deleted and give up room.'] : [];
  const relevant = providers.filter(
    ({ name, kind }) => kind !== 'fargate' && (names.length === 0 || names.includes(name)),
  );
  const known = new Set(providers.map(({ name }) => name));
  return [
    ...leaving,
    ...relevant.map(sayGrowth),
    ...groups.filter(mayGrow).map(sayGroup),
    ...names
      .filter((name) => !known.has(name))
      .map((name) => `Whether the capacity provider ${name} adds instances is not known.`),
  ];
}

function mayGrow({ desired, maximum, launches }: GroupRoom): boolean {
  return launches && desired < maximum;
}

/** No capacity provider names the group: ECS does not make it grow, alarms or people may. */
function sayGroup({ name, desired, maximum }: GroupRoom): string {
  return `The Auto Scaling group ${name} has ${desired} of at most ${plural(maximum, 'instance')} and may add some, if something other than ECS makes it.`;
}

/** Of the groups that were asked for in vain: one sentence each. */
export function fullGroups({ groups = [] }: ClusterRoom): readonly string[] {
  return groups
    .filter((group) => !mayGrow(group))
    .map(({ name, maximum, launches }) =>
      launches
        ? `The Auto Scaling group ${name} is at its maximum of ${plural(maximum, 'instance')}: it adds none.`
        : `The Auto Scaling group ${name} launches no instances: its process Launch is suspended.`,
    );
}

function sayGrowth({ name, scales }: CapacityProviderRoom): string {
  if (scales === true) return `The capacity provider ${name} adds instances when tasks do not fit.`;
  return scales === null
    ? `Whether the capacity provider ${name} adds instances is not known.`
    : `The Auto Scaling group of the capacity provider ${name} may grow.`;
}
