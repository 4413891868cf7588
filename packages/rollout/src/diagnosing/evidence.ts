// The facts that a diagnosis rests on, as lines.
import { revisionName } from '../arn.ts';
import { exitMeaning } from '../causes/exit-codes.ts';
import { causeOf } from '../causes/patterns.ts';
import { taskCause } from '../causes/task-cause.ts';
import type { Evidence } from '../diagnosis.ts';
import type {
  ContainerSnapshot,
  DeploymentSnapshot,
  ServiceEventSnapshot,
  TaskSnapshot,
} from '../snapshot.ts';
import { oneLine } from './one-line.ts';

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
  const reason = rolloutStateReason ? `: ${oneLine(rolloutStateReason)}` : '';
  return {
    kind: 'deployment',
    at: deployment.updatedAt,
    text: `${id} ${revisionName(deployment.taskDefinition)} ${state}, ${counts}${reason}`,
  };
}

const alarming =
  /unable|fail|unhealthy|error|roll(ing|ed) back|alarm|missing|throttl|impaired|circuit breaker/iu;

function eventEvidence(events: readonly ServiceEventSnapshot[]): readonly Evidence[] {
  return events
    .filter(({ message }) => alarming.test(message) || causeOf(message) !== null)
    .slice(-mostEvents)
    .map(({ at, message }) => ({ kind: 'event', at, text: oneLine(message) }));
}

/** Tasks that were taken away on purpose are evidence only when there are no others. */
function taskEvidence(stopped: readonly TaskSnapshot[]): readonly Evidence[] {
  const telling = stopped.filter((task) => taskCause(task) !== null);
  const shown = (telling.length > 0 ? telling : stopped).slice(-mostTasks);
  return shown.flatMap(ofTask);
}

function ofTask(task: TaskSnapshot): readonly Evidence[] {
  const said = [task.stopCode, task.stoppedReason].filter(Boolean).join(': ') || task.lastStatus;
  const id = task.arn.split('/').at(-1) ?? task.arn;
  const containers = task.containers.filter(({ exitCode, reason }) => exitCode !== undefined || reason);
  const lines: readonly (readonly ['task' | 'container', string])[] = [
    ['task', `${id} ${oneLine(said)}`],
    ...containers.map((container) => ['container', containerText(id, container)] as const),
  ];
  return lines.map(([kind, text]) =>
    task.stoppedAt === undefined ? { kind, text } : { kind, at: task.stoppedAt, text },
  );
}

function containerText(
  id: string,
  { name, exitCode, reason, image, imageDigest, healthStatus }: ContainerSnapshot,
): string {
  const parts = [
    exitCode === undefined ? '' : `exit code ${exitCode} (${exitMeaning(exitCode)})`,
    reason ? oneLine(reason) : '',
    healthStatus && healthStatus !== 'UNKNOWN' ? `health ${healthStatus}` : '',
    image ? `image ${image}${imageDigest && !image.includes('@') ? ` @ ${imageDigest}` : ''}` : '',
  ];
  return `${id} ${name}: ${parts.filter(Boolean).join(', ')}`;
}
