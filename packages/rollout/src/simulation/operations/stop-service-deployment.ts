// StopServiceDeployment.
import { rollBack } from '../circuit-breaker.ts';
import { EcsSimulationError, invalid } from '../simulation-error.ts';
import { advanceRecord, isFinished } from '../service-deployments.ts';
import type { ServiceDeploymentState, ServiceState } from '../service-state.ts';
import { changed } from '../new-deployment.ts';
import { primaryOf } from '../world.ts';
import type { World } from '../world.ts';

export function findServiceDeployment(
  world: World,
  arn: string,
): { readonly service: ServiceState; readonly record: ServiceDeploymentState } | undefined {
  for (const service of world.state.services.values()) {
    const record = service.serviceDeployments.find((candidate) => candidate.arn === arn);
    if (record !== undefined) return { service, record };
  }
  return undefined;
}

/**
 * ROLLBACK goes back to the last completed deployment, ABORT leaves things as they are. Refused with ConflictException when the
 * deployment is over, is being rolled back already, or has nothing to go back to (the last is our choice: AWS does not say).
 */
export function stopServiceDeployment(world: World, arn: string, stopType: string): ServiceDeploymentState {
  const found = findServiceDeployment(world, arn);
  if (found === undefined) {
    throw new EcsSimulationError('ServiceDeploymentNotFoundException', 'Service deployment not found.');
  }
  if (stopType !== 'ROLLBACK' && stopType !== 'ABORT') throw invalid(`Unknown stopType: ${stopType}.`);
  const { service, record } = found;
  const primary = primaryOf(service);
  if (isFinished(record) || record.rollback !== null || primary?.id !== record.deploymentId) {
    throw conflict('The service deployment is not in a state in which it can be stopped.');
  }
  const target = service.lastCompleted;
  if (stopType === 'ROLLBACK' && (target === null || target.id === primary.id)) {
    throw conflict('The service has no completed deployment to roll back to.');
  }
  primary.progress = 'FAILED';
  primary.updatedAt = world.now;
  if (stopType === 'ABORT' || target === null) {
    primary.reason = `ECS deployment ${primary.id} stopped.`;
    advanceRecord(world, record, 'STOPPED', 'Service deployment stopped by user.');
    changed(world, service);
    return record;
  }
  primary.reason = `ECS deployment ${primary.id} stopped: rolling back to deploymentId ${target.id}.`;
  rollBack(world, service, primary, target, 'Service deployment rolled back by user request.');
  return record;
}

function conflict(message: string): EcsSimulationError {
  return new EcsSimulationError('ConflictException', message);
}
