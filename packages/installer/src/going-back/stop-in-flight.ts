// A roll-back while a rollout is in flight: ECS itself is told to stop it (StopServiceDeployment with ROLLBACK), and followed.
import type { Ending, RunContext } from '@bamboo-ecs/program';
import { exitCodeOf, revisionName, type EcsPort, type TaskDefinitionSnapshot } from '@bamboo-ecs/rollout';
import { primaryOf } from '../apply-plan.ts';
import { followEcs, rolledBackAlready } from '../roll-back/follow-roll-back.ts';
import { resolveLost } from '../lost-answer.ts';
import type { PlannedService } from '../planned-service.ts';
import type { InstallerPorts } from '../ports.ts';
import { sentences } from '../sentence.ts';
import { concludeBack } from './conclude-back.ts';

export interface InFlight {
  readonly planned: PlannedService;
  readonly target: TaskDefinitionSnapshot;
  readonly timeoutMs: number;
}

/** Null where ECS does not do it: the caller updates the service. */
export async function stopInFlight(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  { planned, target, timeoutMs }: InFlight,
): Promise<Ending | null> {
  const { plan, service } = planned;
  const deployment = primaryOf(service);
  if (deployment === undefined) return null;
  context.phase('roll-back', 'Roll back');
  // A run that is killed from here on is understood by it.
  if (plan.retag) await ecs.tagTaskDefinition(target.arn, plan.retag);
  context.stopIfAsked();
  context.note({
    leftRunning: `ECS may be rolling ${plan.service} back (StopServiceDeployment ${deployment}).`,
  });
  const stopped = await resolveLost(
    ports.clock,
    async () => ecs.stopDeployment(plan.cluster, plan.service, deployment),
    async () => {
      const [now] = await ecs.describeServices(plan.cluster, [plan.service]);
      return now && rolledBackAlready(now, deployment) ? true : null;
    },
  );
  if (!stopped) {
    context.note({ leftRunning: `${revisionName(target.arn)} is tagged; the service was not changed.` });
    return null;
  }
  context.say(`ECS was told to stop ${deployment} and to roll back (StopServiceDeployment)`);
  const watched = {
    target: {
      cluster: plan.cluster,
      service: plan.service,
      deployment,
      taskDefinition: planned.current?.arn ?? service.taskDefinition,
      adopted: true,
      startedAt: context.now(),
      deadline: context.now() + timeoutMs,
    },
    verdict: { kind: 'failed' as const, reason: 'It was gone back from by hand.' },
    snapshot: service,
    stopped: [],
  };
  // The follower names what comes back by what it finds as `current`.
  const following = { ...planned, current: target };
  const outcome = await followEcs(
    { context, ports, ecs, planned: following, watched, timeoutMs },
    target.arn,
  );
  if (outcome === null) {
    context.say('ECS does not roll back by itself: the service is updated back.', 'warning');
    return null;
  }
  context.note({ rollback: outcome.sentence });
  if (outcome.kind === 'back')
    return concludeBack(context, ecs, { target, from: planned.current, reason: outcome.sentence });
  context.row('Roll-back', outcome.short);
  return {
    exitCode: exitCodeOf({ verdict: watched.verdict, rollback: outcome.kind }),
    outcome: outcome.kind === 'unknown' ? 'unknown' : 'failed',
    sentence: sentences(
      `${plan.service} is not back on ${plan.version ?? revisionName(target.arn)}`,
      outcome.sentence,
    ),
    todo: 'Look at the service now (installer status); run the same command again to go on from what is there.',
  };
}
