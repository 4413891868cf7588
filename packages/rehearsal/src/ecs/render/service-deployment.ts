// Records of the service deployments API.
import type {
  HookState,
  JsonObject,
  ServiceDeploymentState,
  ServiceRevisionState,
  ServiceState,
  World,
} from '@bamboo-ecs/rollout/simulation';
import {
  boundsOf,
  breakerOf,
  flagOf,
  objectOf,
  pick,
  textsOf,
  thresholdOf,
} from '@bamboo-ecs/rollout/simulation';
import { maybe, seconds, timeMember } from './common.ts';
import { clusterArn, revisionSummary } from './service.ts';

export function renderBrief(world: World, service: ServiceState, record: ServiceDeploymentState): JsonObject {
  return {
    serviceDeploymentArn: record.arn,
    serviceArn: service.arn,
    clusterArn: clusterArn(world, service),
    ...timeMember('createdAt', record.createdAt),
    ...timeMember('startedAt', record.startedAt),
    ...timeMember('finishedAt', record.finishedAt),
    targetServiceRevisionArn: record.targetRevision,
    status: record.status,
    ...maybe('statusReason', record.statusReason),
  };
}

export function renderServiceDeployment(
  world: World,
  service: ServiceState,
  record: ServiceDeploymentState,
): JsonObject {
  const { targetServiceRevisionArn: _arn, ...brief } = renderBrief(world, service, record);
  return {
    ...brief,
    ...timeMember('stoppedAt', record.stoppedAt),
    ...timeMember('updatedAt', record.updatedAt),
    sourceServiceRevisions: record.sourceRevisions.map((arn) => summary(world, service, arn)),
    targetServiceRevision: {
      ...summary(world, service, record.targetRevision),
      ...maybe('requestedProductionTrafficWeight', record.productionWeight),
      ...maybe('requestedTestTrafficWeight', record.testWeight),
    },
    lifecycleStage: record.stage,
    ...(record.hooks.length === 0 ? {} : { lifecycleHookDetails: record.hooks.map(hookOf) }),
    deploymentConfiguration: record.configuration,
    ...(record.rollback === null ? {} : { rollback: rollbackOf(record.rollback) }),
    deploymentCircuitBreaker: {
      status: record.breaker,
      failureCount: record.failureCount,
      threshold: thresholdOf(breakerOf(service), boundsOf(world, service).desired),
    },
    alarms: alarmsOf(record),
  };
}

function hookOf(hook: HookState): JsonObject {
  return {
    hookId: hook.id,
    targetType: hook.type,
    ...maybe('targetArn', hook.target),
    status: hook.status,
    expiresAt: seconds(hook.expiresAt),
    timeoutAction: hook.timeoutAction,
  };
}

/** ServiceDeploymentAlarms: watched while the deployment goes on. */
function alarmsOf({ configuration, finishedAt, triggeredAlarms }: ServiceDeploymentState): JsonObject {
  const alarms = objectOf(configuration, 'alarms');
  const watched = flagOf(alarms, 'enable') ?? false;
  const ended = finishedAt === null ? 'MONITORING' : 'MONITORING_COMPLETE';
  const status = triggeredAlarms.length > 0 ? 'TRIGGERED' : ended;
  return {
    status: watched ? status : 'DISABLED',
    alarmNames: watched ? textsOf(alarms, 'alarmNames') : [],
    triggeredAlarmNames: triggeredAlarms,
  };
}

function rollbackOf(rollback: NonNullable<ServiceDeploymentState['rollback']>): JsonObject {
  return {
    reason: rollback.reason,
    startedAt: seconds(rollback.startedAt),
    serviceRevisionArn: rollback.revisionArn,
  };
}

/** With its counts while it is listed; a revision that has gone has none. */
function summary(world: World, service: ServiceState, arn: string): JsonObject {
  const deployment = service.deployments.find(({ revisionArn }) => revisionArn === arn);
  if (deployment === undefined)
    return { arn, requestedTaskCount: 0, runningTaskCount: 0, pendingTaskCount: 0 };
  const tasks = [...world.state.tasks.values()].filter((task) => task.service === service.key);
  return revisionSummary(world, service, deployment, tasks);
}

export function renderRevision(
  world: World,
  service: ServiceState,
  revision: ServiceRevisionState,
): JsonObject {
  return {
    serviceRevisionArn: revision.arn,
    serviceArn: service.arn,
    clusterArn: clusterArn(world, service),
    launchType: service.launchType,
    ...pick(revision.revision, [
      'taskDefinition',
      'loadBalancers',
      'serviceRegistries',
      'networkConfiguration',
      'platformVersion',
    ]),
    containerImages: revision.images.map(({ containerName, image, imageDigest }) => ({
      containerName,
      image,
      imageDigest,
    })),
    createdAt: seconds(revision.createdAt),
  };
}
