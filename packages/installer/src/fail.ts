// The way of a rollout that did not end well: Diagnose → Roll back → ending.
import type { Ending, RunContext } from '@bamboo-ecs/program';
import type { EcsPort } from '@bamboo-ecs/rollout';
import { concludeWatch } from './conclude.ts';
import { diagnoseFailure } from './diagnose-failure.ts';
import type { LastWords } from './last-words.ts';
import type { PlannedService } from './planned-service.ts';
import type { InstallerPorts } from './ports.ts';
import { rollBack } from './roll-back/roll-back.ts';
import type { Watched } from './watch.ts';

export interface Failure {
  readonly planned: PlannedService;
  readonly watched: Watched;
  readonly timeoutMs: number;
  /** What the failed containers said, as far as it was asked for already. */
  readonly words?: LastWords;
}

export async function failed(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  failure: Failure,
): Promise<Ending> {
  const { planned, watched, timeoutMs, words } = failure;
  const { wanted } = planned;
  const { kind } = watched.verdict;
  // Of these nothing is known that could be explained, and the service is not ours to change.
  if (kind === 'unknown' || kind === 'superseded' || kind === 'paused')
    return concludeWatch(context, wanted, watched, null, null);
  context.phase('diagnose', 'Diagnose');
  const baseline = eventsBefore(failure);
  const diagnosis = await diagnoseFailure({ context, ports, ecs, wanted, watched, baseline, words });
  context.phase('roll-back', 'Roll back');
  const cause = diagnosis?.cause;
  const rollback = await rollBack({ context, ports, ecs, planned, watched, timeoutMs, cause });
  return concludeWatch(context, wanted, watched, diagnosis, rollback);
}

/** Ids of the events that are not of this rollout: those seen by the plan, unless it found the rollout under way. */
function eventsBefore({ planned, watched }: Failure): ReadonlySet<string> {
  const { adopted, startedAt } = watched.target;
  const { events } = planned.service;
  return new Set(events.filter(({ at }) => !adopted || at < startedAt).map(({ id }) => id));
}
