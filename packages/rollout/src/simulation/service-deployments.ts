// The records behind the service deployments API: one for each deployment that a person or a program started.
import { arnOf, serviceDeploymentId } from './ids.ts';
import { flagOf, objectOf } from './members.ts';
import type {
  DeploymentState,
  ServiceDeploymentState,
  ServiceDeploymentStatus,
  ServiceState,
} from './service-state.ts';
import { strategyOf } from './stages/steps.ts';
import type { World } from './world.ts';

const final: ReadonlySet<ServiceDeploymentStatus> = new Set([
  'SUCCESSFUL',
  'STOPPED',
  'ROLLBACK_SUCCESSFUL',
  'ROLLBACK_FAILED',
]);

export function isFinished(record: ServiceDeploymentState): boolean {
  return final.has(record.status);
}

export function newRecord(
  world: World,
  service: ServiceState,
  deploymentId: string,
  targetRevision: string,
): ServiceDeploymentState {
  const configuration = objectOf(service.attributes, 'deploymentConfiguration');
  const shifts = strategyOf(configuration) !== 'ROLLING';
  const monitored = flagOf(objectOf(configuration, 'deploymentCircuitBreaker'), 'enable') ?? false;
  const record: ServiceDeploymentState = {
    arn: arnOf(world, `service-deployment/${service.key}/${serviceDeploymentId(world)}`),
    deploymentId,
    createdAt: world.now,
    targetRevision,
    sourceRevisions: service.deployments.filter(({ keep }) => keep > 0).map(({ revisionArn }) => revisionArn),
    startedAt: null,
    updatedAt: world.now,
    finishedAt: null,
    stoppedAt: null,
    status: 'PENDING',
    statusReason: null,
    rollback: null,
    breaker: monitored ? 'MONITORING' : 'DISABLED',
    failureCount: 0,
    configuration,
    step: 0,
    stepAt: null,
    stage: 'RECONCILE_SERVICE',
    hooks: [],
    productionWeight: shifts ? 0 : null,
    testWeight: shifts ? 0 : null,
    triggeredAlarms: [],
  };
  service.serviceDeployments.unshift(record);
  return record;
}

/** The record that a deployment belongs to: its own, or that of the deployment that it takes back. */
export function recordOf(
  service: ServiceState,
  deployment: DeploymentState,
): ServiceDeploymentState | undefined {
  const id = deployment.rollbackOf ?? deployment.id;
  return service.serviceDeployments.find((record) => record.deploymentId === id);
}

export function advanceRecord(
  world: World,
  record: ServiceDeploymentState | undefined,
  status: ServiceDeploymentStatus,
  reason?: string,
): void {
  if (record === undefined || isFinished(record)) return;
  record.status = status;
  record.updatedAt = world.now;
  if (reason !== undefined) record.statusReason = reason;
  if (status === 'IN_PROGRESS') record.startedAt = world.now;
  if (status === 'STOPPED') record.stoppedAt = world.now;
  if (!final.has(status)) return;
  record.finishedAt = world.now;
  if (record.breaker === 'MONITORING') record.breaker = 'MONITORING_COMPLETE';
}
