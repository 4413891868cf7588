// The facts that a diagnosis rests on, as lines.
import { revisionName } from '../arn.ts';
import { exitMeaning } from '../causes/exit-codes.ts';
import { causeOf, withoutNames } from '../causes/patterns.ts';
import { taskCause } from '../causes/task-cause.ts';
import type { Evidence } from '../diagnosis.ts';
import type {
  ContainerSnapshot,
  DeploymentSnapshot,
  ServiceEventSnapshot,
  TaskSnapshot,
} from '../snapshot.ts';
import { oneLine } from './one-line.ts';
import { plainWords, unusual } from './plain-words.ts';

/** So many of each are shown, the latest ones. */
const mostTasks = 5;
const mostEvents = 10;

export function evidenceOf(
  stopped: readonly TaskSnapshot[],
  events: readonly ServiceEventSnapshot[],
  deployments: readonly DeploymentSnapshot[],
): readonly Evidence[] {
  return [...deployments.map(deploymentEvidence), ...eventEvidence(events), ...taskEvidence(stopped)];
}

function deploymentEvidence(deployment: DeploymentSnapshot): Evidence {
  const { id, status, rolloutState, rolloutStateReason, running, desired, pending, failed } = deployment;
  const state = [status, rolloutState].filter(Boolean).join(' ');
  const counts = `${running} of ${desired} running, ${pending} pending, ${failed} failed`;
  const told = oneLine(plainWords(unusual(rolloutStateReason)));
  const reason = told === '' ? '' : `: ${told}`;
  return {
    kind: 'deployment',
    at: deployment.updatedAt,
    text: `${id} ${revisionName(deployment.taskDefinition)} ${state}, ${counts}${reason}`,
  };
}

const alarming =
  /unable|fail|unhealthy|error|roll(ing|ed) back|alarm|missing|throttl|impaired|circuit breaker/iu;

function eventEvidence(events: readonly ServiceEventSnapshot[]): readonly Evidence[] {
  const alike = new Map<string, { readonly at: number; readonly text: string; count: number }>();
  for (const { at, message } of events) {
    if (!alarming.test(withoutNames(message)) && causeOf(message) === null) continue;
    const text = oneLine(plainWords(message));
    const key = text.replace(ids, '');
    const first = alike.get(key) ?? { at, text, count: 0 };
    first.count += 1;
    alike.set(key, first);
  }
  return [...alike.values()].slice(-mostEvents).map(({ at, text, count }) => ({
    kind: 'event',
    at,
    text: count > 1 ? `${text} (and ${count - 1} more alike)` : text,
  }));
}

/** Tasks, instances and ports: the same of another one is no news. */
const ids = /\((?:task|instance|container-instance|port) [^)]*\)|\b[0-9a-f]{32}\b/gu;

/**
 * Tasks that were taken away on purpose are evidence only when there are no others. Tasks that ended alike are told once,
 * the latest of them, with how many more there were.
 */
function taskEvidence(stopped: readonly TaskSnapshot[]): readonly Evidence[] {
  const telling = stopped.filter((task) => taskCause(task) !== null);
  const alike = new Map<string, TaskSnapshot[]>();
  for (const task of telling.length > 0 ? telling : stopped) {
    const key = [saidOf(task), ...containersOf(task)].join('\n');
    alike.set(key, [...(alike.get(key) ?? []), task]);
  }
  return [...alike.values()].slice(-mostTasks).flatMap(ofTasks);
}

function ofTasks(tasks: readonly TaskSnapshot[]): readonly Evidence[] {
  const task = tasks.at(-1);
  if (!task) return [];
  const id = task.arn.split('/').at(-1) ?? task.arn;
  const more = tasks.length > 1 ? ` (and ${tasks.length - 1} more alike)` : '';
  const lines: readonly (readonly ['task' | 'container', string])[] = [
    ['task', `${id} ${saidOf(task)}${more}`],
    ...containersOf(task).map((text) => ['container', `${id} ${text}`] as const),
  ];
  return lines.map(([kind, text]) =>
    task.stoppedAt === undefined ? { kind, text } : { kind, at: task.stoppedAt, text },
  );
}

function saidOf(task: TaskSnapshot): string {
  return oneLine(
    plainWords([task.stopCode, task.stoppedReason].filter(Boolean).join(': ') || task.lastStatus),
  );
}

/** Exit codes of a container that was told to stop: ended in order, or by SIGTERM. */
const toldToStop = new Set([0, 143]);

/** The containers that tell something, the guilty ones first: when one fails, ECS stops the others with it. */
function containersOf(task: TaskSnapshot): readonly string[] {
  const telling = task.containers.filter(({ exitCode, reason }) => exitCode !== undefined || reason);
  const guilty = telling.filter(
    ({ exitCode, reason }) => reason !== undefined || !toldToStop.has(exitCode ?? 0),
  );
  const others = telling.filter((container) => !guilty.includes(container));
  return [
    ...guilty.map((container) => containerText(container, false)),
    ...others.map((container) => containerText(container, guilty.length > 0)),
  ];
}

function containerText(
  { name, exitCode, reason, image, imageDigest, healthStatus }: ContainerSnapshot,
  stoppedWithTask: boolean,
): string {
  const meaning =
    exitCode === undefined ? '' : stoppedWithTask ? 'stopped with the task' : exitMeaning(exitCode);
  const parts = [
    exitCode === undefined ? '' : `exit code ${exitCode} (${meaning})`,
    reason ? oneLine(plainWords(reason)) : '',
    healthStatus && healthStatus !== 'UNKNOWN' ? `health ${healthStatus}` : '',
    image ? `image ${image}${imageDigest && !image.includes('@') ? ` @ ${imageDigest}` : ''}` : '',
  ];
  return `${name}: ${parts.filter(Boolean).join(', ')}`;
}
