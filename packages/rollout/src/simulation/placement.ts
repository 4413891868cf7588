// Which container instance takes a task: what fits first, then the strategy; and what the closest instance lacks.
import type { JsonObject } from '@bamboo-ecs/release';
import { parseConstraint } from './constraint.ts';
import { textOf } from './members.ts';
import type { ClusterState, ContainerInstanceState } from './state.ts';
import type { PortNeed, TaskNeed } from './task-need.ts';
import type { PortBinding, TaskState } from './task-state.ts';
import type { World } from './world.ts';

export interface Usage {
  readonly cpu: number;
  readonly memory: number;
  readonly gpus: number;
  /** `tcp/8080` */
  readonly ports: ReadonlySet<string>;
}

export interface Placed {
  readonly instance: ContainerInstanceState;
  /** In the order of the needs' ports. */
  readonly bindings: readonly (PortBinding & { readonly container: string })[];
}

export type Lack = (typeof order)[number];

/** Why no instance took it, closest instance last in the order of the checks. */
export type PlacementFailure =
  | { readonly lack: 'no-instances' }
  | {
      readonly lack: Lack;
      readonly instance: ContainerInstanceState;
    };

export interface PlacementRules {
  readonly constraints: readonly JsonObject[];
  readonly strategy: readonly JsonObject[];
  /** Instances that distinctInstance forbids. */
  readonly taken: ReadonlySet<string>;
  /** Tasks to spread: those of the same service. */
  readonly siblings: readonly TaskState[];
}

const nothing: Usage = { cpu: 0, memory: 0, gpus: 0, ports: new Set() };

/** The checks in their order: an instance that fails a later one is closer. */
const order = ['attribute', 'cpu', 'memory', 'gpu', 'port', 'agent'] as const;

export function usageOf(world: World, instance: ContainerInstanceState): Usage {
  return usages(world, [instance]).get(instance.arn) ?? nothing;
}

/** What tasks take of each instance until they have STOPPED. */
function usages(world: World, instances: readonly ContainerInstanceState[]): ReadonlyMap<string, Usage> {
  const found = new Map<string, { cpu: number; memory: number; gpus: number; readonly ports: Set<string> }>(
    instances.map((instance) => {
      const tcp = instance.reservedPorts.map((port) => `tcp/${port}`);
      const udp = (instance.reservedUdpPorts ?? []).map((port) => `udp/${port}`);
      return [instance.arn, { cpu: 0, memory: 0, gpus: 0, ports: new Set([...tcp, ...udp]) }] as const;
    }),
  );
  for (const task of world.state.tasks.values()) {
    const usage =
      task.lastStatus === 'STOPPED' || task.instance === null ? undefined : found.get(task.instance);
    if (usage === undefined) continue;
    usage.cpu += task.cpu;
    usage.memory += task.memory;
    usage.gpus += task.gpus ?? 0;
    for (const container of task.containers) {
      for (const binding of container.bindings) usage.ports.add(`${binding.protocol}/${binding.hostPort}`);
    }
  }
  return found;
}

/** Container instances that can be used for placement at all. */
export function eligible(
  cluster: ClusterState,
  need: TaskNeed,
  rules: Pick<PlacementRules, 'constraints'>,
): ContainerInstanceState[] {
  const expressions = [
    ...need.expressions,
    ...rules.constraints.flatMap((constraint) => textOf(constraint, 'expression') ?? []),
  ].map(parseConstraint);
  return cluster.instances.filter(
    (instance) => instance.status === 'ACTIVE' && expressions.every((holds) => holds(attributesOf(instance))),
  );
}

export function place(
  world: World,
  cluster: ClusterState,
  need: TaskNeed,
  rules: PlacementRules,
): Placed | PlacementFailure {
  const looks = fits(world, cluster, need, rules);
  if (looks.length === 0) return { lack: 'no-instances' };
  const fitting: { instance: ContainerInstanceState; usage: Usage }[] = [];
  let closest: { rank: number; instance: ContainerInstanceState } | null = null;
  for (const { instance, usage, lack } of looks) {
    if (lack === null) fitting.push({ instance, usage });
    else if (closest === null || order.indexOf(lack) > closest.rank) {
      closest = { rank: order.indexOf(lack), instance };
    }
  }
  const chosen = choose(fitting, rules, need);
  if (chosen !== undefined)
    return { instance: chosen.instance, bindings: bind(need.ports, chosen.usage.ports) };
  if (closest === null) return { lack: 'no-instances' };
  return { lack: order[closest.rank] ?? 'attribute', instance: closest.instance };
}

