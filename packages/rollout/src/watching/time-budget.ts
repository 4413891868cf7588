// How long a rollout may take by the service's own settings: the default time-out.
import type { JsonObject } from '@bamboo-ecs/release';
import { numberOf, objectsOf } from '../json.ts';
import { duration } from '../judging/words.ts';
import { deploymentLimits, deploymentStrategy } from '../limits.ts';
import { healthSeconds, stopSeconds } from './container-times.ts';
import { strategySeconds } from './strategy-times.ts';

export interface TimeBudgetInput {
  /** CreateService or UpdateService request, or the described service, or one spread over the other. */
  readonly service: JsonObject;
  readonly taskDefinition: JsonObject;
  /** Of the target group, where known; ECS does not say it. */
  readonly deregistrationDelaySeconds?: number;
  /** How many lots of tasks the forecast saw, where it saw more than the limits alone say: host ports, memory. */
  readonly waves?: number;
  /** How long the forecast expects it to take, milliseconds. */
  readonly expectedMs?: number;
}

export interface TimeBudget {
  readonly ms: number;
  /** What it is made of, for the log. */
  readonly parts: readonly string[];
}

const leastSeconds = 10 * 60;
const mostSeconds = 24 * 3600;
/** A rollout that takes this much longer than expected is not given up yet. */
const patience = 1.5;
/** Beyond any cluster; keeps the sums finite. */
const mostTasks = 1_000_000;
/** Placing a task, pulling its image, starting it. No setting says it; images of a gigabyte take a minute or two. */
const startSeconds = 120;
/** Default of a target group ("Edit target group attributes", Elastic Load Balancing). */
const defaultDeregistrationSeconds = 300;

export function timeBudget({
  service,
  taskDefinition,
  deregistrationDelaySeconds,
  waves: seen = 1,
  expectedMs = 0,
}: TimeBudgetInput): TimeBudget {
  const balanced = objectsOf(service, 'loadBalancers').length > 0;
  const health = healthSeconds(service, taskDefinition);
  const drain = balanced ? (deregistrationDelaySeconds ?? defaultDeregistrationSeconds) : 0;
  const stop = stopSeconds(taskDefinition);
  const waves = rollingWaves(service, seen);
  const strategy = strategySeconds(service);
  const most = waves.count * (startSeconds + health.seconds + drain + stop) + strategy.seconds;
  const seconds = Math.max(most, (expectedMs / 1000) * patience);
  const parts = [
    waves.text,
    `${startSeconds} s to start a task`,
    ...health.parts,
    ...(balanced ? [`${drain} s deregistration delay`] : []),
    `${stop} s to stop a task`,
    ...strategy.parts,
  ];
  if (seconds > most)
    parts.push(`half as much again as the forecast's ${duration(Math.floor(expectedMs / 1000) * 1000)}`);
  if (seconds < leastSeconds) parts.push('at least 10 min');
  if (seconds > mostSeconds) parts.push('at most 24 h');
  const bounded = Math.min(Math.max(seconds, leastSeconds), mostSeconds);
  return { ms: Math.ceil(bounded) * 1000, parts };
}

/** How many times tasks are replaced, one lot after the other, within minimumHealthyPercent and maximumPercent. */
function rollingWaves(service: JsonObject, seen: number): { readonly count: number; readonly text: string } {
  const stated = Math.min(Math.max(0, numberOf(service, 'desiredCount') ?? 1), mostTasks);
  const desired = Math.max(1, stated);
  // The other strategies start the whole new set at once.
  if (deploymentStrategy(service) !== 'ROLLING') return { count: 1, text: '1 wave' };
  const limits = deploymentLimits(service, desired);
  const batch = Math.max(1, limits.ceiling - limits.floor);
  const count = Math.max(1, Math.ceil(desired / batch), Math.min(seen, mostTasks));
  const settings = `desired ${stated}, min ${limits.minimumPercent} %, max ${limits.maximumPercent} %`;
  return { count, text: `${count} ${count === 1 ? 'wave' : 'waves'} (${settings})` };
}
