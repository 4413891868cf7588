// A task definition as the rules look at it.
import type { Segments } from '../path.ts';
import { has, integer, list, strings, text } from './read.ts';

export interface PortView {
  readonly segments: Segments;
  readonly value: unknown;
  readonly containerPort?: number;
  /** As given; 0 and absent leave the choice to the instance. */
  readonly hostPort?: number;
  /** First and last port of `containerPortRange`. */
  readonly range?: readonly [number, number];
  /** Undefined when it is not known (late). */
  readonly protocol?: string;
}

export interface ContainerView {
  readonly segments: Segments;
  readonly value: unknown;
  readonly name?: string;
  readonly ports: readonly PortView[];
}

export interface TaskView {
  readonly value: unknown;
  readonly containers: readonly ContainerView[];
  /** The first container of each name. */
  readonly byName: ReadonlyMap<string, ContainerView>;
  /** Every container has a name that is known: only then can a name be called unknown. */
  readonly allNamed: boolean;
  /** `bridge` when none is given, as ECS does; undefined when it is not known (late or ill-typed). */
  readonly networkMode?: string;
  readonly fargate: boolean;
}

export function parsePortRange(range: string | undefined): readonly [number, number] | undefined {
  const groups =
    range === undefined ? undefined : /^(?<first>\d{1,5})-(?<last>\d{1,5})$/u.exec(range)?.groups;
  return groups && [Number(groups['first']), Number(groups['last'])];
}

function viewPort(value: unknown, segments: Segments): PortView {
  const containerPort = integer(value, 'containerPort');
  const hostPort = integer(value, 'hostPort');
  const range = parsePortRange(text(value, 'containerPortRange'));
  const protocol = has(value, 'protocol') ? text(value, 'protocol') : 'tcp';
  return {
    segments,
    value,
    ...(containerPort !== undefined && { containerPort }),
    ...(hostPort !== undefined && { hostPort }),
    ...(range && { range }),
    ...(protocol !== undefined && { protocol }),
  };
}

function viewContainer(value: unknown, index: number): ContainerView {
  const segments = ['containerDefinitions', index];
  const name = text(value, 'name');
  return {
    segments,
    value,
    ...(name !== undefined && { name }),
    ports: list(value, 'portMappings').map((port, at) => viewPort(port, [...segments, 'portMappings', at])),
  };
}

export function viewTask(value: unknown): TaskView {
  const networkMode = has(value, 'networkMode') ? text(value, 'networkMode') : 'bridge';
  const containers = list(value, 'containerDefinitions').map(viewContainer);
  const byName = new Map<string, ContainerView>();
  for (const container of containers) {
    if (container.name !== undefined && !byName.has(container.name)) byName.set(container.name, container);
  }
  return {
    value,
    containers,
    byName,
    allNamed: containers.every(({ name }) => name !== undefined),
    ...(networkMode !== undefined && { networkMode }),
    fargate: strings(value, 'requiresCompatibilities').includes('FARGATE'),
  };
}

/** The port on the instance (or on the task's own interface) that this mapping takes; undefined when it is chosen at start. */
export function fixedHostPort(task: TaskView, port: PortView): number | undefined {
  if (task.networkMode === 'awsvpc' || task.networkMode === 'host') return port.containerPort;
  return task.networkMode === 'bridge' && port.hostPort !== 0 ? port.hostPort : undefined;
}
