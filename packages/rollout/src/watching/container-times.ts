// How long a task takes to count as healthy, and how long it takes to stop.
import type { JsonObject } from '@bamboo-ecs/release';
import { numberOf, objectOf, objectsOf, textOf } from '../json.ts';

export interface Seconds {
  readonly seconds: number;
  readonly parts: readonly string[];
}

/** "Amazon ECS deployment": without load balancer and health check a task counts as healthy after 40 s of running. */
const bareSeconds = 40;
/** Target groups: 5 passed checks of 30 s by default; classic load balancers: 10. */
const targetGroupSeconds = 150;
const classicSeconds = 300;
/** "HealthCheck", ECS API Reference. */
const healthDefaults = { interval: 30, retries: 3, startPeriod: 0 };
/** ContainerDefinition.stopTimeout, seconds. */
const defaultStopSeconds = 30;

export function healthSeconds(service: JsonObject, taskDefinition: JsonObject): Seconds {
  const found = [graceSeconds(service), balancerSeconds(service), containerSeconds(taskDefinition)];
  const seconds = found.reduce((sum, one) => sum + one.seconds, 0);
  if (seconds > 0) return { seconds, parts: found.flatMap(({ parts }) => parts) };
  return { seconds: bareSeconds, parts: [`${bareSeconds} s until a running task counts as healthy`] };
}

export function stopSeconds(taskDefinition: JsonObject): number {
  const containers = objectsOf(taskDefinition, 'containerDefinitions');
  return Math.max(
    defaultStopSeconds,
    ...containers.map((container) => numberOf(container, 'stopTimeout') ?? defaultStopSeconds),
  );
}

function graceSeconds(service: JsonObject): Seconds {
  const seconds = numberOf(service, 'healthCheckGracePeriodSeconds') ?? 0;
  return { seconds, parts: seconds > 0 ? [`${seconds} s grace period`] : [] };
}

function balancerSeconds(service: JsonObject): Seconds {
  const balancers = objectsOf(service, 'loadBalancers');
  if (balancers.length === 0) return { seconds: 0, parts: [] };
  const classic = balancers.some((balancer) => textOf(balancer, 'loadBalancerName') !== undefined);
  const seconds = classic ? classicSeconds : targetGroupSeconds;
  return { seconds, parts: [`${seconds} s load balancer health checks`] };
}

/** Containers that wait for another's health start one after the other: then their times add up. */
function containerSeconds(taskDefinition: JsonObject): Seconds {
  const containers = objectsOf(taskDefinition, 'containerDefinitions');
  const times = containers.flatMap((container) => {
    const check = objectOf(container, 'healthCheck');
    return check ? [checkSeconds(check)] : [];
  });
  if (times.length === 0) return { seconds: 0, parts: [] };
  const chained = containers.some((container) =>
    objectsOf(container, 'dependsOn').some((dependency) => textOf(dependency, 'condition') === 'HEALTHY'),
  );
  const seconds = chained ? times.reduce((sum, time) => sum + time, 0) : Math.max(...times);
  return { seconds, parts: [`${seconds} s container health checks`] };
}

function checkSeconds(check: JsonObject): number {
  const interval = numberOf(check, 'interval') ?? healthDefaults.interval;
  const retries = numberOf(check, 'retries') ?? healthDefaults.retries;
  return interval * retries + (numberOf(check, 'startPeriod') ?? healthDefaults.startPeriod);
}
