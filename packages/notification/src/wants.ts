import type { RunRecord } from '@bamboo-ecs/report';

export type NotifyOn = 'always' | 'failure' | 'change';

/** Commands that only look. */
const looking = new Set(['status', 'history', '']);

/**
 * Is this run worth a message? `change`: whatever changed something, tried to, or was refused; not a run that found nothing
 * to do, nor a plan. `failure`: an exit code that is none of a success. `always`: each run but those that only look.
 */
export function wantsNotification(
  on: NotifyOn,
  { command, exitCode, outcome }: Pick<RunRecord, 'command' | 'exitCode' | 'outcome'>,
): boolean {
  if (looking.has(command)) return false;
  const failed = exitCode !== 0 && exitCode !== 10;
  switch (on) {
    case 'always':
      return true;
    case 'failure':
      return failed;
    case 'change':
      return command !== 'plan' && (failed || outcome !== 'unchanged');
  }
}
