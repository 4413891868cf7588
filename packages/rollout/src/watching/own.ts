// What of all that ECS tells belongs to our deployment.
import { sameRevision } from '../arn.ts';
import type { ServiceEventSnapshot, ServiceSnapshot, TaskSnapshot } from '../snapshot.ts';

export interface OwnTasksInput {
  /** Null: the update started no deployment. */
  readonly deployment: string | null;
  readonly taskDefinition: string;
  /** Containers without which a task goes on (`essential` false in the task definition). */
  readonly auxiliaries?: readonly string[];
  /** Milliseconds; what stopped before is not of this rollout. */
  readonly startedAt?: number;
}

/** Such servers may give whole seconds: what stopped in the second of our start counts. */
const wholeSecondMs = 1000;

/**
 * The stopped tasks of our deployment, each once, oldest first. ECS starts them by the deployment's id; servers that say
 * the service's name or nothing are judged by revision and time.
 */
export function ownStoppedTasks(
  tasks: readonly TaskSnapshot[],
  { deployment, taskDefinition, auxiliaries = [], startedAt = 0 }: OwnTasksInput,
): readonly TaskSnapshot[] {
  const own = tasks.filter((task) => {
    if (task.startedBy?.startsWith('ecs-svc/') && deployment !== null) return task.startedBy === deployment;
    const since = startedAt - wholeSecondMs;
    return sameRevision(task.taskDefinition, taskDefinition) && (task.stoppedAt ?? Infinity) > since;
  });
  const once = [...new Map(own.map((task) => [task.arn, marked(task, auxiliaries)])).values()];
  return once.toSorted((left, right) => (left.stoppedAt ?? Infinity) - (right.stoppedAt ?? Infinity) || 0);
}

function marked(task: TaskSnapshot, auxiliaries: readonly string[]): TaskSnapshot {
  if (auxiliaries.length === 0) return task;
  const containers = task.containers.map((one) => ({ ...one, essential: !auxiliaries.includes(one.name) }));
  return { ...task, containers };
}

/** Targets that come and go with every task, and Availability Zone bookkeeping: what ECS does, not how it goes. */
const noise =
  /\) (de)?registered \d+ (targets|instances) in |is (not )?AZ balanced with|Scaling activity initiated by/iu;

/**
 * The events since our deployment: those whose ids were not there before. Oldest first, without noise, each text once
 * (ECS repeats a message while its cause lasts).
 */
export function ownEvents(
  snapshot: ServiceSnapshot,
  baselineIds: ReadonlySet<string>,
): readonly ServiceEventSnapshot[] {
  const fresh = snapshot.events.filter(({ id, message }) => !baselineIds.has(id) && !noise.test(message));
  // ECS gives the newest first, several may have the same time.
  const oldestFirst = fresh.toReversed().toSorted((left, right) => left.at - right.at);
  const byText = new Map<string, ServiceEventSnapshot>();
  for (const event of oldestFirst) if (!byText.has(event.message)) byText.set(event.message, event);
  return [...byText.values()];
}
