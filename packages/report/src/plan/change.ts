// One change, ready to be printed: what it is about, and both sides.
import type { Difference, JsonValue } from '@bamboo-ecs/release';
import { imageParts, shortDigests } from './image-change.ts';
import { valueText } from './value-text.ts';

export interface Change {
  /** `image`, `digest`, `environment GREETING`, `port 8080 hostPort`, `cpu` */
  readonly what: string;
  /** Null: not set. */
  readonly from: string | null;
  readonly to: string | null;
  /** What both sides have in common and is not repeated in them, such as an image's name. */
  readonly of?: string;
  /** Both sides look alike, since what differs is masked. */
  readonly hidden?: true;
}

/** Lists whose entries have a name or key of their own, in words. */
const lists: Readonly<Record<string, string>> = {
  environment: 'environment',
  secrets: 'secret',
  dockerLabels: 'label',
  portMappings: 'port',
  mountPoints: 'mount',
  ulimits: 'ulimit',
  dependsOn: 'depends on',
  extraHosts: 'extra host',
  systemControls: 'sysctl',
  volumes: 'volume',
  tags: 'tag',
  loadBalancers: 'load balancer',
  capacityProviderStrategy: 'capacity provider',
};

/** The changes that one difference is told as: an image is two when its digest changes, too. */
export function changeOf(steps: readonly string[], { from, to }: Difference): readonly Change[] {
  const [first = '', second, ...rest] = steps;
  if (first === 'image' && steps.length === 1) return imageChanges(from, to);
  // Its members are known by their own names.
  if (first === 'deploymentConfiguration' && second !== undefined)
    return [change(steps.slice(1).join('.'), from, to)];
  const list = Object.hasOwn(lists, first) ? lists[first] : undefined;
  const what =
    list === undefined || second === undefined ? steps.join('.') : [list, second, ...rest].join(' ');
  return [change(what, from, to)];
}

function change(what: string, from: JsonValue | undefined, to: JsonValue | undefined): Change {
  const before = from === undefined ? null : valueText(from);
  const after = to === undefined ? null : valueText(to);
  return { what, from: before, to: after, ...(before === after && { hidden: true }) };
}

function imageChanges(from: JsonValue | undefined, to: JsonValue | undefined): readonly Change[] {
  if (typeof from !== 'string' || typeof to !== 'string') return [change('image', from, to)];
  const [before, after] = [imageParts(from), imageParts(to)];
  const [oldDigest, newDigest] = shortDigests(before.digest, after.digest);
  const digest: Change = { what: 'digest', from: oldDigest, to: newDigest };
  const digests = before.digest === after.digest ? [] : [digest];
  if (before.name !== after.name)
    return [{ what: 'image', from: withoutDigest(before), to: withoutDigest(after) }, ...digests];
  if (before.tag === after.tag)
    return digests.length === 0
      ? [change('image', from, to)]
      : digests.map((one) => ({ ...one, of: withoutDigest(after) }));
  return [{ what: 'image', from: before.tag, to: after.tag, of: after.name }, ...digests];
}

function withoutDigest({ name, tag }: { readonly name: string; readonly tag: string | null }): string {
  return tag === null ? name : `${name}:${tag}`;
}

/** What people ask first of a container that comes or goes; the rest is named. */
export function containerChanges(container: JsonValue, how: 'added' | 'removed'): readonly Change[] {
  const side = (what: string, text: string): Change =>
    how === 'added' ? { what, from: null, to: text } : { what, from: text, to: null };
  if (!isObject(container)) return [side('container', valueText(container))];
  const told = new Set(['name', 'image', 'cpu', 'memory', 'memoryReservation', 'essential', 'portMappings']);
  const named = ['environment', 'secrets'];
  const plain = ['image', 'cpu', 'memory', 'memoryReservation', 'essential'].flatMap((member) => {
    const value = container[member];
    return value === undefined ? [] : [side(member, valueText(value))];
  });
  const ports = entries(container['portMappings']).map((port) => side('port', portText(port)));
  const names = named.flatMap((member) => {
    const all = entries(container[member]).flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
    return all.length === 0 ? [] : [side(member, all.join(', '))];
  });
  const others = Object.keys(container).filter((member) => !told.has(member) && !named.includes(member));
  return [...plain, ...ports, ...names, ...(others.length > 0 ? [side('also', others.join(', '))] : [])];
}

type Fields = Readonly<Record<string, JsonValue>>;

function isObject(value: JsonValue | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entries(value: JsonValue | undefined): readonly Fields[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isObject) : [];
}

/** `8080/tcp on host port 1234` */
function portText({ containerPort, containerPortRange, hostPort, protocol }: Fields): string {
  const inner = valueText(containerPort ?? containerPortRange ?? '?');
  const kind = protocol === undefined ? '' : `/${valueText(protocol)}`;
  const host =
    hostPort === undefined ? '' : ` on host port ${hostPort === 0 ? '0 (any)' : valueText(hostPort)}`;
  return `${inner}${kind}${host}`;
}
