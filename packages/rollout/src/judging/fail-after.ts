// How much evidence is enough to give a rollout up before its time is up.
import type { JudgeInput } from './input.ts';

/**
 * As set, else as ECS's own circuit breaker at its smallest; for many tasks a quarter of them, so that three unlucky ones of fifty
 * prove nothing.
 */
export function failAfter({ settings }: JudgeInput, desired: number): number {
  return settings?.crashLoopAfter ?? Math.min(20, Math.max(3, Math.ceil(desired / 4)));
}

/** How far ECS's clock is ahead of ours: its events and tasks have its times. */
export function clockAhead({ adopted, createdAt, startedAt }: JudgeInput): number {
  return adopted === true || createdAt === undefined ? 0 : createdAt - startedAt;
}
