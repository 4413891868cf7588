// The ending of an installation: verdict and roll-back to exit code and sentence.
import type { Ending, RunContext } from '@bamboo-ecs/program';
import type { Diagnosis, Plan, WantedService } from '@bamboo-ecs/rollout';
import { exitCodeOf } from '@bamboo-ecs/rollout';
import type { RollbackOutcome } from './roll-back.ts';
import type { Watched } from './watch.ts';

export function concludeWatch(
  context: RunContext,
  wanted: WantedService,
  watched: Watched,
  diagnosis: Diagnosis | null,
  rollback: RollbackOutcome | null,
): Ending {
  const { verdict } = watched;
  const exitCode = exitCodeOf({ verdict, rollback: rollback?.kind ?? 'none' });
  const what = `${wanted.project} ${wanted.version}`;
  context.row('Verdict', `${verdict.kind}: ${verdict.reason}`);
  if (diagnosis) context.row('Likely cause', diagnosis.sentence);
  if (rollback) context.row('Roll-back', rollback.sentence);
  const because = diagnosis ? `: ${diagnosis.sentence}` : `: ${verdict.reason}`;
  const after = rollback && rollback.kind !== 'none' ? `; ${rollback.sentence}` : '';
  const sentence =
    verdict.kind === 'steady'
      ? `${what} is installed: ${verdict.reason}`
      : `${what} ${verdict.kind}${because}${after}`;
  const todo = diagnosis?.advice ?? adviceFor(verdict.kind);
  return { exitCode, outcome: verdict.kind, sentence, ...(todo ? { todo } : {}) };
}

function adviceFor(kind: string): string | undefined {
  if (kind === 'superseded')
    return 'Find out who else deploys this service; run this again if this release is the one that is wanted.';
  if (kind === 'unknown')
    return 'Look at the service in ECS; run the same command again when AWS answers: it goes on from what is there.';
  return undefined;
}

export function concludeUnchanged(context: RunContext, plan: Plan, wanted: WantedService): Ending {
  context.emit({
    kind: 'verdict',
    service: plan.service,
    verdict: { kind: 'unchanged', reason: plan.reason },
  });
  context.row('Verdict', `unchanged: ${plan.reason}`);
  return {
    exitCode: 0,
    outcome: 'unchanged',
    sentence: `${wanted.project} ${wanted.version} is installed already: ${plan.reason}`,
  };
}

/** The ending of `installer plan`; with `--exit-code` 10 when there is something to do. */
export function concludePlan(plan: Plan, wanted: WantedService, wantsExitCode: boolean): Ending {
  const something = plan.action !== 'none';
  const sentence = something
    ? `${wanted.project} ${wanted.version} on ${plan.service}: ${plan.action} (${plan.reason}); nothing was changed`
    : `nothing to do for ${wanted.project} ${wanted.version} on ${plan.service}: ${plan.reason}`;
  return {
    exitCode: something && wantsExitCode ? 10 : 0,
    outcome: something ? 'planned' : 'unchanged',
    sentence,
  };
}
