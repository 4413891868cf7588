// An installation in a few lines: plan, apply, watch, diagnose, roll back, against the simulation.
import {
  diagnose,
  judge,
  nextPollDelay,
  ownEvents,
  ownStoppedTasks,
  planRollback,
  planService,
  tagKeys,
  timeBudget,
} from '../src/index.ts';
import type {
  Diagnosis,
  Plan,
  PlanOptions,
  RollbackStep,
  ServiceSnapshot,
  Verdict,
  WantedService,
} from '../src/index.ts';
import type { SimulatedEcs } from './simulated-ecs.ts';

export interface Installed {
  readonly plan: Plan;
  readonly verdict: Verdict | null;
  readonly snapshot: ServiceSnapshot;
  readonly diagnosis: Diagnosis | null;
  readonly rollback: RollbackStep | null;
  /** Polls of the watch and how long it took, milliseconds. */
  readonly polls: number;
  readonly tookMs: number;
}

export interface Watch {
  readonly deployment: string | null;
  readonly taskDefinition: string;
  readonly primaryBefore?: string;
  readonly adopted?: boolean;
}

export function plan(ecs: SimulatedEcs, wanted: WantedService, options: Partial<PlanOptions> = {}): Plan {
  const service = ecs.look(wanted.cluster, wanted.service);
  const latest = ecs.describe('web');
  const current = service.taskDefinition === '' ? null : ecs.describe(service.taskDefinition);
  return planService({
    now: ecs.simulation.now,
    service,
    latest,
    current,
    wanted,
    options: { force: false, onOtherDeployment: 'wait', scalable: false, ...options },
  });
}

/** Register and create or update, as the plan says. */
export function apply(ecs: SimulatedEcs, made: Plan): Watch {
  const revision =
    made.adoptRevision ?? (made.register ? ecs.register(made.register.request, made.register.tags).arn : '');
  const request = { ...made.request, taskDefinition: revision };
  if (made.action === 'create') ecs.simulation.createService(request);
  else ecs.simulation.updateService(request);
  const primary = ecs.look(made.cluster, made.service).deployments[0]?.id ?? null;
  return {
    deployment: primary === made.primaryBefore ? null : primary,
    taskDefinition: revision,
    ...(made.primaryBefore !== undefined && { primaryBefore: made.primaryBefore }),
  };
}

export function watch(
  ecs: SimulatedEcs,
  made: Plan,
  target: Watch,
  timeoutMs: number,
): Omit<Installed, 'plan' | 'rollback'> {
  const { simulation } = ecs;
  const startedAt = simulation.now;
  const baseline = new Set(ecs.look(made.cluster, made.service).events.map(({ id }) => id));
  const pollsBefore = ecs.polls;
  for (;;) {
    simulation.advance(nextPollDelay(simulation.now - startedAt));
    const snapshot = ecs.look(made.cluster, made.service);
    const stopped = ownStoppedTasks(ecs.stopped(made.cluster, made.service), { ...target, startedAt });
    const now = simulation.now;
    const verdict = judge({ ...target, snapshot, startedAt, deadline: startedAt + timeoutMs, now, stopped });
    if (!verdict) continue;
    const failed = verdict.kind !== 'steady';
    const diagnosis = failed
      ? diagnose({
          snapshot,
          deployment: target.deployment,
          stopped,
          events: ownEvents(snapshot, baseline),
          taskDefinition: made.register?.request ?? null,
          verdict,
        })
      : null;
    return { verdict, snapshot, diagnosis, polls: ecs.polls - pollsBefore, tookMs: now - startedAt };
  }
}

export function install(
  ecs: SimulatedEcs,
  wanted: WantedService,
  options: Partial<PlanOptions> = {},
): Installed {
  const made = plan(ecs, wanted, options);
  const rest = { diagnosis: null, rollback: null, polls: 0, tookMs: 0 };
  if (made.action !== 'create' && made.action !== 'update' && made.action !== 'adopt') {
    return { plan: made, verdict: null, snapshot: ecs.look(made.cluster, made.service), ...rest };
  }
  const adopted = ecs.look(made.cluster, made.service).taskDefinition;
  const target =
    made.action === 'adopt'
      ? { deployment: made.deployment ?? null, taskDefinition: adopted, adopted: true }
      : apply(ecs, made);
  const { ms } = timeBudget({ service: wanted.serviceDefinition, taskDefinition: wanted.taskDefinition });
  const watched = watch(ecs, made, target, ms);
  if (watched.verdict?.kind === 'steady') return { plan: made, ...watched, rollback: null };
  ecs.simulation.tagResource(target.taskDefinition, { tags: [{ key: tagKeys.outcome, value: 'failed' }] });
  const rollback = planRollback({
    plan: made,
    snapshot: watched.snapshot,
    verdict: watched.verdict ?? { kind: 'unknown', reason: 'x' },
    deployment: target.deployment,
    onFailure: 'rollback',
  });
  return { plan: made, ...watched, rollback };
}
