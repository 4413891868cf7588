// The command continue: a deployment that waits at a PAUSE hook goes on, or back, and is watched to its verdict.
import { RunStopped, type CommandHelp, type Ending, type RunContext } from '@bamboo-ecs/program';
import {
  pauseKey,
  waitingHooks,
  type EcsPort,
  type HookSnapshot,
  type ServiceDeploymentSnapshot,
} from '@bamboo-ecs/rollout';
import { afterEcs } from './roll-back/after-ecs.ts';
import { concludeUnchanged } from './conclude.ts';
import { fetchPhase } from './fetch-phase.ts';
import { followEcs, nameOf } from './roll-back/follow-roll-back.ts';
import { notePlan } from './install.ts';
import { resolveLost } from './lost-answer.ts';
import { markOutcome } from './mark-outcome.ts';
import { noteDeployment } from './note-deployment.ts';
import { makePlan, refuseIfNeeded } from './plan-service.ts';
import type { PlannedService } from './planned-service.ts';
import type { InstallerPorts } from './ports.ts';
import { sentences } from './sentence.ts';
import type { Target } from './target.ts';
import { adopt } from './targets.ts';
import { timeoutFor } from './time-out.ts';
import { toVerdict } from './to-verdict.ts';
import { withWayBack } from './roll-back/way-back.ts';

export const continueHelp: CommandHelp = {
  name: 'continue',
  describe: 'go on with a deployment that waits at a PAUSE hook, or --action rollback; watch, judge, record',
  details:
    'The release is found as install finds it, and must be the one that is being rolled out. Where nothing waits any more, the rollout is watched all the same.',
  exitCodes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 75],
};

export async function continuePaused(context: RunContext, ports: InstallerPorts): Promise<Ending> {
  noteDeployment(context);
  const ecs = await ports.openEcs(context);
  const wanted = await fetchPhase(context, ports);
  context.phase('plan', 'Plan');
  const planned = await makePlan(context, ports, ecs, wanted);
  const { plan } = planned;
  context.emit({ kind: 'plan', plan });
  notePlan(context, planned);
  refuseIfNeeded(plan);
  const action = context.settings.text('action') === 'rollback' ? 'ROLLBACK' : 'CONTINUE';
  if (plan.action === 'none' && action === 'CONTINUE') return concludeUnchanged(context, plan, wanted);
  if (plan.action !== 'adopt')
    throw nothingWaits(`${plan.service} is not rolling out ${wanted.version}`, plan.reason);
  const timeoutMs = timeoutFor(context, planned);
  const target = adopt(context, planned, timeoutMs);

  context.phase('apply', 'Continue');
  const found =
    target.deployment === null
      ? null
      : await ecs.describeServiceDeployment(plan.cluster, plan.service, target.deployment);
  if (!found) throw nothingWaits('ECS does not list the deployment among its service deployments');
  const waiting = waitingHooks({ ...planned.service, serviceDeployment: found });
  if (waiting.length === 0 && action === 'ROLLBACK')
    throw nothingWaits(`No hook of the deployment waits${stageOf(found)}`);
  if (waiting.length === 0) context.say(`No hook waits${stageOf(found)}: the rollout is watched.`, 'warning');
  for (const hook of waiting) await resolve(context, ports, ecs, { target, found, hook, action });
  if (action === 'ROLLBACK') return goneBack(context, ports, ecs, { planned, target, timeoutMs });
  const continued = new Set(waiting.map((hook) => pauseKey(found, hook)));
  return toVerdict(context, ports, ecs, { planned, target: { ...target, continued }, timeoutMs });
}

function nothingWaits(...reasons: readonly string[]): RunStopped {
  return new RunStopped({
    exitCode: 4,
    outcome: 'nothing waits',
    sentence: sentences(...reasons, 'Nothing was changed'),
    todo: 'Look at the deployment in the console or with the command status; to take a release back that is up, install the one before.',
  });
}

function stageOf({ lifecycleStage }: ServiceDeploymentSnapshot): string {
  return lifecycleStage ? ` (stage ${lifecycleStage})` : '';
}

interface Pause {
  readonly target: Target;
  readonly found: ServiceDeploymentSnapshot;
  readonly hook: HookSnapshot;
  readonly action: 'CONTINUE' | 'ROLLBACK';
}

/** Sent once; after a lost answer it is sent again only if the hook still waits. */
async function resolve(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  { target, found, hook, action }: Pause,
): Promise<void> {
  const { cluster, service, deployment } = target;
  await resolveLost(
    ports.clock,
    async () => {
      await ecs.continueDeployment(found.arn, hook.id, action);
      return true;
    },
    async () => {
      const now = await ecs.describeServiceDeployment(cluster, service, deployment ?? '');
      return now?.hooks.some(({ id, status }) => id === hook.id && status === 'AWAITING_ACTION')
        ? null
        : true;
    },
  );
  const what = action === 'CONTINUE' ? 'goes on' : 'goes back';
  context.say(
    `The deployment ${deployment ?? ''} ${what} (${action} of the hook ${hook.id}${found.lifecycleStage ? ` at ${found.lifecycleStage}` : ''})`,
  );
}

/** Asked for, so to be back is success. */
async function goneBack(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  { planned, target, timeoutMs }: { planned: PlannedService; target: Target; timeoutMs: number },
): Promise<Ending> {
  const { project, version, environment } = planned.wanted;
  context.phase('roll-back', 'Roll back');
  await markOutcome(context, ecs, target.taskDefinition, 'failed');
  const reason = `The deployment of ${version} was taken back at a PAUSE hook, as asked.`;
  const watched = {
    target,
    snapshot: planned.service,
    stopped: [],
    verdict: { kind: 'failed', reason },
  } as const;
  context.emit({ kind: 'verdict', service: target.service, verdict: watched.verdict });
  const input = await withWayBack({ context, ports, ecs, planned, watched, timeoutMs });
  const to = planned.plan.rollbackTo ?? planned.service.taskDefinition;
  const followed = await followEcs(input, to);
  const outcome = followed && (await afterEcs(input, followed));
  context.row('Roll-back', outcome?.short ?? 'not seen');
  const where = environment ? ` in ${environment}` : '';
  if (outcome?.kind === 'back')
    return {
      exitCode: 0,
      outcome: 'rolled back',
      sentence: sentences(`${project} ${version} was taken back${where}, as asked`, outcome.sentence),
    };
  return {
    exitCode: outcome?.kind === 'unknown' ? 9 : 6,
    outcome: 'failed',
    sentence: sentences(
      `${project} ${version} was to be taken back${where}`,
      outcome?.sentence ?? `ECS has not put ${nameOf(input, to)} back in its place`,
    ),
    todo: 'Look at the service now; to get a working version, install an earlier release with allow-downgrade.',
  };
}
