// How a run ended, at a glance: a word, a sign and a colour for each exit code, never the colour alone.
import type { IconName } from './icon.ts';
import type { Tone } from './tone.ts';

export interface Status {
  readonly tone: Tone;
  readonly icon: IconName;
  /** A few words: `Failed, the version before is back`. */
  readonly words: string;
}

interface Ended {
  readonly exitCode: number | null;
  readonly outcome: string;
  /** Nothing ran before that could be gone back to. */
  readonly first?: boolean;
}

const byCode: ReadonlyMap<number, Status> = new Map([
  [1, { tone: 'bad', icon: 'cross', words: 'Broken off by a mistake in the program' }],
  [2, { tone: 'bad', icon: 'stop', words: 'Misconfigured, nothing was changed' }],
  [3, { tone: 'bad', icon: 'stop', words: 'Trouble with the repository or registry' }],
  [4, { tone: 'bad', icon: 'stop', words: 'Refused, nothing was changed' }],
  [5, { tone: 'careful', icon: 'back', words: 'Failed, the version before is back' }],
  [6, { tone: 'bad', icon: 'cross', words: 'Failed, the version before is NOT back' }],
  [7, { tone: 'bad', icon: 'clock', words: 'Timed out, not rolled back' }],
  [8, { tone: 'careful', icon: 'swap', words: 'Superseded by another deployment' }],
  [9, { tone: 'careful', icon: 'question', words: 'Outcome unknown' }],
  [10, { tone: 'neutral', icon: 'list', words: 'Something to do' }],
  [75, { tone: 'careful', icon: 'pause', words: 'Stopped' }],
]);

const byOutcome: ReadonlyMap<string, Status> = new Map([
  ['steady', { tone: 'good', icon: 'check', words: 'Installed and steady' }],
  ['unchanged', { tone: 'neutral', icon: 'same', words: 'Nothing to do' }],
  ['planned', { tone: 'neutral', icon: 'list', words: 'Planned, nothing was changed' }],
  ['published', { tone: 'good', icon: 'check', words: 'Published' }],
  ['already-published', { tone: 'neutral', icon: 'same', words: 'Published already' }],
  ['expanded', { tone: 'good', icon: 'check', words: 'Expanded, not published' }],
  ['paused', { tone: 'neutral', icon: 'pause', words: 'Paused, waits for a decision' }],
  ['rolled back', { tone: 'good', icon: 'back', words: 'Rolled back as asked' }],
  ['healthy', { tone: 'good', icon: 'check', words: 'Healthy' }],
  ['partly told', { tone: 'careful', icon: 'question', words: 'Partly told' }],
  ['not installed', { tone: 'neutral', icon: 'question', words: 'Not installed' }],
  ['told', { tone: 'neutral', icon: 'list', words: 'Told' }],
  ['nothing', { tone: 'neutral', icon: 'same', words: 'Nothing recorded' }],
  ['ignored', { tone: 'neutral', icon: 'same', words: 'Branch ignored' }],
]);

/** The status of a run; a code that is none of ours, or none at all, is a failure. */
export function statusOf({ exitCode, outcome, first = false }: Ended): Status {
  if (exitCode === 6 && first)
    return { tone: 'bad', icon: 'cross', words: 'Failed, there was nothing to go back to' };
  if (exitCode === 0)
    return byOutcome.get(outcome) ?? { tone: 'good', icon: 'check', words: capital(outcome) };
  // With --exit-code `plan` and `status` answer 10, each about something else.
  if (exitCode === 10 && outcome !== 'planned')
    return { tone: 'careful', icon: 'question', words: 'Not as it should be' };
  const known = exitCode === null ? undefined : byCode.get(exitCode);
  return known ?? { tone: 'bad', icon: 'cross', words: capital(outcome) };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
