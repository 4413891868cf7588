// The good ending of a roll-back by hand: notes on both revisions for the runs to come, and the sentence.
import type { Ending, RunContext } from '@bamboo-ecs/program';
import { revisionName, tagKeys, type EcsPort, type TaskDefinitionSnapshot } from '@bamboo-ecs/rollout';
import { markOutcome } from '../mark-outcome.ts';
import { sentences } from '../sentence.ts';

export interface Back {
  readonly target: TaskDefinitionSnapshot;
  /** What was gone back from; null when it is not known. */
  readonly from: TaskDefinitionSnapshot | null;
  /** Why it is called steady. */
  readonly reason: string;
}

export async function concludeBack(context: RunContext, ecs: EcsPort, back: Back): Promise<Ending> {
  const { target, from, reason } = back;
  if (from && from.tags[tagKeys.version] !== undefined && from.tags[tagKeys.outcome] !== 'failed')
    await markOutcome(context, ecs, from.arn, 'withdrawn');
  // Last of all: until this is written, the same command again goes on with this roll-back and not one release further.
  await markOutcome(context, ecs, target.arn, 'returned');
  const project = target.tags[tagKeys.project];
  const version = target.tags[tagKeys.version] ?? revisionName(target.arn);
  const environment = context.facts.environment;
  const left = from?.tags[tagKeys.version] ?? (from ? revisionName(from.arn) : null);
  const what = `${project === undefined ? '' : `${project} `}${version}`;
  context.row('Verdict', 'steady');
  return {
    exitCode: 0,
    outcome: 'rolled back',
    sentence: sentences(
      `${what} is back${environment ? ` in ${environment}` : ''}${left === null ? '' : `, ${left} is withdrawn`}`,
      reason,
    ),
  };
}
