// The service itself goes away while it is watched.
import type { Verdict } from '../verdict.ts';
import type { JudgeInput } from './input.ts';
import { tasks } from './words.ts';

/** What was just created or updated may be missing from answers for seconds (eventual consistency). */
export const propagationMs = 30_000;

export function serviceGone(input: JudgeInput): Verdict | null {
  const { snapshot } = input;
  if (snapshot.status === 'ACTIVE') return null;
  if (snapshot.status === 'DRAINING') {
    const left = tasks(snapshot.running + snapshot.pending);
    return {
      kind: 'superseded',
      reason: `Somebody deleted the service while it was watched: it is DRAINING, ${left} left.`,
    };
  }
  if (isFresh(input) || isFirstMiss(input)) return null;
  return snapshot.status === 'INACTIVE'
    ? { kind: 'superseded', reason: 'Somebody deleted the service while it was watched: it is INACTIVE.' }
    : { kind: 'failed', reason: 'ECS does not know the service any more, though it was created or updated.' };
}

/** Too early to conclude anything from something that is not there. */
export function isFresh({ adopted, now, startedAt, watchedSince = startedAt }: JudgeInput): boolean {
  // From when it was sent: a registration that is throttled takes half a minute before that.
  return adopted !== true && now - Math.max(startedAt, watchedSince) < propagationMs;
}

/** An answer may be older than the one before it (eventual consistency): what is gone is gone in the next one, too. */
export function isFirstMiss({ missed }: JudgeInput): boolean {
  return missed === 1;
}
