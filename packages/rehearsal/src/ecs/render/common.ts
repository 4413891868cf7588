// What all answers have in common.
import type { JsonObject, Tags } from '@bamboo-ecs/rollout/simulation';

/** ECS sends times as seconds since the epoch, with milliseconds after the point. */
export function seconds(ms: number): number {
  return ms / 1000;
}

/** The member with this time, or nothing. */
export function timeMember(name: string, ms: number | null): JsonObject {
  return ms === null ? {} : { [name]: seconds(ms) };
}

/** The member, or nothing when the value is null. */
export function maybe(name: string, value: string | number | null | undefined): JsonObject {
  return value === null || value === undefined ? {} : { [name]: value };
}

export function tagList(tags: Tags): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

/** A failure of a Describe call. */
export function missingFailure(arn: string): JsonObject {
  return { arn, reason: 'MISSING' };
}
