// The commands install and plan: Fetch → Verify → Plan → Apply → Watch → (Diagnose → Roll back) → Record.
// The phases up to and including Plan change nothing outside.
import { deploymentContext } from '@bamboo-ecs/bamboo';
import type { CommandHelp, Ending, RunContext } from '@bamboo-ecs/program';
import {
  arnParts,
  isRefused,
  plannedAction,
  type EcsPort,
  type Plan,
  type WantedService,
} from '@bamboo-ecs/rollout';
import { concludePlan, concludeUnchanged } from './conclude.ts';
import { fetchPhase } from './fetch-phase.ts';
import { noteDeployment } from './note-deployment.ts';
import { makePlan, refuseIfNeeded } from './plan-service.ts';
import type { PlannedService } from './planned-service.ts';
import type { InstallerPorts } from './ports.ts';
import { adopt, applyPhase } from './targets.ts';
import { timeoutFor } from './time-out.ts';
import { toVerdict } from './to-verdict.ts';

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
  noteRollback(context);
  return installWanted(context, ports, ecs, await fetchPhase(context, ports));
}

/** From a release that was fetched and verified to its verdict. */
export async function installWanted(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  wanted: WantedService,
): Promise<Ending> {
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

  const timeoutMs = timeoutFor(context, planned);
  const target =
    plan.action === 'adopt'
      ? adopt(context, planned, timeoutMs)
      : await applyPhase(context, ports, ecs, planned, timeoutMs);

  return toVerdict(context, ports, ecs, { planned, target, timeoutMs });
}

/** Bamboo says that somebody goes back: shown, and the guard against older versions lets it through. */
function noteRollback(context: RunContext): void {
  const { rollback, previous } = deploymentContext(context.variables);
  if (!rollback) return;
  const from = previous === undefined ? '' : ` from ${previous}`;
  context.say(
    `Bamboo says that this is a roll-back${from} (bamboo_deploy_rollback=true): an older version is let through`,
  );
  context.row('Bamboo', `roll-back${from}`);
}

/** What the record and the summary say of the plan. */
export function notePlan(context: RunContext, planned: PlannedService): void {
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
  const { action, versionBefore } = plan;
  if (isRefused(plan) || (action !== 'create' && action !== 'update')) return plannedAction(plan);
  return versionBefore ? `${action}, from ${versionBefore}` : action;
}
