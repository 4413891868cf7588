// Diagnose: gathers the evidence of a failure while it is still there, and tells the likely cause.
import type { RunContext } from '@bamboo-ecs/program';
import {
  diagnose,
  healthSources,
  isEcsError,
  isPlacement,
  ownEvents,
  ownStoppedTasks,
  sameRevision,
  type ClusterRoom,
  type DiagnoseInput,
  type Diagnosis,
  type EcsPort,
  type LogTail,
  type ServiceSnapshot,
  type TaskSnapshot,
  type WantedService,
} from '@bamboo-ecs/rollout';
import type { LastWords } from './last-words.ts';
import type { InstallerPorts } from './ports.ts';
import type { Target } from './target.ts';
import type { Watched } from './watch.ts';

/** Stopped tasks vanish from ECS after about an hour; so many are looked at. */
const evidenceLimit = 400;
const runningLimit = 100;

export interface DiagnoseFailureInput {
  readonly context: RunContext;
  readonly ports: Pick<InstallerPorts, 'openHealth'>;
  readonly ecs: EcsPort;
  readonly wanted: WantedService;
  readonly watched: Watched;
  /** Ids of the events that are not of this rollout. */
  readonly baseline: ReadonlySet<string>;
  readonly words?: LastWords | undefined;
}

export async function diagnoseFailure(input: DiagnoseFailureInput): Promise<Diagnosis | null> {
  const { context, ecs, wanted, watched, baseline, words } = input;
  const { snapshot, target, verdict } = watched;
  if (!snapshot) return null;
  const stopped = await evidence(context, ecs, watched);
  const [logs, targets] = await Promise.all([
    lastWords(ecs, words, watched, stopped),
    targetsNow(input, snapshot),
  ]);
  const facts: DiagnoseInput = {
    snapshot: { ...snapshot, ...targets },
    deployment: target.deployment,
    stopped,
    events: ownEvents(snapshot, baseline),
    taskDefinition: wanted.taskDefinition,
    verdict,
    logs,
  };
  const first = diagnose(facts);
  const room = isPlacement(first.cause) ? await roomOf(ecs, target) : null;
  const told = room ? diagnose({ ...facts, room }) : first;
  const diagnosis = words === undefined ? told : masked(told, words.mask);
  context.emit({ kind: 'diagnosis', service: target.service, diagnosis });
  return diagnosis;
}

/** Health checks and commands are quoted in it, too: they may hold what the log of a program may not show. */
function masked(diagnosis: Diagnosis, mask: (text: string) => string): Diagnosis {
  return {
    ...diagnosis,
    sentence: mask(diagnosis.sentence),
    advice: mask(diagnosis.advice),
    evidence: diagnosis.evidence.map((one) => ({ ...one, text: mask(one.text) })),
  };
}

/** Only for a task that finds no place: what the instances have free. */
async function roomOf(ecs: EcsPort, { cluster, service }: Target): Promise<ClusterRoom | null> {
  try {
    return (await ecs.clusterRoom?.(cluster, service)) ?? null;
  } catch (error) {
    if (!isEcsError(error)) throw error;
    return null;
  }
}

/** Where no task has stopped, what those say that do not get healthy. */
async function lastWords(
  ecs: EcsPort,
  words: LastWords | undefined,
  { target, snapshot }: Watched,
  stopped: readonly TaskSnapshot[],
): Promise<readonly LogTail[]> {
  if (words === undefined) return [];
  const { cluster, service } = target;
  const silent = stopped.length === 0 && (snapshot?.running ?? 0) > 0;
  try {
    const running = silent ? await ecs.listTasks(cluster, service, 'RUNNING', runningLimit) : [];
    return await words.of(
      stopped,
      running.filter((task) => isOurs(task, target)),
    );
  } catch (error) {
    if (!isEcsError(error)) throw error;
    return words.of(stopped, []);
  }
}

function isOurs(task: TaskSnapshot, { deployment, taskDefinition }: Target): boolean {
  return task.startedBy === deployment || sameRevision(task.taskDefinition, taskDefinition);
}

/** How the targets are now, and how they are checked; those that ECS has taken out meanwhile as they were last seen. */
async function targetsNow(
  { context, ports }: Pick<DiagnoseFailureInput, 'context' | 'ports'>,
  { definition, targets: seen = [] }: ServiceSnapshot,
): Promise<Pick<ServiceSnapshot, 'targets'>> {
  const sources = healthSources(definition);
  if (sources.length === 0 || ports.openHealth === undefined) return {};
  const port = await ports.openHealth(context);
  const { groups, notes } = await port.healthOf(sources, { checks: true });
  for (const note of notes) context.say(note, 'detail');
  const targets = groups.map((group) => {
    const before = seen.find(({ id }) => id === group.id)?.targets ?? [];
    const tells = group.targets.some(({ state }) => state === 'unhealthy');
    return tells || before.length === 0 ? group : { ...group, targets: before };
  });
  return targets.length > 0 ? { targets } : {};
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
