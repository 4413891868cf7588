import { plainWords } from '@bamboo-ecs/rollout';

/** ECS begins each service event with `(service hid-generator) `, which the reader knows; whole ARNs tell no more than names. */
export function withoutService(message: string, service: string): string {
  const prefix = `(service ${service}) `;
  return plainWords(message.startsWith(prefix) ? message.slice(prefix.length) : message);
}