/** Each ACTIVE instance with what it lacks for the task first; null when it takes it. */
export function fits(
  world: World,
  cluster: ClusterState,
  need: TaskNeed,
  rules: Pick<PlacementRules, 'constraints' | 'taken'>,
): { readonly instance: ContainerInstanceState; readonly usage: Usage; readonly lack: Lack | null }[] {
  const active = cluster.instances.filter((instance) => instance.status === 'ACTIVE');
  const allowed = new Set(eligible(cluster, need, rules));
  const used = usages(world, active);
  return active.map((instance) => {
    const usage = used.get(instance.arn) ?? nothing;
    const lack = lackOf(instance, usage, need, allowed.has(instance) && !rules.taken.has(instance.arn));
    return { instance, usage, lack };
  });
}

function lackOf(
  instance: ContainerInstanceState,
  usage: Usage,
  need: TaskNeed,
  allowed: boolean,
): (typeof order)[number] | null {
  if (!allowed) return 'attribute';
  if (usage.cpu + need.cpu > instance.cpu) return 'cpu';
  if (usage.memory + need.memory > instance.memory) return 'memory';
  if (usage.gpus + need.gpus > (instance.gpus ?? 0)) return 'gpu';
  const taken = need.ports.some(
    (port) => port.hostPort > 0 && usage.ports.has(`${port.protocol}/${port.hostPort}`),
  );
  if (taken) return 'port';
  return instance.agentConnected ? null : 'agent';
}

/** Default strategy: spread over zones, then over instances, as the service scheduler does without one. */
function choose(
  fitting: readonly { instance: ContainerInstanceState; usage: Usage }[],
  rules: PlacementRules,
  need: TaskNeed,
): { instance: ContainerInstanceState; usage: Usage } | undefined {
  const alive = rules.siblings.filter((task) => task.desiredStatus === 'RUNNING');
  const zones = countBy(alive.map((task) => task.zone));
  const hosts = countBy(alive.map((task) => task.instance ?? ''));
  const score = (rule: JsonObject, { instance, usage }: (typeof fitting)[number]): number => {
    const field = textOf(rule, 'field') ?? '';
    switch (textOf(rule, 'type') ?? '') {
      case 'binpack':
        return field === 'cpu'
          ? instance.cpu - usage.cpu - need.cpu
          : instance.memory - usage.memory - need.memory;
      case 'spread':
        if (field === 'instanceId' || field === 'host') return hosts.get(instance.arn) ?? 0;
        if (field.endsWith('availability-zone')) return zones.get(instance.zone) ?? 0;
        return alive.filter((task) => sameAttribute(fitting, task, instance, field)).length;
      default:
        return 0;
    }
  };
  const byZone: JsonObject = { type: 'spread', field: 'attribute:ecs.availability-zone' };
  const byHost: JsonObject = { type: 'spread', field: 'instanceId' };
  const strategy = rules.strategy.length > 0 ? rules.strategy : [byZone, byHost];
  return [...fitting].sort((left, right) => {
    for (const rule of strategy) {
      const difference = score(rule, left) - score(rule, right);
      if (difference !== 0) return difference;
    }
    return 0;
  })[0];
}

function countBy(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function sameAttribute(
  fitting: readonly { instance: ContainerInstanceState }[],
  task: TaskState,
  instance: ContainerInstanceState,
  field: string,
): boolean {
  const name = field.replace(/^attribute:/u, '');
  const other = fitting.find((candidate) => candidate.instance.arn === task.instance)?.instance;
  return other !== undefined && attributesOf(other)[name] === attributesOf(instance)[name];
}

/** Dynamic ports come from 32768 upwards, the lowest free one. */
export function bind(ports: readonly PortNeed[], used: ReadonlySet<string>): Placed['bindings'] {
  const taken = new Set(used);
  return ports.map(({ container, containerPort, hostPort, protocol }) => {
    let port = hostPort;
    if (port === 0) {
      port = 32_768;
      while (taken.has(`${protocol}/${port}`)) port += 1;
    }
    taken.add(`${protocol}/${port}`);
    return { container, containerPort, hostPort: port, protocol };
  });
}

export function attributesOf(instance: ContainerInstanceState): Readonly<Record<string, string>> {
  return { 'ecs.availability-zone': instance.zone, ...instance.attributes };
}
