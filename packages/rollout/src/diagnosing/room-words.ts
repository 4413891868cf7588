// By how much a task does not fit: what the instances have free against what it needs.
import type { JsonObject } from '@bamboo-ecs/release';
import type { Cause } from '../causes/cause.ts';
import type { Evidence } from '../diagnosis.ts';
import type { ClusterRoom, InstanceRoom } from '../feasibility/room.ts';
import { needOf, type TaskNeed } from '../simulation/task-need.ts';
import { oneLine } from './one-line.ts';

/** With these it is worth asking what the cluster has room for. */
const placement: ReadonlySet<string> = new Set<Cause>([
  'no-memory',
  'no-cpu',
  'no-gpu',
  'port-in-use',
  'agent-disconnected',
  'no-attribute',
  'no-instances',
  'no-placement',
]);

export function isPlacement(cause: string): boolean {
  return placement.has(cause);
}

const units = { memory: 'MiB of memory', cpu: 'CPU units', gpus: 'GPUs' } as const;
type Kind = keyof typeof units;
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['no-memory', 'memory'],
  ['no-cpu', 'cpu'],
  ['no-gpu', 'gpus'],
]);

/** `: a task needs 512 MiB of memory, and i-0123, which has most of it, has 300 free, 212 too little`; empty when it is not known. */
export function shortfall(
  cause: string,
  room: ClusterRoom | null,
  taskDefinition: JsonObject | null,
): string {
  const kind = kinds.get(cause);
  const able = placeable(room);
  if (kind === undefined || able.length === 0 || taskDefinition === null) return '';
  const need = needOf(taskDefinition)[kind];
  const best = able.toSorted((left, right) => right[kind].remaining - left[kind].remaining)[0];
  if (best === undefined || !(need > best[kind].remaining)) return '';
  const free = Math.max(0, best[kind].remaining);
  return `: a task needs ${need} ${units[kind]}, and ${oneLine(best.name)}, which has most of it, has ${free} free, ${need - free} too little`;
}

/** Whether an instance could take such a task at all, were it empty; true, too, where that is not known. */
export function isLargeEnough(
  kind: Kind,
  room: ClusterRoom | null,
  taskDefinition: JsonObject | null,
): boolean {
  const instances = room?.instances ?? [];
  if (instances.length === 0 || taskDefinition === null) return true;
  const need = needOf(taskDefinition)[kind];
  return instances.some((instance) => instance[kind].registered >= need);
}

const mostInstances = 6;

/** Each instance in a line: what it has free, and what is in the way. */
export function roomEvidence(
  room: ClusterRoom | null,
  taskDefinition: JsonObject | null,
  at: number,
): readonly Evidence[] {
  const instances = room?.instances;
  if (instances === undefined || taskDefinition === null) return [];
  if (instances.length === 0) return [{ kind: 'instance', at, text: 'the cluster has none' }];
  const need = needOf(taskDefinition);
  const lines = instances.slice(0, mostInstances).map((instance): Evidence => {
    const lacks = lacksOf(instance, need);
    const why = lacks.length > 0 ? `: ${lacks.join(', ')}` : ': a task would fit now';
    return {
      kind: 'instance',
      at,
      text: `${oneLine(instance.name)}${instance.zone ? ` (${instance.zone})` : ''}${why}`,
    };
  });
  const more = instances.length - lines.length;
  return more > 0 ? [...lines, { kind: 'instance', at, text: `and ${more} more instances` }] : lines;
}

function placeable(room: ClusterRoom | null): readonly InstanceRoom[] {
  return (room?.instances ?? []).filter(
    ({ status, agentConnected }) => status === 'ACTIVE' && agentConnected,
  );
}

function lacksOf(instance: InstanceRoom, need: TaskNeed): readonly string[] {
  const short = (kind: Kind): string[] =>
    need[kind] > instance[kind].remaining
      ? [`${Math.max(0, instance[kind].remaining)} of ${need[kind]} ${units[kind]} free`]
      : [];
  const taken = need.ports.filter(
    ({ hostPort, protocol }) => hostPort > 0 && instance.takenPorts.includes(`${protocol}/${hostPort}`),
  );
  return [
    ...(instance.status === 'ACTIVE' ? [] : [instance.status]),
    ...(instance.agentConnected ? [] : ['its agent is not connected']),
    ...short('memory'),
    ...short('cpu'),
    ...short('gpus'),
    ...taken.map(({ hostPort }) => `port ${hostPort} is taken`),
  ];
}
