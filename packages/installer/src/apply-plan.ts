// Apply: register once, then one CreateService or UpdateService pinned to that revision.
// A lost answer is resolved by reading, never by doing it again blindly.
import { refused, RunStopped, type RunContext } from '@bamboo-ecs/program';
import {
  changedSince,
  isEcsError,
  tagKeys,
  type EcsPort,
  type Plan,
  type ServiceSnapshot,
  type TaskDefinitionSnapshot,
} from '@bamboo-ecs/rollout';
import type { PlannedService } from './plan-service.ts';
import type { InstallerPorts } from './ports.ts';

export interface Applied {
  /** Our deployment; null when the update started none (attributes only). */
  readonly deployment: string | null;
  /** ARN of the revision that the service is pinned to. */
  readonly taskDefinition: string;
  readonly service: ServiceSnapshot;
}

/** How often a write whose answer was lost is tried in all. */
const attempts = 3;
/** After this long a plan's view of the service is read again before the write (design: "Apply"). */
const staleAfterMs = 5000;

export async function applyPlan(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  planned: PlannedService,
): Promise<Applied> {
  const { plan } = planned;
  const revision = await registered(context, ports, ecs, plan);
  await requireUnchanged(context, ecs, planned);
  context.stopIfAsked();
  const service = await written(context, ports, ecs, planned, revision);
  return appliedBy(context, planned, service, revision);
}

/** The revision to pin: one that a killed run left, the one that runs (attributes only), or a new one. */
async function registered(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  plan: Plan,
): Promise<string> {
  if (plan.adoptRevision) {
    context.say(
      `${shortArn(plan.adoptRevision)} was registered by an earlier run of this release: it is used`,
    );
    return plan.adoptRevision;
  }
  if (!plan.register) throw new Error(`the plan ${plan.action} has no revision to register`);
  const { request, tags } = plan.register;
  const revision = await retryLost(
    ports,
    async () => ecs.registerTaskDefinition(request, tags),
    async () => {
      const latest = await ecs.describeTaskDefinition(String(request['family']));
      return isOurs(latest, tags) ? latest : null;
    },
  );
  context.say(`Registered ${shortArn(revision.arn)}`);
  context.note({ leftRunning: `${shortArn(revision.arn)} is registered; the service was not changed.` });
  return revision.arn;
}

function isOurs(
  revision: TaskDefinitionSnapshot | null,
  tags: Readonly<Record<string, string>>,
): revision is TaskDefinitionSnapshot {
  const keys = [tagKeys.applied, tagKeys.environment, tagKeys.service, tagKeys.cluster];
  return revision !== null && keys.every((key) => revision.tags[key] === tags[key]);
}

/** Somebody else was here since the plan: refused, because the plan no longer says the truth. */
async function requireUnchanged(context: RunContext, ecs: EcsPort, planned: PlannedService): Promise<void> {
  if (context.now() - planned.at <= staleAfterMs) return;
  const { plan } = planned;
  const [service] = await ecs.describeServices(plan.cluster, [plan.service]);
  const changed = service ? changedSince(plan, service) : `ECS no longer answers for ${plan.service}.`;
  if (changed === null) return;
  throw refused('plan', [
    { severity: 'error', code: 'changed-since-plan', message: changed, hint: 'Run it again: it plans anew.' },
  ]);
}

async function written(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  planned: PlannedService,
  revision: string,
): Promise<ServiceSnapshot> {
  const { plan } = planned;
  const request = { ...plan.request, taskDefinition: revision };
  const create = plan.action === 'create';
  context.note({
    leftRunning: `${create ? 'CreateService' : 'UpdateService'} for ${plan.service} may have been carried out; ECS goes on with it.`,
  });
  try {
    return await retryLost(
      ports,
      async () => (create ? ecs.createService(request) : ecs.updateService(request)),
      async () => {
        const [service] = await ecs.describeServices(plan.cluster, [plan.service]);
        return service?.status === 'ACTIVE' && service.taskDefinition === revision ? service : null;
      },
    );
  } catch (error) {
    if (isEcsError(error) && error.kind !== 'unreachable')
      context.note({ leftRunning: `${shortArn(revision)} is registered; the service was not changed.` });
    throw error;
  }
}

function appliedBy(
  context: RunContext,
  planned: PlannedService,
  service: ServiceSnapshot,
  revision: string,
): Applied {
  const { plan } = planned;
  const primary = primaryOf(service);
  const deployment = primary === undefined || primary === plan.primaryBefore ? null : primary;
  const what = deployment ? `deployment ${deployment}` : 'no new deployment: attributes only';
  context.say(
    `${plan.action === 'create' ? 'Created' : 'Updated'} ${plan.service} with ${shortArn(revision)}, ${what}`,
  );
  context.note({
    leftRunning: `The ${deployment ? `deployment ${deployment}` : 'update'} of ${plan.service} to ${shortArn(revision)} is under way; ECS goes on with it.`,
  });
  return { deployment, taskDefinition: revision, service };
}

export function primaryOf(service: ServiceSnapshot): string | undefined {
  return service.deployments.find((deployment) => deployment.status === 'PRIMARY')?.id;
}

/** `family:7` */
export function shortArn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** Does a write; when its answer is lost, reads whether it was carried out, and only then does it again. */
async function retryLost<T>(
  ports: InstallerPorts,
  write: () => Promise<T>,
  read: () => Promise<T | null>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (!isEcsError(error) || error.kind !== 'unreachable') throw error;
      const there = await readAfterLoss(ports, read, error);
      if (there !== null) return there;
      if (attempt >= attempts) throw error;
    }
  }
}

async function readAfterLoss<T>(
  ports: InstallerPorts,
  read: () => Promise<T | null>,
  lost: Error,
): Promise<T | null> {
  for (let attempt = 1; ; attempt += 1) {
    // What was just written may be missing for seconds (eventual consistency).
    await ports.clock.sleep(1000 * attempt);
    try {
      const there = await read();
      if (there !== null || attempt >= attempts) return there;
    } catch (error) {
      if (attempt >= attempts) throw unknownOutcome(error, lost);
    }
  }
}

function unknownOutcome(error: unknown, lost: Error): RunStopped {
  const why = error instanceof Error ? error.message : String(error);
  return new RunStopped(
    {
      exitCode: 9,
      outcome: 'unknown',
      sentence: `the answer to a write was lost (${lost.message}), and AWS could not be asked what became of it (${why})`,
      todo: 'Run the same command again when AWS answers: it finds what is there and goes on from it.',
    },
    [],
    { cause: error },
  );
}
