// What the instances lack for one more task, in one clause.
import type { EcsSimulation } from '../simulation/ecs-simulation.ts';
import type { Lack, Usage } from '../simulation/placement.ts';
import type { ServiceState } from '../simulation/service-state.ts';
import type { ContainerInstanceState } from '../simulation/state.ts';
import type { TaskNeed } from '../simulation/task-need.ts';
import { tasksOf } from '../simulation/world.ts';
import { portName } from './stage.ts';
import { listed } from './words.ts';

export interface LackingInstance {
  readonly instance: ContainerInstanceState;
  readonly name: string;
  readonly usage: Usage;
  readonly lack: Lack;
  /** It lacks nothing but has a task of this service already, which distinctInstance forbids. */
  readonly distinct: boolean;
}

/** Instances that are named, where not all lack the same. */
const mostNames = 3;

export function sayLacks(
  instances: readonly LackingInstance[],
  need: TaskNeed,
  simulation: EcsSimulation,
  service: ServiceState,
): string {
  if (instances.length === 0) return 'no container instance that the service may use is ACTIVE';
  const clauses = new Map<string, LackingInstance[]>();
  for (const one of instances) {
    const key = one.distinct ? 'distinct' : one.lack;
    clauses.set(key, [...(clauses.get(key) ?? []), one]);
  }
  return [...clauses]
    .map(([key, some]) => {
      const whose = subjectOf(some, instances.length);
      return `${whose.text} ${predicateOf(key, some, need, whose.plural, heldByService(simulation, service))}`;
    })
    .join('; ');
}

function subjectOf(
  some: readonly LackingInstance[],
  all: number,
): { readonly text: string; readonly plural: boolean } {
  if (some.length === all) {
    return all === 1
      ? { text: `the only instance, ${some[0]?.name ?? ''},`, plural: false }
      : { text: `each of the ${all} instances`, plural: false };
  }
  if (some.length <= mostNames)
    return { text: listed(some.map(({ name }) => name)), plural: some.length > 1 };
  return { text: `${some.length} of the ${all} instances`, plural: true };
}

/** Host ports that the service's own tasks hold. */
function heldByService(simulation: EcsSimulation, service: ServiceState): ReadonlySet<string> {
  const tasks = tasksOf(simulation.world, service).filter(({ lastStatus }) => lastStatus !== 'STOPPED');
  return new Set(
    tasks.flatMap(({ instance, containers }) =>
      containers.flatMap(({ bindings }) => bindings.map((one) => `${instance} ${portName(one)}`)),
    ),
  );
}

function predicateOf(
  key: string,
  some: readonly LackingInstance[],
  need: TaskNeed,
  several: boolean,
  own: ReadonlySet<string>,
): string {
  const has = several ? 'have' : 'has';
  switch (key) {
    case 'distinct':
      return `${several ? 'run' : 'runs'} a task of this service already, and distinctInstance allows one each`;
    case 'port':
      return `already ${several ? 'hold' : 'holds'} ${sayPorts(some, need, own)}`;
    case 'cpu':
      return `${has} ${most(some, ({ instance, usage }) => instance.cpu - usage.cpu)} CPU units free, a task takes ${need.cpu}`;
    case 'memory':
      return `${has} ${most(some, ({ instance, usage }) => instance.memory - usage.memory)} MiB of memory free, a task takes ${need.memory}`;
    case 'gpu':
      return `${has} ${most(some, ({ instance, usage }) => (instance.gpus ?? 0) - usage.gpus)} GPUs free, a task takes ${need.gpus}`;
    case 'agent':
      return `${has} an agent that is not connected`;
    default:
      return `${several ? 'do' : 'does'} not meet the placement constraints`;
  }
}

/** `at most 100` where they differ. */
function most(some: readonly LackingInstance[], free: (one: LackingInstance) => number): string {
  const amounts = some.map((one) => Math.max(0, free(one)));
  const highest = Math.max(...amounts);
  return amounts.every((amount) => amount === highest) ? String(highest) : `at most ${highest}`;
}

function sayPorts(some: readonly LackingInstance[], need: TaskNeed, own: ReadonlySet<string>): string {
  const fixed = need.ports.filter(({ hostPort }) => hostPort > 0);
  const held = fixed.filter((port) => some.some(({ usage }) => usage.ports.has(portName(port))));
  const names = held.map(({ protocol, hostPort }) => (protocol === 'tcp' ? hostPort : `${hostPort}/udp`));
  const others = some.some(({ instance, usage }) =>
    held.some((port) => usage.ports.has(portName(port)) && !own.has(`${instance.arn} ${portName(port)}`)),
  );
  const whose = others ? ', in part for others than this service' : '';
  return `port${names.length === 1 ? '' : 's'} ${listed(names.map(String))}${whose}`;
}
