// Diagnose: gathers the evidence of a failure while it is still there, and tells the likely cause.
import type { RunContext } from '@bamboo-ecs/program';
import {
  diagnose,
  isEcsError,
  ownEvents,
  ownStoppedTasks,
  type Diagnosis,
  type EcsPort,
  type TaskSnapshot,
  type WantedService,
} from '@bamboo-ecs/rollout';
import type { Watched } from './watch.ts';

/** Stopped tasks vanish from ECS after about an hour; so many are looked at. */
const evidenceLimit = 400;

export async function diagnoseFailure(
  context: RunContext,
  ecs: EcsPort,
  wanted: WantedService,
  watched: Watched,
  baseline: ReadonlySet<string>,
): Promise<Diagnosis | null> {
  const { snapshot, target, verdict } = watched;
  if (!snapshot) return null;
  const stopped = await evidence(context, ecs, watched);
  const diagnosis = diagnose({
    snapshot,
    deployment: target.deployment,
    stopped,
    events: ownEvents(snapshot, baseline),
    taskDefinition: wanted.taskDefinition,
    verdict,
  });
  context.emit({ kind: 'diagnosis', service: target.service, diagnosis });
  return diagnosis;
}

async function evidence(
  context: RunContext,
  ecs: EcsPort,
  watched: Watched,
): Promise<readonly TaskSnapshot[]> {
  const { target } = watched;
  const known = new Map(watched.stopped.map((task) => [task.arn, task]));
  try {
    const tasks = await ecs.listTasks(target.cluster, target.service, 'STOPPED', evidenceLimit);
    for (const task of ownStoppedTasks(tasks, target)) known.set(task.arn, task);
  } catch (error) {
    if (!isEcsError(error)) throw error;
    context.say(
      `The stopped tasks could not be read, so the cause may stay unclear: ${error.message}.${error.hint ? ` ${error.hint}` : ''}`,
      'warning',
    );
  }
  return [...known.values()];
}
