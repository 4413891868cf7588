// What will come of the plan: the room in the cluster is asked for, the rollout simulated, the time-out derived.
import type { RunContext } from '@bamboo-ecs/program';
import {
  duration,
  isEcsError,
  serviceAfter,
  timeBudget,
  type ClusterRoom,
  type EcsPort,
  type Finding,
  type Forecast,
  type TimeBudget,
} from '@bamboo-ecs/rollout';
import type { PlannedService } from './planned-service.ts';

/** Null where the plan needs none, or nobody can be asked. */
export async function askRoom(
  context: RunContext,
  ecs: EcsPort,
  { plan, service }: PlannedService,
): Promise<ClusterRoom | null> {
  if (ecs.clusterRoom === undefined || isSkipped(context, 'room')) return null;
  const { mayNeedInstances } = await import('@bamboo-ecs/rollout/feasibility');
  if (!mayNeedInstances(serviceAfter(plan, service.definition))) return null;
  try {
    return await ecs.clusterRoom(plan.cluster, plan.action === 'create' ? null : plan.service);
  } catch (error) {
    if (!isEcsError(error)) throw error;
    return { gaps: [`${error.message}.`] };
  }
}

export interface Prospects {
  readonly forecast: Forecast;
  readonly findings: readonly Finding[];
  readonly timeoutMs: number;
  readonly budget: TimeBudget;
  /** It is stuck for want of room: another instance might help. */
  readonly moreWouldHelp: boolean;
}

/** No one is asked any more. */
export async function prospectsOf(
  context: RunContext,
  { plan, service, current, wanted }: PlannedService,
  room: ClusterRoom | null,
  deregistrationDelaySeconds: number | undefined,
  goesBack = false,
): Promise<Prospects> {
  const { forecast } = await import('@bamboo-ecs/rollout/feasibility');
  const after = serviceAfter(plan, service.definition);
  const delay = deregistrationDelaySeconds === undefined ? {} : { deregistrationDelaySeconds };
  const foretold = forecast({
    action: plan.action === 'create' ? 'create' : 'update',
    service: after,
    newTask: wanted.taskDefinition,
    oldTask: current?.definition ?? null,
    before: service,
    room,
    goesBack,
    ...delay,
  });
  const { expectedMs } = foretold.forecast;
  const budget = timeBudget({
    service: after,
    taskDefinition: wanted.taskDefinition,
    ...delay,
    ...(foretold.waves === undefined ? {} : { waves: foretold.waves }),
    ...(expectedMs === undefined ? {} : { expectedMs }),
  });
  const set = context.settings.duration('timeout');
  const skipped = isSkipped(context, 'room');
  return {
    forecast: foretold.forecast,
    findings: [...(skipped ? [] : foretold.findings), ...tooShort(set, expectedMs, budget, foretold.parts)],
    moreWouldHelp: foretold.moreWouldHelp === true,
    timeoutMs: set ?? budget.ms,
    budget,
  };
}

function tooShort(
  set: number | undefined,
  expectedMs: number | undefined,
  budget: TimeBudget,
  parts: readonly string[],
): Finding[] {
  if (set === undefined || expectedMs === undefined || set >= expectedMs) return [];
  return [
    {
      check: 'timeout',
      level: 'warning',
      message: `The time-out is set to ${duration(set)}, but the rollout is expected to take ${duration(expectedMs)} (${parts.join(', ')}): it would be called timed out on its way.`,
      hint: `Set timeout to more than that, or leave it out: it would be ${duration(budget.ms)}.`,
    },
  ];
}

export function isSkipped({ settings }: RunContext, check: string): boolean {
  return settings.list('skip-checks').includes(check);
}
