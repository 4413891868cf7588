// What every operation needs.
import type { Clock } from '@bamboo-ecs/rollout';
import type { EcsClient } from './client.ts';

export interface Context {
  readonly client: EcsClient;
  readonly clock: Clock;
  readonly random: () => number;
}

/** `service x in cluster y`, for messages. */
export function serviceSubject(cluster: string, service: string): string {
  return `service ${service} in cluster ${cluster}`;
}
