// What the records of a place say of its last run: which version it left running, and when.
import type { HistoryEntry } from '@bamboo-ecs/report';
import type { LastRun } from '@bamboo-ecs/rollout';

/** Exit codes of runs that changed nothing. */
const changedNothing = new Set([2, 3, 4, 10]);

/** `entries` newest first. After a run whose outcome is not certain no version is said. */
export function lastRunOf(entries: readonly HistoryEntry[]): LastRun {
  const runs = entries.filter(({ exitCode }) => exitCode === null || !changedNothing.has(exitCode));
  const ends = entries.map(endOf);
  // One that was rolled back left what was there before: the run before it says what that is.
  const left = runs.find((entry) => entry.exitCode !== 5 && !isTakenBack(entry));
  // What waits at a PAUSE hook may go on or back without any run of ours.
  const certain = left?.exitCode === 0 && left.outcome !== 'paused' ? left : undefined;
  return {
    version: certain?.version ?? null,
    versionAt: certain ? endOf(certain) : null,
    endedAt: ends.length > 0 ? Math.max(...ends) : null,
  };
}

/** `continue --action=rollback` ends well, and its version is the one that was taken back. */
function isTakenBack({ command, outcome }: HistoryEntry): boolean {
  return command === 'continue' && outcome === 'rolled back';
}

export function endOf({ at, durationMs }: HistoryEntry): number {
  return at + durationMs;
}
