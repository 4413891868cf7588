// The flow of the installer: Fetch → Verify → Plan → Apply → Watch → (Diagnose → Roll back) → Record.
// The phases up to and including Plan change nothing outside.
import { deploymentContext } from '@bamboo-ecs/bamboo';
import { misconfigured, refused, type Ending, type RunContext } from '@bamboo-ecs/program';
import {
  arnParts,
  checkTag,
  wantedService,
  type EcsPort,
  type Plan,
  type WantedService,
} from '@bamboo-ecs/rollout';
import { formatVersion } from '@bamboo-ecs/release';
import { applyPlan, primaryOf, shortArn, type Applied } from './apply-plan.ts';
import { concludePlan, concludeUnchanged, concludeWatch } from './conclude.ts';
import { diagnoseFailure } from './diagnose-failure.ts';
import { fetchRelease } from './fetch-release.ts';
import { completeDescriptors } from './late-values.ts';
import { makePlan, refuseIfNeeded, type PlannedService } from './plan-service.ts';
import type { InstallerPorts } from './ports.ts';
import { resolveRelease, wantedText } from './resolve-release.ts';
import { rollBack, type RollbackOutcome } from './roll-back.ts';
import { timeoutFor, watchOne } from './watch-phase.ts';
import type { Target, Watched } from './watch.ts';

export const installerCommands = [
  {
    name: 'install',
    describe: 'fetch, verify, plan, apply, watch to a verdict, explain a failure, roll back, record',
  },
  {
    name: 'plan',
    describe:
      'up to and including the plan; changes nothing; with --exit-code, 10 when there is something to do',
  },
] as const;

/** Runs one command to its ending. Refusals are thrown as `RunStopped`; errors of the adapters pass through. */
export async function runInstaller(context: RunContext, ports: InstallerPorts): Promise<Ending> {
  context.requireSettings();
  noteDeployment(context);
  const wanted = await fetchPhase(context, ports);

  context.phase('plan', 'Plan');
  const ecs = await ports.openEcs(context);
  const planned = await makePlan(context, ports, ecs, wanted);
  const { plan } = planned;
  context.emit({ kind: 'plan', plan });
  notePlan(context, planned);
  if (context.command === 'plan') {
    refuseIfNeeded(plan);
    return concludePlan(plan, wanted, context.settings.flag('exit-code'));
  }
  refuseIfNeeded(plan);
  if (plan.action === 'none') return concludeUnchanged(context, plan, wanted);

  const timeoutMs = timeoutFor(context, wanted);
  const target =
    plan.action === 'adopt'
      ? adopt(context, planned, timeoutMs)
      : await applyPhase(context, ports, ecs, planned, timeoutMs);

  context.phase('watch', 'Watch');
  const watched = await watchOne(context, ports, ecs, target);
  if (watched.verdict.kind === 'steady') return concludeWatch(context, wanted, watched, null, null);
  return failed(context, ports, ecs, { wanted, planned, watched, timeoutMs });
}

/** Fetch, verify and the guard of the tag, which needs no AWS. */
async function fetchPhase(context: RunContext, ports: InstallerPorts): Promise<WantedService> {
  context.phase('fetch', 'Fetch');
  const release = resolveRelease(context);
  context.say(`${release.project} ${wantedText(release)} (from ${release.origin})`);
  const environment = deploymentContext(context.variables).environment ?? null;
  const chosen = context.settings.text('environment') ?? environment;
  const guard = checkTag(release.tag, chosen, context.settings.text('environments') ?? null);
  if (guard.length > 0) throw refused('the guards', guard);
  const port = await ports.openRepository(context, release.tag);
  context.say(`from ${port.address}`);
  const fetched = await fetchRelease(context, port, release);

  context.phase('verify', 'Verify');
  const { manifest } = fetched;
  const { provenance } = manifest;
  context.say(
    `manifest sha256 ${fetched.manifestSha256.slice(0, 12)}…, ${manifest.descriptors.length} descriptors, every checksum right`,
  );
  const from = [provenance.buildKey, provenance.branch, provenance.revision?.slice(0, 10)]
    .filter(Boolean)
    .join(', ');
  context.say(`built ${provenance.createdAt}${from ? ` by ${from}` : ''}`);
  for (const image of manifest.images)
    context.say(`image ${image.reference}${image.digest ? ` @ ${image.digest}` : ' (digest unknown)'}`);
  context.note({
    build: {
      key: provenance.buildKey,
      number: provenance.buildNumber,
      url: provenance.buildUrl,
      revision: provenance.revision,
      branch: provenance.branch,
    },
  });
  context.emit({
    kind: 'check',
    suite: 'release',
    name: `${manifest.project} ${formatVersion(fetched.version)} verified`,
  });
  const wanted = wantedService({
    manifest,
    descriptors: completeDescriptors(context, manifest),
    environment: chosen,
    account: context.settings.text('account') ?? null,
    region:
      context.settings.text('region') ??
      context.env['AWS_REGION'] ??
      context.env['AWS_DEFAULT_REGION'] ??
      null,
  });
  if (!wanted.ok) throw misconfigured('release', wanted.problems);
  context.row('Release', `${manifest.project} ${manifest.version} (${manifest.identity.slice(0, 12)})`);
  if (chosen) context.row('Environment', chosen);
  return wanted.value;
}

