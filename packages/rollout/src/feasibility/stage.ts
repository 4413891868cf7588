// A scene on the simulation's stage: the cluster as it is, the service's tasks on it, the rollout begun.
import type { JsonObject } from '@bamboo-ecs/release';
import { EcsSimulation } from '../simulation/ecs-simulation.ts';
import { realisticPace } from '../simulation/pace.ts';
import type { Pace } from '../simulation/pace.ts';
import { seedCompleted, seedInstance, seedTask } from '../simulation/seed.ts';
import type { ServiceState } from '../simulation/service-state.ts';
import type { PortBinding } from '../simulation/task-state.ts';
import { needOf } from '../simulation/task-need.ts';
import type { TaskNeed } from '../simulation/task-need.ts';
import type { InstanceRoom } from './room.ts';
import type { Scene } from './scene.ts';

export interface Stage {
  readonly simulation: EcsSimulation;
  readonly service: ServiceState;
  readonly pace: Pace;
  /** What one task of the new revision takes. */
  readonly need: TaskNeed;
}

const cluster = 'cluster';
const nothing: TaskNeed = { cpu: 0, memory: 0, gpus: 0, ports: [], expressions: [] };

/** Throws EcsSimulationError for what ECS itself would refuse. */
export function stageOf(scene: Scene): Stage {
  const pace = paceOf(scene);
  const simulation = new EcsSimulation({ clusters: [{ name: cluster }], pace, startMs: 0 });
  // Times before the start are needed: tasks that have run for long.
  simulation.advanceTo(24 * 3_600_000);
  const oldNeed = scene.oldTask === null ? nothing : needOf(scene.oldTask);
  for (const instance of scene.instances ?? []) {
    const own = scene.seats.filter((arn) => arn === instance.arn).length;
    seedRoom(simulation, instance, oldNeed, own);
  }
  const created = scene.oldTask === null && scene.seats.length === 0;
  const service = created ? createNew(simulation, scene) : updateOld(simulation, scene);
  return { simulation, service, pace, need: needOf(scene.newTask) };
}

function paceOf({ times }: Scene): Pace {
  return {
    ...realisticPace,
    healthyWaitMs: times.healthSeconds * 1000,
    stoppingMs: realisticPace.stoppingMs + times.drainSeconds * 1000,
    // Of a wait of hours every half minute is not worth a look.
    placementRetryMs: Math.max(
      realisticPace.placementRetryMs,
      (times.healthSeconds + times.drainSeconds) * 50,
    ),
    // Tasks that have stopped are of no more interest.
    stoppedTaskMs: 1000,
  };
}

/** What is free on the instance and what the service's own tasks take of it; the rest is gone. */
function seedRoom(simulation: EcsSimulation, instance: InstanceRoom, need: TaskNeed, own: number): void {
  const held = new Set(need.ports.filter(({ hostPort }) => hostPort > 0).map(portName));
  const taken = instance.takenPorts.filter((port) => own === 0 || !held.has(port));
  const numbers = (protocol: string): number[] =>
    taken.filter((port) => port.startsWith(`${protocol}/`)).map((port) => Number(port.slice(4)));
  seedInstance(simulation.world, cluster, {
    arn: instance.arn,
    zone: instance.zone ?? '',
    cpu: instance.cpu.remaining + own * need.cpu,
    memory: instance.memory.remaining + own * need.memory,
    gpus: instance.gpus.remaining + own * need.gpus,
    attributes: instance.attributes,
    status: instance.status === 'ACTIVE' ? 'ACTIVE' : 'DRAINING',
    agentConnected: instance.agentConnected,
    reservedPorts: numbers('tcp'),
    reservedUdpPorts: numbers('udp'),
  });
}

/** `tcp/1234` */
export function portName({ protocol, hostPort }: PortBinding): string {
  return `${protocol}/${hostPort}`;
}

function createNew(simulation: EcsSimulation, scene: Scene): ServiceState {
  simulation.registerTaskDefinition({ ...scene.newTask, family: 'new' });
  return simulation.createService(request(scene, 'new', scene.desired));
}

function updateOld(simulation: EcsSimulation, scene: Scene): ServiceState {
  const { world } = simulation;
  // Of a revision that could not be read only the number of tasks counts.
  simulation.registerTaskDefinition({ ...(scene.oldTask ?? scene.newTask), family: 'old' });
  simulation.registerTaskDefinition({ ...scene.newTask, family: 'new' });
  const service = simulation.createService(request(scene, 'old', scene.seats.length));
  seedCompleted(service);
  const instances = world.state.clusters.get(cluster)?.instances ?? [];
  for (const arn of scene.seats) {
    seedTask(world, service, instances.find((instance) => instance.arn === arn) ?? null);
  }
  return simulation.updateService({
    cluster,
    service: service.name,
    taskDefinition: 'new',
    ...(scene.daemon ? {} : { desiredCount: scene.desired }),
  });
}

function request(scene: Scene, family: string, desired: number): JsonObject {
  return {
    cluster,
    serviceName: 'service',
    taskDefinition: family,
    // Fargate is the simulation's word for room without end.
    launchType: scene.instances === null ? 'FARGATE' : 'EC2',
    schedulingStrategy: scene.daemon ? 'DAEMON' : 'REPLICA',
    ...(scene.daemon ? {} : { desiredCount: desired }),
    networkConfiguration: {},
    deploymentConfiguration: {
      minimumHealthyPercent: scene.minimumPercent,
      maximumPercent: scene.maximumPercent,
    },
    placementConstraints: scene.constraints,
    placementStrategy: scene.strategy,
  };
}
