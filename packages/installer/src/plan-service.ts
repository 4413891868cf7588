// Plan: one look at ECS, the guards, and what will be done, as a value. Changes nothing.
import { deploymentContext } from '@bamboo-ecs/bamboo';
import { refused, RunStopped, type RunContext } from '@bamboo-ecs/program';
import { parseVersion, type Problem, type Version } from '@bamboo-ecs/release';
import {
  checkGuards,
  nextPollDelay,
  planService,
  tagKeys,
  type EcsPort,
  type Plan,
  type ServiceSnapshot,
  type TaskDefinitionSnapshot,
  type WantedService,
} from '@bamboo-ecs/rollout';
import type { InstallerPorts } from './ports.ts';

export interface PlannedService {
  readonly wanted: WantedService;
  readonly plan: Plan;
  readonly service: ServiceSnapshot;
  readonly current: TaskDefinitionSnapshot | null;
  /** When the view of ECS was taken, our clock. */
  readonly at: number;
}

interface View {
  readonly service: ServiceSnapshot;
  readonly latest: TaskDefinitionSnapshot | null;
  readonly current: TaskDefinitionSnapshot | null;
}

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
  for (;;) {
    const view = await lookAt(ecs, wanted);
    const at = context.now();
    guard(context, wanted, view);
    const plan = await planFrom(context, ecs, wanted, view, at);
    if (plan.action !== 'wait' || context.command === 'plan')
      return { wanted, plan, service: view.service, current: view.current, at };
    if (!told) context.say(`${plan.reason}; waiting for it to end`, 'warning');
    told = true;
    if (context.now() >= deadline)
      throw new RunStopped({
        exitCode: 4,
        outcome: 'refused',
        sentence: `${plan.reason}, and it did not end in time; nothing was changed`,
        todo: 'Look at that deployment, or set on-other-deployment=take-over.',
      });
    context.emit({ kind: 'snapshot', deployment: null, snapshot: view.service, startedAt });
    await ports.clock.sleep(
      Math.min(nextPollDelay(context.now() - startedAt), Math.max(0, deadline - context.now())),
      context.signal,
    );
    context.stopIfAsked();
  }
}

/** Two calls when the service runs the latest revision of its family; one more when another environment or a killed run registered a later one. */
async function lookAt(ecs: EcsPort, wanted: WantedService): Promise<View> {
  const [service] = await ecs.describeServices(wanted.cluster, [wanted.service]);
  if (!service) throw new Error(`DescribeServices gave no answer for ${wanted.service}`);
  const family = String(wanted.taskDefinition['family']);
  const latest = await ecs.describeTaskDefinition(family);
  const here = service.status === 'ACTIVE' && service.taskDefinition !== '';
  if (!here) return { service, latest, current: null };
  if (latest?.arn === service.taskDefinition) return { service, latest, current: latest };
  return { service, latest, current: await ecs.describeTaskDefinition(service.taskDefinition) };
}

/** Everything that forbids this installation here, at once: exit 4, nothing changed. */
function guard(context: RunContext, wanted: WantedService, view: View): void {
  const { settings } = context;
  const installed = view.current?.tags ?? {};
  const deployment = deploymentContext(context.variables);
  const problems = checkGuards({
    version: versionOf(wanted.version),
    environment: wanted.environment,
    environments: settings.text('environments') ?? null,
    expected: {
      account: settings.text('account') ?? null,
      region: settings.text('region') ?? null,
      cluster: settings.text('cluster') ?? null,
    },
    cluster: wanted.cluster,
    serviceArn: view.service.arn || null,
    installedVersion: installed[tagKeys.version] ?? null,
    installedBuildNumber: installed[tagKeys.buildNumber] ?? null,
    buildNumber: wanted.buildNumber,
    rollback: deployment.rollback,
    allowDowngrade: settings.flag('allow-downgrade'),
  });
  if (problems.some((problem: Problem) => problem.severity === 'error'))
    throw refused('the guards', problems);
  context.warn(problems);
}

function versionOf(text: string): Version {
  const parsed = parseVersion(text);
  if (!parsed.ok) throw new Error(`not a version: ${text}`);
  return parsed.value;
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
    onOtherDeployment: other === 'refuse' || other === 'take-over' ? other : 'wait',
  } as const;
  const plan = planService({ now, ...view, wanted, options: { ...options, scalable: null } });
  if (!changesDesiredCount(plan, view.service)) return plan;
  // Only now: a scalable target that owns desiredCount must not be overruled, and asking costs a call.
  const scalable = await ecs.hasScalableTarget(wanted.cluster, wanted.service);
  return planService({ now, ...view, wanted, options: { ...options, scalable } });
}

function changesDesiredCount(plan: Plan, service: ServiceSnapshot): boolean {
  const desired = plan.request?.['desiredCount'];
  return plan.action === 'update' && desired !== undefined && desired !== service.desired;
}

/** A plan that refuses is exit 4 for `install`; for `plan` it is shown and refused alike. */
export function refuseIfNeeded(plan: Plan): void {
  if (plan.action !== 'refuse' && plan.action !== 'refuse-failed') return;
  throw new RunStopped({
    exitCode: 4,
    outcome: plan.action === 'refuse-failed' ? 'failed before' : 'refused',
    sentence: plan.reason,
    ...(plan.hint === undefined ? {} : { todo: plan.hint }),
  });
}
