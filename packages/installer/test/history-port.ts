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
  /** The same by ECS's clock. */
  readonly #bornMs: number;

  constructor(history: History, clock: VirtualClock) {
    this.#history = history;
    this.#clock = clock;
    this.#startMs = clock.now();
    this.#bornMs = this.#startMs + (history.service.ahead ?? 0) * 1000;
  }

  /** The two questions that a watch asks; any other is a mistake. */
  port(): EcsPort {
    const port: Partial<EcsPort> = {
      describeServices: async () => {
        this.calls += 1;
        if (this.#last().throttled) throw refused('throttled', 'Rate exceeded');
        return [this.#snapshot()];
      },
      listTasks: async (_cluster, _service, _status, limit) => {
        this.calls += 2;
        if (this.#history.service.denied) throw refused('access-denied', 'not authorized');
        return this.#stopped().slice(0, limit);
      },
      describeServiceDeployment: async () => null,
    };
    return port as EcsPort;
  }

  #steps(): readonly Step[] {
    const now = this.#clock.now();
    return this.#history.course.filter(({ at }) => this.#startMs + at * 1000 <= now);
  }

  #last(): Partial<Step> {
    return Object.assign({}, ...this.#steps()) as Partial<Step>;
  }

  #snapshot(): ServiceSnapshot {
    const { service } = this.#history;
    const steps = this.#steps();
    const last = this.#last();
    const desired = last.desired ?? service.desired;
    const [running, pending, failed] = last.new ?? [0, 0, 0];
    const old = last.old ?? service.before ?? service.desired;
    const isBack = last.back === true || last.gone === true || last.stale === true;
    const replaced = isBack || last.stranger === true || last.backAs !== undefined;
    const deployment = (members: Partial<DeploymentSnapshot>): DeploymentSnapshot => ({
      id: ours.deployment,
      status: replaced ? 'ACTIVE' : 'PRIMARY',
      ...(service.stateless ? {} : { rolloutState: last.state ?? 'IN_PROGRESS' }),
      ...(last.why === undefined ? {} : { rolloutStateReason: last.why }),
      taskDefinition: ours.taskDefinition,
      desired,
      running,
      pending,
      failed,
      createdAt: this.#bornMs,
      updatedAt: this.#bornMs,
      ...members,
    });
    const before = deployment({
      id: 'ecs-svc/1',
      status: isBack ? 'PRIMARY' : 'ACTIVE',
      rolloutState: 'COMPLETED',
      taskDefinition: arn(1),
      running: old,
      pending: 0,
      failed: 0,
      createdAt: this.#bornMs - 3_600_000,
    });
    const others = (count: number, each: number, from: number): readonly DeploymentSnapshot[] =>
      Array.from({ length: count }, (_, index) =>
        deployment({
          id: `ecs-svc/${from + index}`,
          status: 'ACTIVE',
          rolloutState: 'COMPLETED',
          taskDefinition: arn(1),
          running: each,
          pending: 0,
          failed: 0,
          createdAt: this.#bornMs - 60_000 * (index + 1),
        }),
      );
    const returned = deployment({
      id: last.backAs ?? '',
      status: 'PRIMARY',
      taskDefinition: arn(1),
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason:
        'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1, task definition web:1.',
      running: old,
      createdAt: this.#bornMs + 1000,
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
        ...(last.backAs === undefined ? [] : [returned]),
        ...(last.gone || last.stale ? [] : [deployment({})]),
        ...(old > 0 || isBack ? [before] : []),
        ...others(last.more ?? 0, 1, 100),
        ...others(service.drained ?? 0, 0, 200),
        ...(service.leftover ? [leftover] : []),
      ],
      events: this.#events(steps),
      definition: service.definition ?? {},
    };
  }

  #events(steps: readonly Step[]): readonly ServiceEventSnapshot[] {
    const told = steps.flatMap(({ at, events = [] }) =>
      events.map((text, index) => ({
        id: `${at}/${index}`,
        at: this.#bornMs + at * 1000,
        message: `(service web) ${text}`,
      })),
    );
    return this.#history.service.disordered ? told : told.toReversed();
  }

  #stopped(): readonly TaskSnapshot[] {
    const { crowd = 0 } = this.#history.service;
    const theirs = Array.from({ length: crowd }, (_, index) => ({
      ...this.#task({ scaled: true }, -600, `crowd-${index}`),
      taskDefinition: arn(1),
      startedBy: 'ecs-svc/1',
    }));
    const own = this.#steps().flatMap(({ at, stopped = [] }) =>
      stopped.flatMap((stop, index) =>
        Array.from({ length: stop.times ?? 1 }, (_, copy) => this.#task(stop, at, `${at}-${index}-${copy}`)),
      ),
    );
    return [...theirs, ...own];
  }

  #task(stop: Stop, at: number, id: string): TaskSnapshot {
    const exitCode = stop.exit ?? (stop.unhealthy ? 137 : undefined);
    return {
      arn: `arn:aws:ecs:eu-west-1:123456789012:task/qa/${id}`,
      taskDefinition: ours.taskDefinition,
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      startedBy: this.#history.service.startedBy ?? ours.deployment,
      ...endOf(stop),
      stoppedAt: this.#bornMs + at * 1000,
      containers: [
        ...(stop.beside ?? []).map(({ name, exit, text }) => ({
          name,
          ...(exit === undefined ? {} : { exitCode: exit }),
          ...(text === undefined ? {} : { reason: text }),
        })),
        {
          name: 'web',
          ...(exitCode === undefined ? {} : { exitCode }),
          ...(stop.text === undefined ? {} : { reason: stop.text }),
        },
      ],
    };
  }
}

function endOf(stop: Stop): { readonly stopCode?: string; readonly stoppedReason?: string } {
  if (stop.code !== undefined)
    return {
      ...(stop.code === '' ? {} : { stopCode: stop.code }),
      ...(stop.reason === undefined ? {} : { stoppedReason: stop.reason }),
    };
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

function refused(kind: string, why: string): Error {
  const error = new Error(`ECS (service web in cluster qa): ${why}`);
  return Object.assign(error, { name: 'EcsError', kind, operation: 'ListTasks' });
}
