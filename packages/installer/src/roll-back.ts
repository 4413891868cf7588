// Roll back: to the revision that ran before, watched to its own verdict. A first deployment has nothing to go back to.
import type { RunContext } from '@bamboo-ecs/program';
import {
  isEcsError,
  planRollback,
  type EcsPort,
  type Plan,
  type RollbackOutcomeKind,
  type ServiceSnapshot,
} from '@bamboo-ecs/rollout';
import { primaryOf, shortArn } from './apply-plan.ts';
import type { InstallerPorts } from './ports.ts';
import { watchOne } from './watch-phase.ts';
import type { Target, Watched } from './watch.ts';

export interface RollbackOutcome {
  readonly kind: RollbackOutcomeKind;
  /** One sentence. */
  readonly sentence: string;
}

export interface RollbackInput {
  readonly context: RunContext;
  readonly ports: InstallerPorts;
  readonly ecs: EcsPort;
  readonly plan: Plan;
  readonly watched: Watched;
  readonly timeoutMs: number;
}

export async function rollBack(input: RollbackInput): Promise<RollbackOutcome> {
  const { context, plan, watched, ecs } = input;
  if (!watched.snapshot) return { kind: 'none', sentence: 'ECS was never seen, so nothing is rolled back' };
  const onFailure = context.settings.text('on-failure') === 'leave' ? 'leave' : 'rollback';
  const step = planRollback({
    plan,
    snapshot: watched.snapshot,
    verdict: watched.verdict,
    deployment: watched.target.deployment,
    onFailure,
  });
  context.say(step.reason);
  try {
    switch (step.kind) {
      case 'none':
        return { kind: 'none', sentence: step.reason };
      case 'watch-ecs':
        return await followEcs(input, step.taskDefinition);
      case 'scale-to-zero':
        await ecs.updateService({ cluster: plan.cluster, service: plan.service, desiredCount: 0 });
        context.note({ leftRunning: `${plan.service} is scaled to 0.` });
        return {
          kind: 'scaled-to-zero',
          sentence: `${plan.service} is scaled to 0: there is nothing to go back to`,
        };
      case 'stop-deployment': {
        const { deployment } = watched.target;
        if (deployment && (await ecs.stopDeployment(plan.cluster, plan.service, deployment))) {
          context.say(`ECS was told to roll back ${deployment} (StopServiceDeployment)`);
          return await followEcs(input, step.taskDefinition);
        }
        return await update(input, step.taskDefinition, step.desired);
      }
      case 'update':
        return await update(input, step.taskDefinition, step.desired);
    }
  } catch (error) {
    if (!isEcsError(error)) throw error;
    const unknown = error.kind === 'unreachable' || error.kind === 'credentials';
    return { kind: unknown ? 'unknown' : 'failed', sentence: `the roll-back failed: ${error.message}` };
  }
}

async function update(
  input: RollbackInput,
  taskDefinition: string,
  desired: number | undefined,
): Promise<RollbackOutcome> {
  const { context, ecs, plan } = input;
  const startedAt = context.now();
  const before = input.watched.snapshot ? primaryOf(input.watched.snapshot) : undefined;
  const service = await ecs.updateService({
    cluster: plan.cluster,
    service: plan.service,
    taskDefinition,
    ...(desired === undefined ? {} : { desiredCount: desired }),
  });
  const deployment = primaryOf(service) ?? null;
  context.say(
    `Updated ${plan.service} back to ${shortArn(taskDefinition)}, deployment ${deployment ?? 'unknown'}`,
  );
  context.note({
    leftRunning: `The roll-back of ${plan.service} to ${shortArn(taskDefinition)} is under way; ECS goes on with it.`,
  });
  return follow(input, {
    deployment,
    taskDefinition: service.taskDefinition,
    startedAt,
    ...(before ? { primaryBefore: before } : {}),
  });
}

/** ECS rolls back by itself: its deployment of the old revision is found in the service, and watched. */
async function followEcs(input: RollbackInput, taskDefinition: string): Promise<RollbackOutcome> {
  const { context, ecs, plan } = input;
  const [service] = await ecs.describeServices(plan.cluster, [plan.service]);
  const primary = service?.deployments.find((deployment) => deployment.status === 'PRIMARY');
  const ours = input.watched.target.deployment;
  context.note({ leftRunning: `ECS rolls ${plan.service} back to ${shortArn(taskDefinition)}.` });
  const deployment = primary && primary.id !== ours ? primary.id : null;
  return follow(input, {
    deployment,
    taskDefinition: primary?.taskDefinition ?? taskDefinition,
    startedAt: primary?.createdAt ?? context.now(),
  });
}

interface Followed {
  readonly deployment: string | null;
  readonly taskDefinition: string;
  readonly startedAt: number;
  readonly primaryBefore?: string;
}

async function follow(input: RollbackInput, followed: Followed): Promise<RollbackOutcome> {
  const { context, ports, ecs, plan, timeoutMs } = input;
  const target: Target = {
    cluster: plan.cluster,
    service: plan.service,
    adopted: false,
    deadline: context.now() + timeoutMs,
    ...followed,
  };
  const { verdict, snapshot } = await watchOne(context, ports, ecs, target);
  const back = shortArn(followed.taskDefinition);
  if (verdict.kind === 'steady') {
    context.note({ leftRunning: `${plan.service} runs ${back} again.` });
    return { kind: 'back', sentence: `${plan.service} is back on ${back} and steady${countOf(snapshot)}` };
  }
  return {
    kind: verdict.kind === 'unknown' ? 'unknown' : 'failed',
    sentence: `the roll-back to ${back} ended ${verdict.kind}: ${verdict.reason}`,
  };
}

function countOf(snapshot: ServiceSnapshot | null): string {
  return snapshot ? ` (${snapshot.running} of ${snapshot.desired} tasks)` : '';
}
