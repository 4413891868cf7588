// A small world for tests of the simulation: a cluster in two zones, a service, its course in short words.
import { EcsSimulation, realisticPace } from '../../src/simulation/index.ts';
import type { JsonObject, SimulationOptions, TaskState } from '../../src/simulation/index.ts';

export const groupArn =
  'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/hid/0123456789abcdef';
export const crash = {
  rules: [{ match: '2.0', outcome: { kind: 'exits', afterMs: 5000, exitCode: 3 } }],
} as const;

export function newSimulation(
  options: SimulationOptions & { readonly instances?: number } = {},
): EcsSimulation {
  const { instances = 4, ...rest } = options;
  const zones = Array.from({ length: instances }, (_, index) => ({
    zone: `us-east-1${index % 2 === 0 ? 'a' : 'b'}`,
  }));
  return new EcsSimulation({ clusters: [{ name: 'qa', instances: zones }], pace: realisticPace, ...rest });
}

/** Registers `hid:N` with this tag; returns its ARN. */
export function register(
  simulation: EcsSimulation,
  tag: string,
  container: JsonObject = {},
  rest: JsonObject = {},
): string {
  return simulation.registerTaskDefinition({
    family: 'hid',
    containerDefinitions: [
      {
        name: 'hid',
        image: `registry.example/hid:${tag}`,
        memory: 256,
        portMappings: [{ containerPort: 8080 }],
        dockerLabels: { release: tag },
        ...container,
      },
    ],
    ...rest,
  }).arn;
}

export function create(simulation: EcsSimulation, request: JsonObject = {}) {
  return simulation.createService({
    cluster: 'qa',
    serviceName: 'hid',
    taskDefinition: 'hid',
    desiredCount: 2,
    ...request,
  });
}

export function update(simulation: EcsSimulation, request: JsonObject = {}) {
  return simulation.updateService({ cluster: 'qa', service: 'hid', taskDefinition: 'hid', ...request });
}

export function service(simulation: EcsSimulation, name = 'hid') {
  const found = simulation.state.services.get(`qa/${name}`);
  if (found === undefined) throw new Error(`there is no service ${name}`);
  return found;
}

export function tasks(simulation: EcsSimulation, deployment?: string): TaskState[] {
  return [...simulation.state.tasks.values()].filter(
    (task) => deployment === undefined || task.startedBy === deployment,
  );
}

/** Event texts, oldest first, without the service's name, with ids shortened to their kind. */
export function events(simulation: EcsSimulation, since = 0): string[] {
  return service(simulation)
    .events.filter(({ createdAt }) => createdAt >= since)
    .map(({ message }) => shorten(message))
    .reverse();
}

function shorten(message: string): string {
  return message
    .replace(/^\(service [^)]+\) /u, '')
    .replaceAll(/\(task [0-9a-f]{32}\)/gu, '(task)')
    .replaceAll(/container-instance [0-9a-f]{32}/gu, 'container-instance')
    .replaceAll(/ecs-svc\/\d+/gu, 'ecs-svc')
    .replaceAll(groupArn, 'ARN');
}

/** Moves in steps and notes each change of `see`. */
export function course<T>(simulation: EcsSimulation, ms: number, see: () => T): T[] {
  const seen: T[] = [];
  const end = simulation.now + ms;
  for (;;) {
    const value = see();
    if (JSON.stringify(value) !== JSON.stringify(seen.at(-1))) seen.push(value);
    const next = simulation.nextEventAt();
    if (next === null || next > end) return seen;
    simulation.advanceTo(next);
  }
}

/** Old and new tasks that are not stopping: `2+1` is two old, one new. */
export function oldAndNew(simulation: EcsSimulation): string {
  const primary = service(simulation).deployments[0]?.id;
  const alive = tasks(simulation).filter(
    (task) => task.desiredStatus === 'RUNNING' && task.lastStatus !== 'STOPPED',
  );
  const own = alive.filter((task) => task.startedBy === primary).length;
  return `${alive.length - own}+${own}`;
}

export const minutes = (count: number): number => count * 60_000;
