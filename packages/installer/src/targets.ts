// What is to be watched: the deployment that Apply started, or one that is adopted.
import type { RunContext } from '@bamboo-ecs/program';
import type { JsonObject } from '@bamboo-ecs/release';
import type { EcsPort } from '@bamboo-ecs/rollout';
import { applyPlan, primaryOf } from './apply-plan.ts';
import type { PlannedService } from './planned-service.ts';
import type { InstallerPorts } from './ports.ts';
import type { Target } from './target.ts';

export async function applyPhase(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  planned: PlannedService,
  timeoutMs: number,
): Promise<Target> {
  context.phase('apply', 'Apply');
  const startedAt = context.now();
  const applied = await applyPlan(context, ports, ecs, planned);
  return targetOf(context, planned, {
    deployment: applied.deployment,
    taskDefinition: applied.taskDefinition,
    adopted: false,
    startedAt,
    deadline: context.now() + timeoutMs,
  });
}

export function adopt(context: RunContext, planned: PlannedService, timeoutMs: number): Target {
  const deployment = planned.plan.deployment ?? primaryOf(planned.service) ?? null;
  const found = planned.service.deployments.find((one) => one.id === deployment);
  context.say(`Deployment ${deployment ?? '?'} is adopted: it is watched, nothing is sent`);
  context.note({
    leftRunning: `The deployment ${deployment ?? ''} of ${planned.plan.service} is under way; ECS goes on with it.`,
  });
  return targetOf(context, planned, {
    deployment,
    taskDefinition: found?.taskDefinition ?? planned.service.taskDefinition,
    adopted: true,
    startedAt: found?.createdAt ?? context.now(),
    deadline: context.now() + timeoutMs,
  });
}

/** Settings of the judge. */
export function judgedBy({ settings }: RunContext): Pick<Target, 'failAfter'> {
  const failAfter = settings.text('fail-after');
  return failAfter === undefined ? {} : { failAfter: Number(failAfter) };
}

function targetOf(
  context: RunContext,
  planned: PlannedService,
  rest: Pick<Target, 'deployment' | 'taskDefinition' | 'adopted' | 'startedAt' | 'deadline'>,
): Target {
  const { plan } = planned;
  return {
    version: planned.wanted.version,
    cluster: plan.cluster,
    service: plan.service,
    ...judgedBy(context),
    checksContainers: hasContainerChecks(planned.wanted.taskDefinition),
    auxiliaries: auxiliariesOf(planned.wanted.taskDefinition),
    onPause: context.settings.text('on-pause') === 'stop' ? 'stop' : 'wait',
    ...(plan.primaryBefore ? { primaryBefore: plan.primaryBefore } : {}),
    ...rest,
  };
}

/** `essential` is true unless it is said ("ContainerDefinition", ECS API Reference). */
function auxiliariesOf({ containerDefinitions }: JsonObject): readonly string[] {
  if (!Array.isArray(containerDefinitions)) return [];
  return (containerDefinitions as readonly JsonObject[]).flatMap(({ name, essential }) =>
    essential === false && typeof name === 'string' ? [name] : [],
  );
}

/** An essential container's own check: those of the others do not count for a task ("Task", ECS API Reference). */
function hasContainerChecks({ containerDefinitions }: JsonObject): boolean {
  if (!Array.isArray(containerDefinitions)) return false;
  return (containerDefinitions as readonly JsonObject[]).some(
    (container) => typeof container['healthCheck'] === 'object' && container['essential'] !== false,
  );
}
