// How many tasks the deployment configuration lets a rolling update have.
import type { JsonObject } from '@bamboo-ecs/release';
import { numberOf, objectOf, textOf } from './json.ts';

export interface DeploymentLimits {
  readonly desired: number;
  readonly minimumPercent: number;
  readonly maximumPercent: number;
  /** At least so many must stay healthy: rounded up. */
  readonly floor: number;
  /** At most so many may run or be pending: rounded down. */
  readonly ceiling: number;
  /** Nothing can be stopped and nothing can be started. */
  readonly stuck: boolean;
}

/**
 * "DeploymentConfiguration", ECS API Reference: defaults 100 and 200 (DAEMON: 0 and 100); the minimum is rounded up, the
 * maximum down. `definition` is a CreateService or UpdateService request or a described service.
 */
export function deploymentLimits(definition: JsonObject, desired: number): DeploymentLimits {
  const configuration = objectOf(definition, 'deploymentConfiguration');
  const daemon = textOf(definition, 'schedulingStrategy') === 'DAEMON';
  const minimumPercent = numberOf(configuration, 'minimumHealthyPercent') ?? (daemon ? 0 : 100);
  const maximumPercent = numberOf(configuration, 'maximumPercent') ?? (daemon ? 100 : 200);
  // Whole percents of whole tasks: multiply first, so that no fraction creeps in.
  const floor = Math.ceil((desired * minimumPercent) / 100);
  const ceiling = Math.floor((desired * maximumPercent) / 100);
  const stuck = desired > 0 && floor >= desired && ceiling <= desired;
  return { desired, minimumPercent, maximumPercent, floor, ceiling, stuck };
}

/** `ROLLING` unless another strategy is named. */
export function deploymentStrategy(definition: JsonObject): string {
  return textOf(objectOf(definition, 'deploymentConfiguration'), 'strategy') ?? 'ROLLING';
}
