// How many tasks a service wants, and between which bounds a deployment keeps them.
import { needOf } from './task-need.ts';
import { flagOf, numberOf, objectOf, objectsOf, textOf } from './members.ts';
import { eligible } from './placement.ts';
import type { ServiceState } from './service-state.ts';
import { primaryOf } from './world.ts';
import type { World } from './world.ts';

export interface Bounds {
  readonly desired: number;
  /** Healthy running tasks that must stay: minimumHealthyPercent, rounded up. */
  readonly floor: number;
  /** Running and pending tasks that may be: maximumPercent, rounded down. */
  readonly ceiling: number;
}

/** AWS: "deployment-type-ecs" and DeploymentConfiguration. A DAEMON service wants one task on each eligible instance. */
export function boundsOf(world: World, service: ServiceState): Bounds {
  const daemon = service.schedulingStrategy === 'DAEMON';
  const configuration = objectOf(service.attributes, 'deploymentConfiguration');
  const minimum = numberOf(configuration, 'minimumHealthyPercent') ?? (daemon ? 0 : 100);
  const maximum = numberOf(configuration, 'maximumPercent') ?? (daemon ? 100 : 200);
  const desired = daemon ? daemonCount(world, service) : service.desiredCount;
  return {
    desired,
    floor: Math.ceil((desired * minimum) / 100),
    ceiling: Math.floor((desired * maximum) / 100),
  };
}

/**
 * With early success criteria a rolling deployment is done once so many tasks are healthy; `deferred`: the old ones may be stopped
 * afterwards (DeploymentEarlySuccessCriteria). Null without.
 */
export function enoughOf(
  service: ServiceState,
  desired: number,
): { readonly count: number; readonly deferred: boolean } | null {
  const configuration = objectOf(service.attributes, 'deploymentConfiguration');
  const early = objectOf(configuration, 'earlySuccessCriteria');
  if (!(flagOf(early, 'enable') ?? false) || (textOf(configuration, 'strategy') ?? 'ROLLING') !== 'ROLLING')
    return null;
  const percent = Math.min(100, numberOf(early, 'healthyPercent') ?? 100);
  const deferred = textOf(early, 'sourceServiceRevisionCleanup') === 'DEFERRED';
  return { count: Math.ceil((desired * percent) / 100), deferred };
}

function daemonCount(world: World, service: ServiceState): number {
  const cluster = world.state.clusters.get(service.cluster);
  const primary = primaryOf(service);
  const definition = primary && findDefinition(world, primary.taskDefinition);
  if (cluster === undefined || definition === undefined) return 0;
  const constraints = objectsOf(service.attributes, 'placementConstraints');
  return eligible(cluster, needOf(definition.definition), { constraints }).length;
}

export function findDefinition(world: World, arn: string) {
  for (const revisions of world.state.taskDefinitions.values()) {
    const found = revisions.find((revision) => revision.arn === arn);
    if (found !== undefined) return found;
  }
  return undefined;
}
