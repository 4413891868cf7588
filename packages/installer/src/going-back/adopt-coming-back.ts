// What is wanted runs already, or is on its way back: it is watched to its verdict, and nothing is sent.
import type { Ending, RunContext } from '@bamboo-ecs/program';
import { tagKeys, type EcsPort, type Plan } from '@bamboo-ecs/rollout';
import { primaryOf } from '../apply-plan.ts';
import { Bake } from '../bake/bake.ts';
import { concludeWatch } from '../conclude.ts';
import { diagnoseFailure } from '../diagnose-failure.ts';
import { LastWords } from '../last-words.ts';
import type { InstallerPorts } from '../ports.ts';
import { sentences } from '../sentence.ts';
import { adopt } from '../targets.ts';
import { timeoutFor } from '../time-out.ts';
import { watchOne } from '../watch-phase.ts';
import { concludeBack } from './conclude-back.ts';
import { noteTarget, standIn } from './go-back.ts';
import { refusal, type PlaceNow } from './one-place.ts';

export async function adoptComingBack(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  now: PlaceNow,
  reason: string,
): Promise<Ending> {
  const { service, running, place } = now;
  if (running === null)
    throw refusal('unknown-revision', reason, 'Name the version to go back to with --to.');
  noteTarget(context, running);
  context.phase('plan', 'Plan');
  const wanted = standIn(now, running);
  const deployment = primaryOf(service);
  const plan: Plan = {
    action: 'adopt',
    reason,
    cluster: place.cluster,
    service: place.service,
    differences: [],
    notes: [],
    version: wanted.version,
    ...(deployment === undefined ? {} : { deployment, primaryBefore: deployment }),
  };
  context.emit({ kind: 'plan', plan });
  context.row('Plan', 'watch');
  const planned = { wanted, plan, service, current: running, at: now.at };
  const timeoutMs = timeoutFor(context, planned);
  const target = adopt(context, planned, timeoutMs);
  context.phase('watch', 'Watch');
  const words = new LastWords(context, ports, wanted);
  const returning = running.tags[tagKeys.outcome] === 'returning';
  // What is on its way by a roll-back of ours is baked as that would have been; ECS's own, and what ran already, are none.
  const bake = returning ? await Bake.open(context, ports, ecs, { planned, target, goesBack: true }) : null;
  const watched = await watchOne(context, ports, ecs, target, { words, bake });
  if (watched.verdict.kind !== 'steady') {
    const told = watched.verdict.kind === 'failed' || watched.verdict.kind === 'timed-out';
    if (told) context.phase('diagnose', 'Diagnose');
    const baseline = new Set<string>();
    const diagnosis = told
      ? await diagnoseFailure({ context, ports, ecs, wanted, watched, baseline, words })
      : null;
    return concludeWatch(context, wanted, watched, diagnosis, null);
  }
  const from = running.tags[tagKeys.returnedFrom];
  if (returning && from !== undefined) {
    const left = await ecs.describeTaskDefinition(from);
    return concludeBack(context, ecs, { target: running, from: left, reason: watched.verdict.reason });
  }
  context.row('Verdict', 'steady');
  // What was up when it was looked at is no news to anybody.
  const up = service.deployments.find(({ id }) => id === deployment)?.rolloutState === 'COMPLETED';
  return {
    exitCode: 0,
    outcome: up ? 'unchanged' : 'steady',
    sentence: sentences(reason, watched.verdict.reason),
  };
}
