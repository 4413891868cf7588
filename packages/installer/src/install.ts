// The commands install and plan: Fetch → Verify → Plan → Apply → Watch → (Diagnose → Roll back) → Record.
// The phases up to and including Plan change nothing outside.
import type { CommandHelp, Ending, RunContext } from '@bamboo-ecs/program';
import { arnParts, type Plan } from '@bamboo-ecs/rollout';
import { cleanUp } from './clean-up/clean-up.ts';
import { concludePlan, concludeUnchanged, concludeWatch } from './conclude.ts';
import { failed } from './fail.ts';
import { fetchPhase } from './fetch-phase.ts';
import { LastWords } from './last-words.ts';
import { noteDeployment } from './note-deployment.ts';
import { makePlan, refuseIfNeeded, type PlannedService } from './plan-service.ts';
import type { InstallerPorts } from './ports.ts';
import { adopt, applyPhase } from './targets.ts';
import { timeoutFor, watchOne } from './watch-phase.ts';

export const installHelp: readonly CommandHelp[] = [
  {
    name: 'install',
    describe: 'fetch, verify, plan, apply, watch to a verdict, explain a failure, roll back, record',
    details:
      'Takes a release out of the repository and brings it onto Amazon ECS. Running it again after it was stopped is safe: it finds what is under way, or done, and goes on from there.',
    exitCodes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 75],
  },
  {
    name: 'plan',
    describe:
      'up to and including the plan; changes nothing; with --exit-code, 10 when there is something to do',
    exitCodes: [0, 1, 2, 3, 4, 10, 75],
  },
];

/** Installs a release, or shows the plan of it. */
export async function install(context: RunContext, ports: InstallerPorts): Promise<Ending> {
  noteDeployment(context);
  // Asks nobody yet, and tells a missing region before anything is fetched.
  const ecs = await ports.openEcs(context);
  const wanted = await fetchPhase(context, ports);

  context.phase('plan', 'Plan');
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
  const words = new LastWords(context, ports, wanted);
  const watched = await watchOne(context, ports, ecs, target, words);
  if (watched.verdict.kind === 'steady') {
    await cleanUp(context, ports, ecs, planned);
    return concludeWatch(context, wanted, watched, null, null);
  }
  return failed(context, ports, ecs, { planned, watched, timeoutMs, words });
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
