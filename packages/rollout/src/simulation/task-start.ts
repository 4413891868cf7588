// A new task: its containers, their outcome by the scenario, its first timer.
import type { JsonObject } from '@bamboo-ecs/release';
import { arnOf, hexId, uuid } from './ids.ts';
import { digestOf, tagOf } from './images.ts';
import { flagOf, memberOf, numberOf, objectOf, objectsOf, textOf } from './members.ts';
import type { Placed } from './placement.ts';
import { outcomesOf } from './scenario.ts';
import type { TaskOutcome } from './scenario.ts';
import type { Tags, TaskDefinitionState } from './state.ts';
import { needOf } from './task-need.ts';
import type { ContainerState, TaskState } from './task-state.ts';
import { after } from './world.ts';
import type { World } from './world.ts';

export interface NewTask {
  readonly cluster: string;
  readonly service: string | null;
  readonly startedBy: string;
  readonly group: string;
  readonly launchType: TaskState['launchType'];
  readonly definition: TaskDefinitionState;
  /** Null on Fargate. */
  readonly placed: Placed | null;
  readonly zone: string;
  /** Digests resolved by the deployment; else each image is resolved now. */
  readonly digests?: Readonly<Record<string, string>>;
  readonly tags?: Tags;
}

export function startTask(world: World, wanted: NewTask): TaskState {
  const { definition } = wanted.definition;
  const need = needOf(definition);
  const id = hexId(world, 'task');
  const descriptions = objectsOf(definition, 'containerDefinitions');
  const digests = descriptions.map((container) => imageDigest(world, wanted, container));
  const outcomes = decide(world, descriptions, digests);
  const task: TaskState = {
    id,
    arn: arnOf(world, `task/${wanted.cluster}/${id}`),
    cluster: wanted.cluster,
    service: wanted.service,
    startedBy: wanted.startedBy,
    group: wanted.group,
    launchType: wanted.launchType,
    taskDefinition: wanted.definition.arn,
    instance: wanted.placed?.instance.arn ?? null,
    zone: wanted.zone,
    address: addressOf(world),
    ownInterface: textOf(definition, 'networkMode') === 'awsvpc' || wanted.launchType === 'FARGATE',
    cpu: need.cpu,
    memory: need.memory,
    ...(need.gpus > 0 && { gpus: need.gpus }),
    containers: descriptions.map((container, index) =>
      newContainer(
        world,
        container,
        digests[index] ?? '',
        outcomes[index] ?? { kind: 'runs' },
        wanted.placed,
      ),
    ),
    targets: [],
    createdAt: world.now,
    labels: Object.assign({}, ...descriptions.map(labelsOf).reverse()) as Record<string, string>,
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    pullStartedAt: null,
    pullStoppedAt: null,
    startedAt: null,
    stoppingAt: null,
    executionStoppedAt: null,
    stoppedAt: null,
    stopCode: null,
    stoppedReason: null,
    healthySince: null,
    failure: null,
    leaving: false,
    version: 1,
    tags: wanted.tags ?? {},
    timers: [],
  };
  world.state.tasks.set(id, task);
  after(world, task, world.settings.pace.provisioningMs, 'pending');
  return task;
}

function imageDigest(world: World, wanted: NewTask, container: JsonObject): string {
  const name = textOf(container, 'name') ?? '';
  const known = wanted.digests ?? {};
  return (
    (Object.hasOwn(known, name) ? known[name] : undefined) ??
    digestOf(world, textOf(container, 'image') ?? '')
  );
}

function decide(
  world: World,
  containers: readonly JsonObject[],
  digests: readonly string[],
): readonly TaskOutcome[] {
  const marks = containers.map((container, index) => {
    const image = textOf(container, 'image') ?? '';
    const labels = Object.values(labelsOf(container));
    return [image, tagOf(image), digests[index] ?? '', ...labels].filter(
      (mark) => mark !== null && mark !== '',
    ) as string[];
  });
  const { outcomes, used } = outcomesOf(world.scenario, world.state.ruleUses, marks);
  for (const rule of used) world.state.ruleUses[rule] = (world.state.ruleUses[rule] ?? 0) + 1;
  return outcomes;
}

function labelsOf(container: JsonObject): Record<string, string> {
  const labels = Object.entries(objectOf(container, 'dockerLabels'));
  return Object.fromEntries(
    labels.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function newContainer(
  world: World,
  container: JsonObject,
  digest: string,
  outcome: TaskOutcome,
  placed: Placed | null,
): ContainerState {
  const name = textOf(container, 'name') ?? '';
  const check = memberOf(container, 'healthCheck') === undefined ? null : objectOf(container, 'healthCheck');
  return {
    name,
    id: uuid(world, 'container'),
    image: textOf(container, 'image') ?? '',
    digest,
    essential: flagOf(container, 'essential') ?? true,
    outcome,
    bindings: (placed?.bindings ?? [])
      .filter((binding) => binding.container === name)
      .map(({ containerPort, hostPort, protocol }) => ({ containerPort, hostPort, protocol })),
    stopTimeoutMs: (numberOf(container, 'stopTimeout') ?? 30) * 1000,
    healthCheck: check && {
      intervalMs: (numberOf(check, 'interval') ?? 30) * 1000,
      retries: numberOf(check, 'retries') ?? 3,
      startPeriodMs: (numberOf(check, 'startPeriod') ?? 0) * 1000,
    },
    lastStatus: 'PENDING',
    healthStatus: 'UNKNOWN',
    failedChecks: 0,
    exitCode: null,
    reason: null,
  };
}

/** `10.0.0.12`: one address a task, counted up. */
function addressOf(world: World): string {
  const number = (world.state.counters.get('task') ?? 0) + 10;
  return `10.0.${(number >> 8) & 255}.${number & 255}`;
}
