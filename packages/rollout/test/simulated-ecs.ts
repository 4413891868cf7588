// The simulation as an installer sees ECS: snapshots in, requests out, time moved by the watcher's own schedule.
import type { JsonObject } from '@bamboo-ecs/release';
import { countsAsRunning, showsRollout } from '../src/simulation/index.ts';
import type {
  DeploymentState,
  EcsSimulation,
  TaskDefinitionState,
  TaskState,
} from '../src/simulation/index.ts';
import type {
  DeploymentSnapshot,
  ServiceSnapshot,
  TaskDefinitionSnapshot,
  TaskSnapshot,
} from '../src/index.ts';

const pendingStatus = new Set(['PROVISIONING', 'PENDING', 'ACTIVATING']);

export class SimulatedEcs {
  readonly simulation: EcsSimulation;
  polls = 0;

  constructor(simulation: EcsSimulation) {
    this.simulation = simulation;
  }

  look(cluster: string, name: string): ServiceSnapshot {
    this.polls += 1;
    const { state, now } = this.simulation;
    const found = state.services.get(`${cluster}/${name}`);
    const none = {
      at: now,
      cluster,
      name,
      arn: '',
      taskDefinition: '',
      controller: 'ECS',
      desired: 0,
      running: 0,
      pending: 0,
    };
    if (!found) return { ...none, status: 'MISSING', deployments: [], events: [], definition: {} };
    const tasks = this.#tasks(found.key);
    const deployments = found.deployments.map((one) => this.#deployment(one, tasks, found.desiredCount));
    return {
      ...none,
      arn: found.arn,
      status: found.status,
      taskDefinition: deployments[0]?.taskDefinition ?? '',
      desired: found.desiredCount,
      running: tasks.filter(countsAsRunning).length,
      pending: tasks.filter(({ lastStatus }) => pendingStatus.has(lastStatus)).length,
      deployments,
      events: found.events.map(({ id, createdAt, message }) => ({ id, at: createdAt, message })),
      definition: {
        ...found.attributes,
        serviceName: name,
        serviceArn: found.arn,
        desiredCount: found.desiredCount,
      },
    };
  }

  stopped(cluster: string, name: string): readonly TaskSnapshot[] {
    return this.#tasks(`${cluster}/${name}`)
      .filter(({ lastStatus }) => lastStatus === 'STOPPED')
      .map(toTask);
  }

  /** The latest ACTIVE revision of a family, or the revision with this ARN. */
  describe(reference: string): TaskDefinitionSnapshot | null {
    const all = [...this.simulation.state.taskDefinitions.values()].flat();
    const found = all.findLast(
      ({ arn, family, status }) => arn === reference || (family === reference && status === 'ACTIVE'),
    );
    return found ? toRevision(found) : null;
  }

  register(request: JsonObject, tags: Readonly<Record<string, string>>): TaskDefinitionSnapshot {
    const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
    return toRevision(this.simulation.registerTaskDefinition({ ...request, tags: list }));
  }

  #tasks(key: string): TaskState[] {
    return [...this.simulation.state.tasks.values()].filter(({ service }) => service === key);
  }

  #deployment(one: DeploymentState, all: readonly TaskState[], desired: number): DeploymentSnapshot {
    const tasks = all.filter(({ startedBy }) => startedBy === one.id);
    const shown = showsRollout(this.simulation.world, one);
    return {
      id: one.id,
      status: one.status,
      ...(shown && { rolloutState: one.progress, rolloutStateReason: one.reason }),
      taskDefinition: one.taskDefinition,
      desired: one.status === 'PRIMARY' ? desired : one.keep,
      running: tasks.filter(countsAsRunning).length,
      pending: tasks.filter(({ lastStatus }) => pendingStatus.has(lastStatus)).length,
      failed: one.failedTasks,
      createdAt: one.createdAt,
      updatedAt: one.updatedAt,
    };
  }
}

function toRevision({
  arn,
  family,
  revision,
  status,
  tags,
  definition,
}: TaskDefinitionState): TaskDefinitionSnapshot {
  return { arn, family, revision, status, tags, definition };
}

function toTask(task: TaskState): TaskSnapshot {
  return {
    arn: task.arn,
    taskDefinition: task.taskDefinition,
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    startedBy: task.startedBy,
    ...(task.stopCode !== null && { stopCode: task.stopCode }),
    ...(task.stoppedReason !== null && { stoppedReason: task.stoppedReason }),
    ...(task.stoppedAt !== null && { stoppedAt: task.stoppedAt }),
    containers: task.containers.map(({ name, image, exitCode, reason }) => ({
      name,
      image,
      ...(exitCode !== null && { exitCode }),
      ...(reason !== null && { reason }),
    })),
  };
}