async function applyPhase(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  planned: PlannedService,
  timeoutMs: number,
): Promise<Target> {
  context.phase('apply', 'Apply');
  const startedAt = context.now();
  const applied: Applied = await applyPlan(context, ports, ecs, planned);
  return targetOf(planned, {
    deployment: applied.deployment,
    taskDefinition: applied.taskDefinition,
    adopted: false,
    startedAt,
    deadline: context.now() + timeoutMs,
  });
}

function adopt(context: RunContext, planned: PlannedService, timeoutMs: number): Target {
  const deployment = planned.plan.deployment ?? primaryOf(planned.service) ?? null;
  const found = planned.service.deployments.find((one) => one.id === deployment);
  context.say(`Deployment ${deployment ?? '?'} is adopted: it is watched, nothing is sent`);
  context.note({
    leftRunning: `The deployment ${deployment ?? ''} of ${planned.plan.service} is under way; ECS goes on with it.`,
  });
  return targetOf(planned, {
    deployment,
    taskDefinition: found?.taskDefinition ?? planned.service.taskDefinition,
    adopted: true,
    startedAt: found?.createdAt ?? context.now(),
    deadline: context.now() + timeoutMs,
  });
}

function targetOf(
  planned: PlannedService,
  rest: Pick<Target, 'deployment' | 'taskDefinition' | 'adopted' | 'startedAt' | 'deadline'>,
): Target {
  const { plan } = planned;
  return {
    cluster: plan.cluster,
    service: plan.service,
    ...(plan.primaryBefore ? { primaryBefore: plan.primaryBefore } : {}),
    ...rest,
  };
}

interface Failure {
  readonly wanted: WantedService;
  readonly planned: PlannedService;
  readonly watched: Watched;
  readonly timeoutMs: number;
}

async function failed(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  failure: Failure,
): Promise<Ending> {
  const { wanted, planned, watched, timeoutMs } = failure;
  if (watched.verdict.kind === 'unknown') return concludeWatch(context, wanted, watched, null, null);
  context.phase('diagnose', 'Diagnose');
  const baseline = new Set(planned.service.events.map((event) => event.id));
  const diagnosis = await diagnoseFailure(context, ecs, wanted, watched, baseline);
  if (watched.verdict.kind !== 'superseded') await markFailed(context, ecs, watched.target.taskDefinition);
  context.phase('roll-back', 'Roll back');
  const rollback: RollbackOutcome = await rollBack({
    context,
    ports,
    ecs,
    plan: planned.plan,
    watched,
    timeoutMs,
  });
  return concludeWatch(context, wanted, watched, diagnosis, rollback);
}

/** The note for the next run: this revision failed here; it is tried again only with `force`. */
async function markFailed(context: RunContext, ecs: EcsPort, taskDefinition: string): Promise<void> {
  try {
    await ecs.tagTaskDefinition(taskDefinition, { 'bamboo-ecs:outcome': 'failed' });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    context.say(`${shortArn(taskDefinition)} could not be tagged as failed: ${why}`, 'warning');
  }
}

function noteDeployment(context: RunContext): void {
  const deployment = deploymentContext(context.variables);
  const environment = deployment.environment ?? null;
  context.note({
    environment: context.settings.text('environment') ?? environment,
    deployment: { environment, resultsUrl: deployment.resultsUrl ?? null },
  });
}

function notePlan(context: RunContext, planned: PlannedService): void {
  const { plan, service } = planned;
  const parts = service.arn ? arnParts(service.arn) : null;
  context.note({
    cluster: plan.cluster,
    services: [plan.service],
    region: parts?.region ?? context.settings.text('region') ?? null,
    account: parts?.account ?? null,
  });
  context.row('Service', `${plan.service} in ${plan.cluster}`);
  context.row('Plan', planText(plan));
}

function planText(plan: Plan): string {
  return plan.versionBefore ? `${plan.action}, from ${plan.versionBefore}` : plan.action;
}
