// How much evidence is enough to give a rollout up before its time is up.
import type { JudgeInput } from './input.ts';

/**
 * As set, else as ECS's own circuit breaker at its smallest; for many tasks a quarter of them, so that three unlucky ones of fifty
 * prove nothing.
 */
export function failAfter({ settings }: JudgeInput, desired: number): number {
  return settings?.crashLoopAfter ?? Math.min(20, Math.max(3, Math.ceil(desired / 4)));
}

/**
 * How far ECS's clock is ahead of ours: its events and tasks have its times. Ours was created between the start of the apply, which may
 * wait for a throttled registration, and the start of the watch: only what lies outside of that is the clocks' difference.
 */
export function clockAhead({
  adopted,
  createdAt,
  startedAt,
  watchedSince = startedAt,
}: Pick<JudgeInput, 'adopted' | 'createdAt' | 'startedAt' | 'watchedSince'>): number {
  if (adopted === true || createdAt === undefined) return 0;
  return createdAt > watchedSince ? createdAt - watchedSince : Math.min(0, createdAt - startedAt);
}
