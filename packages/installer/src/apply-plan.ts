// Apply: register once, then one CreateService or UpdateService pinned to that revision.
// A lost answer is resolved by reading, never by doing it again blindly.
import { refused, type RunContext } from '@bamboo-ecs/program';
import {
  changedSince,
  isEcsError,
  sameRevision,
  tagKeys,
  type EcsPort,
  type Plan,
  type ServiceSnapshot,
  type TaskDefinitionSnapshot,
} from '@bamboo-ecs/rollout';
import { resolveLost } from './lost-answer.ts';
import { familyOf } from './plan-service.ts';
import type { PlannedService } from './planned-service.ts';
import type { InstallerPorts } from './ports.ts';

export interface Applied {
  /** Our deployment; null when the update started none (attributes only). */
  readonly deployment: string | null;
  /** ARN of the revision that the service is pinned to. */
  readonly taskDefinition: string;
  readonly service: ServiceSnapshot;
}

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
    // The note on it must be true before the service has it: a killed run is understood by it.
    if (plan.retag) await ecs.tagTaskDefinition(plan.adoptRevision, plan.retag);
    const back = plan.retag !== undefined && tagKeys.returnedFrom in plan.retag;
    const why = back ? 'is there still' : 'was registered by an earlier run of this release';
    context.say(`${shortArn(plan.adoptRevision)} ${why}: it is used`);
    return plan.adoptRevision;
  }
  if (!plan.register) throw new Error(`the plan ${plan.action} has no revision to register`);
  const { request, tags } = plan.register;
  context.note({
    leftRunning: `A revision of ${familyOf(request)} may be registered; the service was not changed.`,
  });
  const revision = await resolveLost(
    ports.clock,
    async () => ecs.registerTaskDefinition(request, tags),
    async () => {
      const latest = await ecs.describeTaskDefinition(familyOf(request));
      return isOurs(latest, tags) ? latest : null;
    },
  ).catch((error: unknown) => {
    if (isEcsError(error) && error.kind !== 'unreachable')
      context.note({ leftRunning: 'Nothing was registered; the service was not changed.' });
    throw error;
  });
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
    return await resolveLost(
      ports.clock,
      async () => (create ? ecs.createService(request) : ecs.updateService(request)),
      async () => {
        const [service] = await ecs.describeServices(plan.cluster, [plan.service]);
        return service && wasCarriedOut(planned, service, revision) ? service : null;
      },
    );
  } catch (error) {
    if (isEcsError(error) && error.kind !== 'unreachable')
      context.note({ leftRunning: `${shortArn(revision)} is registered; the service was not changed.` });
    throw error;
  }
}

/** A service that had this revision before proves nothing by having it now; a new PRIMARY does. */
function wasCarriedOut({ plan, service: before }: PlannedService, now: ServiceSnapshot, revision: string) {
  if (now.status !== 'ACTIVE' || !sameRevision(now.taskDefinition, revision)) return false;
  const had = before.status === 'ACTIVE' && sameRevision(before.taskDefinition, revision);
  return !had || primaryOf(now) !== plan.primaryBefore;
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
  const what = deployment ? `deployment ${deployment}` : 'ECS started no new deployment';
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
