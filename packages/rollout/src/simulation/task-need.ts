// What a task of a task definition takes from a container instance.
import type { JsonObject } from '@bamboo-ecs/release';
import { memberOf, numberOf, objectsOf, textOf } from './members.ts';

export interface PortNeed {
  readonly container: string;
  readonly containerPort: number;
  /** 0: any free port of the ephemeral range. */
  readonly hostPort: number;
  readonly protocol: 'tcp' | 'udp';
}

export interface TaskNeed {
  /** CPU units. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly gpus: number;
  readonly ports: readonly PortNeed[];
  /** Cluster query language expressions, all of which must hold. */
  readonly expressions: readonly string[];
}

/** `256`, `"256"`, `"0.25 vCPU"` → 256 */
export function cpuUnits(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const parts = /^\s*([\d.]+)\s*(vcpu)?\s*$/iu.exec(typeof value === 'string' ? value : '');
  if (parts === null) return undefined;
  return Math.round(Number(parts[1]) * (parts[2] === undefined ? 1 : 1024));
}

/** `512`, `"512"`, `"1 GB"` → MiB */
export function memoryMiB(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const parts = /^\s*([\d.]+)\s*(gb)?\s*$/iu.exec(typeof value === 'string' ? value : '');
  if (parts === null) return undefined;
  return Math.round(Number(parts[1]) * (parts[2] === undefined ? 1 : 1024));
}

/** The task's own size, else the sum of its containers'; a container is counted by its reservation, else by its limit. */
export function needOf(definition: JsonObject): TaskNeed {
  const containers = objectsOf(definition, 'containerDefinitions');
  const sum = (value: (container: JsonObject) => number): number =>
    containers.reduce((total, container) => total + value(container), 0);
  return {
    cpu: cpuUnits(memberOf(definition, 'cpu')) ?? sum((container) => numberOf(container, 'cpu') ?? 0),
    memory:
      memoryMiB(memberOf(definition, 'memory')) ??
      sum((container) => numberOf(container, 'memoryReservation') ?? numberOf(container, 'memory') ?? 0),
    gpus: sum(gpusOf),
    ports: portNeeds(definition),
    expressions: objectsOf(definition, 'placementConstraints').flatMap(
      (constraint) => textOf(constraint, 'expression') ?? [],
    ),
  };
}

/** "ResourceRequirement", ECS API Reference: the number of GPUs, as a text. */
function gpusOf(container: JsonObject): number {
  const wanted = objectsOf(container, 'resourceRequirements').filter((one) => textOf(one, 'type') === 'GPU');
  return wanted.reduce((total, one) => total + (Number(textOf(one, 'value') ?? 0) || 0), 0);
}

/** Host ports by network mode: bridge as stated or dynamic, host as the container's, awsvpc none. */
function portNeeds(definition: JsonObject): PortNeed[] {
  const mode = textOf(definition, 'networkMode') ?? 'bridge';
  if (mode === 'awsvpc' || mode === 'none') return [];
  return objectsOf(definition, 'containerDefinitions').flatMap((container) =>
    objectsOf(container, 'portMappings').flatMap((mapping) => {
      const hostPort = numberOf(mapping, 'hostPort') ?? 0;
      const protocol = textOf(mapping, 'protocol') === 'udp' ? ('udp' as const) : ('tcp' as const);
      const name = textOf(container, 'name') ?? '';
      return containerPorts(mapping, mode).map((containerPort) => ({
        container: name,
        containerPort,
        hostPort: mode === 'host' ? containerPort : hostPort,
        protocol,
      }));
    }),
  );
}

/** "PortMapping": of a range in host mode all ports are taken; in bridge mode Docker finds some for it. */
function containerPorts(mapping: JsonObject, mode: string): number[] {
  const range = /^(\d{1,5})-(\d{1,5})$/u.exec(textOf(mapping, 'containerPortRange') ?? '');
  const [first, last] = [Number(range?.[1]), Number(range?.[2])];
  if (mode !== 'host' || !(last >= first) || last > 65_535) return [numberOf(mapping, 'containerPort') ?? 0];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
