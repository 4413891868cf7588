// The way of a rollout that did not end well: Diagnose → Roll back → ending.
import type { Ending, RunContext } from '@bamboo-ecs/program';
import { tagKeys, type EcsPort } from '@bamboo-ecs/rollout';
import { shortArn } from './apply-plan.ts';
import { concludeWatch } from './conclude.ts';
import { diagnoseFailure } from './diagnose-failure.ts';
import type { PlannedService } from './plan-service.ts';
import type { InstallerPorts } from './ports.ts';
import { rollBack } from './roll-back.ts';
import type { Watched } from './watch.ts';

export interface Failure {
  readonly planned: PlannedService;
  readonly watched: Watched;
  readonly timeoutMs: number;
}

export async function failed(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  failure: Failure,
): Promise<Ending> {
  const { planned, watched, timeoutMs } = failure;
  const { wanted } = planned;
  if (watched.verdict.kind === 'unknown') return concludeWatch(context, wanted, watched, null, null);
  context.phase('diagnose', 'Diagnose');
  const baseline = new Set(planned.service.events.map((event) => event.id));
  const diagnosis = await diagnoseFailure(context, ecs, wanted, watched, baseline);
  if (watched.verdict.kind !== 'superseded') await markFailed(context, ecs, watched.target.taskDefinition);
  context.phase('roll-back', 'Roll back');
  const rollback = await rollBack({
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
    await ecs.tagTaskDefinition(taskDefinition, { [tagKeys.outcome]: 'failed' });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    context.say(`${shortArn(taskDefinition)} could not be tagged as failed: ${why}`, 'warning');
  }
}
