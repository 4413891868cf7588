// Why one task stopped.
import type { ContainerSnapshot, TaskSnapshot } from '../snapshot.ts';
import type { Cause } from './cause.ts';
import { causeOf } from './patterns.ts';

export interface TaskCause {
  readonly cause: Cause;
  /** The container that it began with, where it can be told. */
  readonly container?: ContainerSnapshot;
  /** AWS's own words. */
  readonly text: string;
}

/** Ends that are nobody's fault: ECS takes tasks away when it scales in or replaces them. */
const routine = /Scaling activity initiated by|^Deployment completed|Task stopped by|Task was stopped by/iu;
const interruptions: ReadonlySet<string> = new Set([
  'SpotInterruption',
  'TerminationNotice',
  'InfrastructureHealth',
]);

/** Null when the task was taken away on purpose, or when nothing says why it stopped. */
export function taskCause(task: TaskSnapshot): TaskCause | null {
  const reason = task.stoppedReason ?? '';
  if (task.stopCode !== undefined && interruptions.has(task.stopCode)) {
    return { cause: 'interrupted', text: reason || task.stopCode };
  }
  if (task.stopCode === 'UserInitiated' || routine.test(reason)) return null;
  return byText(task, reason) ?? byExit(task, reason) ?? failedToStart(task, reason);
}

/** The task's own reason first: containers of a task killed for its health all look killed. */
function byText(task: TaskSnapshot, reason: string): TaskCause | null {
  const cause = causeOf(reason);
  if (cause) {
    const container =
      task.containers.find((one) => one.reason && causeOf(one.reason) === cause) ?? only(task);
    return { cause, text: reason, ...(container && { container }) };
  }
  // Where a container that matters has ended by itself, what another one lacks is not the reason.
  const essential = task.containers.filter((one) => one.essential !== false);
  const ended = essential.some(({ exitCode }) => exitCode !== undefined);
  for (const container of ended ? essential : task.containers) {
    const found = container.reason ? causeOf(container.reason) : null;
    if (found) return { cause: found, container, text: container.reason ?? '' };
  }
  return null;
}

function byExit(task: TaskSnapshot, reason: string): TaskCause | null {
  // The scheduler's own stops end with exit codes, too.
  if (task.stopCode === 'ServiceSchedulerInitiated') return null;
  const container = culprit(task.containers);
  const exited = task.stopCode === 'EssentialContainerExited' || /essential container/iu.test(reason);
  if (!exited && (task.stopCode === 'TaskFailedToStart' || !isOwnFault(container?.exitCode))) return null;
  return { cause: 'crash-loop', text: reason, ...(container && { container }) };
}

function failedToStart(task: TaskSnapshot, reason: string): TaskCause | null {
  if (task.stopCode !== 'TaskFailedToStart') return null;
  const container = task.containers.find((one) => one.reason) ?? culprit(task.containers);
  const text = container?.reason ?? reason;
  return { cause: 'container-cannot-start', text, ...(container && { container }) };
}

/** SIGKILL, SIGTERM, CTRL+C on Windows. */
const toldToStop: ReadonlySet<number> = new Set([0, 137, 143, 3_221_225_786]);

/** Not an obedient end, and not killed or told to stop by somebody. */
function isOwnFault(exitCode: number | undefined): boolean {
  return exitCode !== undefined && !toldToStop.has(exitCode);
}

/**
 * When one container exits, ECS stops the others: those end with 137 or 143, or 0 when they obey. One that is not essential may have
 * ended long before, as it should (an init container); only where no other has run it is the one.
 */
function culprit(containers: readonly ContainerSnapshot[]): ContainerSnapshot | undefined {
  const ended = containers.filter(({ exitCode }) => exitCode !== undefined);
  const essential = ended.filter((one) => one.essential !== false);
  const exited = essential.length > 0 ? essential : ended;
  return (
    exited.find(({ exitCode }) => isOwnFault(exitCode)) ??
    exited.find(({ exitCode }) => exitCode !== 0) ??
    exited[0] ??
    only({ containers })
  );
}

function only({ containers }: Pick<TaskSnapshot, 'containers'>): ContainerSnapshot | undefined {
  return containers.length === 1 ? containers[0] : undefined;
}
