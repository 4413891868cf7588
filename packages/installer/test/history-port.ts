// A history of a rollout, as data, played on a virtual clock: what ECS would have shown to whoever looked.
import type {
  DeploymentSnapshot,
  EcsPort,
  ServiceEventSnapshot,
  ServiceSnapshot,
  TaskSnapshot,
} from '@bamboo-ecs/rollout';
import type { VirtualClock } from '@bamboo-ecs/rollout/simulation';
import type { History, Step, Stop } from './history.ts';

const arn = (revision: number): string =>
  `arn:aws:ecs:eu-west-1:123456789012:task-definition/web:${revision}`;
export const ours = { deployment: 'ecs-svc/2', taskDefinition: arn(2) };

export class HistoryPort {
  calls = 0;
  readonly #history: History;
  readonly #clock: VirtualClock;
  readonly #startMs: number;

  constructor(history: History, clock: VirtualClock) {
    this.#history = history;
    this.#clock = clock;
    this.#startMs = clock.now();
  }

  /** The two questions that a watch asks; any other is a mistake. */
  port(): EcsPort {
    const port: Partial<EcsPort> = {
      describeServices: async () => {
        this.calls += 1;
        return [this.#snapshot()];
      },
      listTasks: async () => {
        this.calls += 2;
        if (this.#history.service.denied) throw denied();
        return this.#stopped();
      },
      describeServiceDeployment: async () => null,
    };
    return port as EcsPort;
  }

  #steps(): readonly Step[] {
    const now = this.#clock.now();
    return this.#history.course.filter(({ at }) => this.#startMs + at * 1000 <= now);
  }

  #snapshot(): ServiceSnapshot {
    const { service } = this.#history;
    const steps = this.#steps();
    const last = Object.assign({}, ...steps) as Partial<Step>;
    const desired = last.desired ?? service.desired;
    const [running, pending, failed] = last.new ?? [0, 0, 0];
    const old = last.old ?? service.before ?? service.desired;
    const replaced = last.back === true || last.gone === true || last.stranger === true;
    const deployment = (members: Partial<DeploymentSnapshot>): DeploymentSnapshot => ({
      id: ours.deployment,
      status: replaced ? 'ACTIVE' : 'PRIMARY',
      rolloutState: last.state ?? 'IN_PROGRESS',
      ...(last.why === undefined ? {} : { rolloutStateReason: last.why }),
      taskDefinition: ours.taskDefinition,
      desired,
      running,
      pending,
      failed,
      createdAt: this.#startMs,
      updatedAt: this.#startMs,
      ...members,
    });
    const before = deployment({
      id: 'ecs-svc/1',
      status: last.back === true || last.gone === true ? 'PRIMARY' : 'ACTIVE',
      rolloutState: 'COMPLETED',
      taskDefinition: arn(1),
      running: old,
      pending: 0,
      failed: 0,
      createdAt: this.#startMs - 3_600_000,
    });
    const stranger = deployment({
      id: 'ecs-svc/3',
      status: 'PRIMARY',
      taskDefinition: arn(3),
      running: 0,
      createdAt: this.#clock.now(),
    });
    const leftover = deployment({
      id: 'ecs-svc/0',
      status: 'ACTIVE',
      rolloutState: 'FAILED',
      running: 0,
      pending: 0,
    });
    return {
      at: this.#clock.now(),
      cluster: 'qa',
      name: 'web',
      arn: 'arn:aws:ecs:eu-west-1:123456789012:service/qa/web',
      status: 'ACTIVE',
      taskDefinition: ours.taskDefinition,
      controller: 'ECS',
      desired,
      running: running + old,
      pending,
      deployments: [
        ...(last.stranger ? [stranger] : []),
        ...(last.gone ? [] : [deployment({})]),
        ...(old > 0 || last.back || last.gone ? [before] : []),
        ...(service.leftover ? [leftover] : []),
      ],
      events: this.#events(steps),
      definition: service.definition ?? {},
    };
  }

  #events(steps: readonly Step[]): readonly ServiceEventSnapshot[] {
    return steps
      .flatMap(({ at, events = [] }) =>
        events.map((text, index) => ({
          id: `${at}/${index}`,
          at: this.#startMs + at * 1000,
          message: `(service web) ${text}`,
        })),
      )
      .toReversed();
  }

  #stopped(): readonly TaskSnapshot[] {
    return this.#steps().flatMap(({ at, stopped = [] }) =>
      stopped.flatMap((stop, index) =>
        Array.from({ length: stop.times ?? 1 }, (_, copy) => this.#task(stop, at, `${at}-${index}-${copy}`)),
      ),
    );
  }

  #task(stop: Stop, at: number, id: string): TaskSnapshot {
    const { stopCode, stoppedReason } = endOf(stop);
    const exitCode = stop.exit ?? (stop.unhealthy ? 137 : undefined);
    return {
      arn: `arn:aws:ecs:eu-west-1:123456789012:task/qa/${id}`,
      taskDefinition: ours.taskDefinition,
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      startedBy: this.#history.service.startedBy ?? ours.deployment,
      stopCode,
      ...(stoppedReason === undefined ? {} : { stoppedReason }),
      stoppedAt: this.#startMs + at * 1000,
      containers: [
        {
          name: 'web',
          ...(exitCode === undefined ? {} : { exitCode }),
          ...(stop.text === undefined ? {} : { reason: stop.text }),
        },
      ],
    };
  }
}

function endOf(stop: Stop): { readonly stopCode: string; readonly stoppedReason?: string } {
  if (stop.code !== undefined) return { stopCode: stop.code };
  if (stop.start !== undefined) return { stopCode: 'TaskFailedToStart', stoppedReason: stop.start };
  if (stop.spot) return { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' };
  if (stop.user !== undefined) return { stopCode: 'UserInitiated', stoppedReason: stop.user };
  if (stop.scaled)
    return {
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/2)',
    };
  if (stop.unhealthy)
    return {
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason:
        stop.unhealthy === 'elb'
          ? 'Task failed ELB health checks in (target-group arn:x)'
          : 'Task failed container health checks',
    };
  return {
    stopCode: 'EssentialContainerExited',
    stoppedReason: stop.reason ?? 'Essential container in task exited',
  };
}

function denied(): Error {
  const error = new Error('ListTasks (service web in cluster qa): not authorized');
  return Object.assign(error, { name: 'EcsError', kind: 'access-denied', operation: 'ListTasks' });
}
