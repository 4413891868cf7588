// Clusters and services for forecasts: only what a test is about has to be said.
import type { JsonObject } from '@bamboo-ecs/release';
import type { ForecastInput } from '../../src/feasibility/index.ts';
import type { ClusterRoom, InstanceRoom, TaskSnapshot } from '../../src/index.ts';
import { arn, deployment, service } from '../builders.ts';

/** The seed's container: 256 MiB and a fixed host port. */
export function seedTask(members: JsonObject = {}, hostPort = 1234): JsonObject {
  return {
    family: 'web',
    containerDefinitions: [
      {
        name: 'web',
        image: 'registry.example.com/web:1',
        memory: 256,
        essential: true,
        portMappings: [{ containerPort: 8080, hostPort, protocol: 'tcp' }],
      },
    ],
    ...members,
  };
}

export function instance(number: number, members: Partial<InstanceRoom> = {}): InstanceRoom {
  return {
    arn: `arn:aws:ecs:eu-west-1:123456789012:container-instance/qa/${number}`,
    name: `i-${number}`,
    zone: `eu-west-1${number % 2 === 1 ? 'a' : 'b'}`,
    status: 'ACTIVE',
    agentConnected: true,
    attributes: { 'ecs.instance-type': 't3.medium' },
    cpu: { registered: 2048, remaining: 2048 },
    memory: { registered: 3884, remaining: 3884 },
    gpus: { registered: 0, remaining: 0 },
    takenPorts: ['tcp/22', 'tcp/2375', 'tcp/2376', 'tcp/51678', 'tcp/51679'],
    ...members,
  };
}

/** The same with one task of `seedTask` on it. */
export function occupied(number: number, members: Partial<InstanceRoom> = {}): InstanceRoom {
  const free = instance(number);
  return instance(number, {
    memory: { registered: 3884, remaining: 3884 - 256 },
    takenPorts: [...free.takenPorts, 'tcp/1234'],
    ...members,
  });
}

export function taskOn(number: number, members: Partial<TaskSnapshot> = {}): TaskSnapshot {
  return {
    arn: `arn:aws:ecs:eu-west-1:123456789012:task/qa/t${number}`,
    taskDefinition: arn(1),
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    containerInstance: instance(number).arn,
    containers: [],
    ...members,
  };
}

export function room(instances: readonly InstanceRoom[], members: Partial<ClusterRoom> = {}): ClusterRoom {
  const tasks = instances.flatMap(({ takenPorts }, index) =>
    takenPorts.includes('tcp/1234') ? [taskOn(index + 1)] : [],
  );
  return { instances, tasks, providers: [], defaultProviders: [], gaps: [], ...members };
}

export interface Wish {
  readonly instances: number;
  readonly desired: number;
  readonly minimum: number;
  readonly maximum?: number;
  /** More members of the service. */
  readonly service?: JsonObject;
  readonly room?: Partial<ClusterRoom>;
  readonly input?: Partial<ForecastInput>;
}

/** An update of a service of the seed's task, one on each of the first instances. */
export function update(wish: Wish): ForecastInput {
  const { instances, desired, minimum, maximum = 200 } = wish;
  const running = Math.min(instances, desired);
  const definition: JsonObject = {
    launchType: 'EC2',
    desiredCount: desired,
    deploymentConfiguration: { minimumHealthyPercent: minimum, maximumPercent: maximum },
    ...wish.service,
  };
  const numbers = Array.from({ length: instances }, (_, index) => index + 1);
  return {
    action: 'update',
    service: definition,
    newTask: seedTask(),
    oldTask: seedTask(),
    before: service([deployment({ desired, running })], { desired, running, pending: 0, definition }),
    room: room(
      numbers.map((number) => (number <= running ? occupied(number) : instance(number))),
      wish.room,
    ),
    ...wish.input,
  };
}

export function create(wish: Wish): ForecastInput {
  const numbers = Array.from({ length: wish.instances }, (_, index) => index + 1);
  const missing = service([], { status: 'MISSING', desired: 0, running: 0, definition: {} });
  return {
    ...update(wish),
    action: 'create',
    oldTask: null,
    before: missing,
    room: room(
      numbers.map((number) => instance(number)),
      wish.room,
    ),
    ...wish.input,
  };
}
