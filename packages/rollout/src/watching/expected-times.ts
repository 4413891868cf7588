// How long the parts of a rollout take when nothing goes wrong: what a forecast counts with.
import type { JsonObject } from '@bamboo-ecs/release';
import { numberOf, objectOf, objectsOf, textOf } from '../json.ts';
import { strategySeconds } from './strategy-times.ts';

export interface ExpectedTimesInput {
  /** CreateService or UpdateService request, or the described service, or one spread over the other. */
  readonly service: JsonObject;
  readonly taskDefinition: JsonObject;
  /** Of the target group, where known; ECS does not say it. */
  readonly deregistrationDelaySeconds?: number;
}

export interface ExpectedTimes {
  /** From the start of a task's container to healthy. */
  readonly healthSeconds: number;
  /** From the decision to stop a task to its SIGTERM. */
  readonly drainSeconds: number;
  /** Once for the whole rollout: steps, bake times, hooks. */
  readonly strategySeconds: number;
  /** What it is made of, for the log. */
  readonly parts: readonly string[];
}

/** "Amazon ECS deployment": without load balancer and health check a task counts as healthy after 40 s of running. */
const bareSeconds = 40;
/** "Health checks for Application Load Balancer target groups": every 30 s, and one passed check makes a new target healthy. */
const targetGroupSeconds = 30;
/** A classic load balancer wants 10 of them. */
const classicSeconds = 300;
/** "HealthCheck", ECS API Reference. */
const checkIntervalSeconds = 30;
/** Default of a target group ("Edit target group attributes", Elastic Load Balancing). */
const defaultDeregistrationSeconds = 300;
/** Longer settings are a mistake; keeps the sums finite. */
const mostSeconds = 7 * 24 * 3600;

/**
 * A grace period is granted to tasks that are slow to start, so a task may take all of it; health checks run meanwhile, so the longer
 * of them counts, not the sum.
 */
export function expectedTimes(input: ExpectedTimesInput): ExpectedTimes {
  const { service, taskDefinition } = input;
  const balancers = objectsOf(service, 'loadBalancers');
  const waits = [
    { seconds: numberOf(service, 'healthCheckGracePeriodSeconds') ?? 0, what: 'grace period' },
    { seconds: balancerSeconds(balancers), what: 'until the load balancer finds a task healthy' },
    { seconds: containerSeconds(taskDefinition), what: 'until the container health check passes' },
  ].map((wait) => ({ ...wait, seconds: bounded(wait.seconds) }));
  const longest = waits.reduce((best, wait) => (wait.seconds > best.seconds ? wait : best));
  const health =
    longest.seconds > 0 ? longest : { seconds: bareSeconds, what: 'until a running task counts as healthy' };
  const drain =
    balancers.length > 0 ? bounded(input.deregistrationDelaySeconds ?? defaultDeregistrationSeconds) : 0;
  const strategy = strategySeconds(service);
  return {
    healthSeconds: health.seconds,
    drainSeconds: drain,
    strategySeconds: bounded(strategy.seconds),
    parts: [
      `${health.seconds} s ${health.what}`,
      ...(drain > 0 ? [`${drain} s deregistration delay`] : []),
      ...strategy.parts,
    ],
  };
}

function bounded(seconds: number): number {
  return Math.min(Math.max(0, seconds), mostSeconds);
}

function balancerSeconds(balancers: readonly JsonObject[]): number {
  if (balancers.length === 0) return 0;
  const classic = balancers.some((balancer) => textOf(balancer, 'loadBalancerName') !== undefined);
  return classic ? classicSeconds : targetGroupSeconds;
}

function containerSeconds(taskDefinition: JsonObject): number {
  const times = objectsOf(taskDefinition, 'containerDefinitions').map((container) => {
    const check = objectOf(container, 'healthCheck');
    if (check === undefined) return 0;
    return (numberOf(check, 'interval') ?? checkIntervalSeconds) + (numberOf(check, 'startPeriod') ?? 0);
  });
  return Math.max(0, ...times);
}
