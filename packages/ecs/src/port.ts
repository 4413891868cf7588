// The port of rollout over the AWS SDK: wiring only, one file per noun does the work.
import type { Clock, EcsPort, ScalableTarget } from '@bamboo-ecs/rollout';
import { call } from './call.ts';
import type { EcsClient } from './client.ts';
import { clusterRoom } from './cluster-room.ts';
import { describeCluster } from './clusters.ts';
import { type Context, serviceSubject } from './context.ts';
import type { ScalingLookUp } from './scaling.ts';
import { createService, describeServices, updateService } from './services.ts';
import { continueDeployment, ServiceDeployments } from './service-deployments.ts';
import { stopDeployment } from './stop-deployment.ts';
import {
  deregisterTaskDefinition,
  describeTaskDefinition,
  listTaskDefinitions,
  registerTaskDefinition,
  tagTaskDefinition,
} from './task-definitions.ts';
import { listFamilyTasks, listTasks } from './tasks.ts';

export interface EcsPortOptions {
  readonly client: EcsClient;
  /** Stamps the snapshots and waits between repetitions of writes. */
  readonly clock: Clock;
  /** Who owns the desired count; default: Application Auto Scaling, asked with the client's settings. */
  readonly scaling?: ScalingLookUp | undefined;
  /** For the waits, 0 ≤ x < 1; default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/**
 * Every method rejects with an `EcsError` only. Reads are repeated by the SDK (4 attempts, adaptive); writes go out
 * once, and again only after an answer that says that nothing was done. Each call has a time limit.
 */
export function createEcsPort(options: EcsPortOptions): EcsPort {
  const { client, clock } = options;
  const context: Context = { client, clock, random: options.random ?? Math.random };
  const scaling = options.scaling ?? client.scaling;
  const serviceDeployments = new ServiceDeployments(context);
  return {
    describeServices: (cluster, services) => describeServices(context, cluster, services),
    describeTaskDefinition: (reference) => describeTaskDefinition(context, reference),
    registerTaskDefinition: (request, tags) => registerTaskDefinition(context, request, tags),
    createService: (request) => createService(context, request),
    updateService: (request) => updateService(context, request),
    listTasks: (cluster, service, desiredStatus, limit) =>
      listTasks(context, cluster, service, desiredStatus, limit),
    listTaskDefinitions: (family, limit) => listTaskDefinitions(context, family, limit),
    deregisterTaskDefinition: (arn) => deregisterTaskDefinition(context, arn),
    listFamilyTasks: (cluster, family, limit) => listFamilyTasks(context, cluster, family, limit),
    tagTaskDefinition: (arn, tags) => tagTaskDefinition(context, arn, tags),
    stopDeployment: (cluster, service, deploymentId) =>
      stopDeployment(context, cluster, service, deploymentId),
    describeServiceDeployment: (cluster, service, deploymentId) =>
      serviceDeployments.describe(cluster, service, deploymentId),
    continueDeployment: (arn, hookId, action) => continueDeployment(context, arn, hookId, action),
    describeCluster: (cluster) => describeCluster(context, cluster),
    clusterRoom: (cluster, service) => clusterRoom(context, cluster, service),
    hasScalableTarget: async (cluster, service) => {
      const found = await withoutErrors(context, scaling, cluster, service);
      return found === null ? null : found !== 'none';
    },
    scalableTarget: (cluster, service) => withoutErrors(context, scaling, cluster, service),
  };
}

/** The answer is welcome, not worth a wait. */
const scalingLimit = 15_000;

/** Denied, not there, not reachable: all the same, it cannot be asked. */
async function withoutErrors(
  context: Context,
  scaling: ScalingLookUp,
  cluster: string,
  service: string,
): Promise<ScalableTarget | 'none' | null> {
  const what = { operation: 'DescribeScalableTargets', subject: serviceSubject(cluster, service) };
  const limit = Math.min(scalingLimit, context.client.limits.call);
  try {
    return await call({ ...what, mode: 'optional' }, limit, () => scaling(cluster, service));
  } catch {
    return null;
  }
}
