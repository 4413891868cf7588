// Plan: one look at ECS, the guards, and what will be done, as a value. Changes nothing.
import { RunStopped, type RunContext } from '@bamboo-ecs/program';
import type { JsonObject } from '@bamboo-ecs/release';
import {
  nextPollDelay,
  planService,
  scalableTargetFindings,
  type EcsPort,
  type Plan,
  type ScalableTarget,
  type ServiceSnapshot,
  type WantedService,
} from '@bamboo-ecs/rollout';
import { isBakeSet } from './bake/bake-memory.ts';
import { checkPlan, refuseFindings } from './check-plan.ts';
import { guard, guardCluster } from './guard.ts';
import type { PlannedService, View } from './planned-service.ts';
import type { InstallerPorts } from './ports.ts';
import { sentences } from './sentence.ts';

/** Reads, guards, plans; waits for somebody else's deployment when asked to. Ends in a plan that can be carried out or shown. */
export async function makePlan(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  wanted: WantedService,
): Promise<PlannedService> {
  const deadline = context.now() + (context.settings.duration('timeout') ?? 15 * 60_000);
  const startedAt = context.now();
  let told = false;
  guardCluster(context, wanted);
  for (;;) {
    const view = await lookAt(ecs, wanted);
    const at = context.now();
    await guard(context, ecs, wanted, view);
    const plan = await planFrom(context, ecs, wanted, view, at);
    // `continue` is about what is under way now: it waits for nobody else.
    if (plan.action !== 'wait' || context.command === 'plan' || context.command === 'continue') {
      const planned = { wanted, plan, service: view.service, current: view.current, at };
      return checkPlan(context, ports, ecs, planned);
    }
    if (!told) context.say(plan.reason, 'warning');
    told = true;
    if (context.now() >= deadline)
      throw new RunStopped({
        exitCode: 4,
        outcome: 'refused',
        sentence: sentences(plan.reason, 'It did not end in time', 'Nothing was changed'),
        todo: plan.hint ?? 'Look at that deployment, or set on-other-deployment=take-over.',
      });
    context.emit({ kind: 'snapshot', deployment: null, snapshot: view.service, startedAt });
    await ports.clock.sleep(
      Math.min(nextPollDelay(context.now() - startedAt), Math.max(0, deadline - context.now())),
      context.signal,
    );
    context.stopIfAsked();
  }
}

/** The family of a RegisterTaskDefinition request; the release was refused if it had none. */
export function familyOf({ family }: JsonObject): string {
  return typeof family === 'string' ? family : '';
}

/** Two calls when the service runs the latest revision of its family; one more when another environment or a killed run registered a later one. */
async function lookAt(ecs: EcsPort, wanted: WantedService): Promise<View> {
  const [service] = await ecs.describeServices(wanted.cluster, [wanted.service]);
  if (!service) throw new Error(`DescribeServices gave no answer for ${wanted.service}`);
  const latest = await ecs.describeTaskDefinition(familyOf(wanted.taskDefinition));
  const here = service.status === 'ACTIVE' && service.taskDefinition !== '';
  if (!here) return { service, latest, current: null };
  if (latest?.arn === service.taskDefinition) return { service, latest, current: latest };
  return { service, latest, current: await ecs.describeTaskDefinition(service.taskDefinition) };
}

async function planFrom(
  context: RunContext,
  ecs: EcsPort,
  wanted: WantedService,
  view: View,
  now: number,
): Promise<Plan> {
  const { settings } = context;
  const other = settings.text('on-other-deployment');
  const options = {
    force: settings.flag('force'),
    bake: isBakeSet(context),
    onOtherDeployment: other === 'refuse' || other === 'take-over' ? other : 'wait',
  } as const;
  const plan = planService({ now, ...view, wanted, options: { ...options, scalable: null } });
  if (!changesDesiredCount(plan, view.service)) return plan;
  // Only now: a scalable target that owns desiredCount must not be overruled, and asking costs a call.
  const target = await askScaling(ecs, wanted);
  const scalable = target === null ? null : target !== 'none';
  const planned = planService({ now, ...view, wanted, options: { ...options, scalable } });
  return target === null || typeof target === 'string'
    ? planned
    : withFindings(planned, target, wanted, view);
}

async function askScaling(ecs: EcsPort, { cluster, service }: WantedService) {
  if (ecs.scalableTarget !== undefined) return ecs.scalableTarget(cluster, service);
  const owned = await ecs.hasScalableTarget(cluster, service);
  return owned === null ? null : owned ? ('some' as const) : ('none' as const);
}

function withFindings(
  plan: Plan,
  target: ScalableTarget,
  { serviceUpdate }: WantedService,
  { service }: View,
): Plan {
  if (plan.action !== 'update') return plan;
  const [stated, sent] = [serviceUpdate['desiredCount'], plan.request?.['desiredCount']];
  const counts = {
    stated: typeof stated === 'number' ? stated : undefined,
    after: typeof sent === 'number' ? sent : service.desired,
  };
  return { ...plan, findings: [...(plan.findings ?? []), ...scalableTargetFindings(target, counts)] };
}

function changesDesiredCount(plan: Plan, service: ServiceSnapshot): boolean {
  // A count that would be gone back to counts, too.
  if (plan.action === 'adopt' && plan.rollbackDesired !== undefined) return true;
  const desired = plan.request?.['desiredCount'];
  return plan.action === 'update' && desired !== undefined && desired !== service.desired;
}

/** A plan that refuses is exit 4 for `install`; for `plan` it is shown and refused alike. */
export function refuseIfNeeded(plan: Plan): void {
  refuseFindings(plan);
  if (plan.action !== 'refuse' && plan.action !== 'refuse-failed') return;
  throw new RunStopped({
    exitCode: 4,
    outcome: plan.action === 'refuse-failed' ? 'failed before' : 'refused',
    sentence: plan.reason,
    ...(plan.hint === undefined ? {} : { todo: plan.hint }),
  });
}
