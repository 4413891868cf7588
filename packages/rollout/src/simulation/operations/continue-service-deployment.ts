// ContinueServiceDeployment: somebody decides at a PAUSE hook.
import { failDeployment } from '../circuit-breaker.ts';
import { EcsSimulationError, invalid } from '../simulation-error.ts';
import type { ServiceDeploymentState } from '../service-state.ts';
import { primaryOf, wake } from '../world.ts';
import type { World } from '../world.ts';
import { findServiceDeployment } from './stop-service-deployment.ts';

/** CONTINUE lets the deployment go on, ROLLBACK takes it back. Refused when no hook of this id waits. */
export function continueServiceDeployment(
  world: World,
  arn: string,
  hookId: string,
  action: string,
): ServiceDeploymentState {
  const found = findServiceDeployment(world, arn);
  if (found === undefined)
    throw new EcsSimulationError('ServiceDeploymentNotFoundException', 'Service deployment not found.');
  if (action !== 'CONTINUE' && action !== 'ROLLBACK') throw invalid(`Unknown action: ${action}.`);
  const { service, record } = found;
  const hook = record.hooks.find(({ id }) => id === hookId);
  if (hook === undefined) throw invalid(`The lifecycle hook ${hookId} is not active.`);
  const primary = primaryOf(service);
  if (hook.status !== 'AWAITING_ACTION' || primary?.id !== record.deploymentId)
    throw new EcsSimulationError('ConflictException', 'The lifecycle hook is not awaiting an action.');
  hook.status = 'SUCCEEDED';
  record.updatedAt = world.now;
  if (action === 'ROLLBACK') {
    failDeployment(world, service, primary, {
      event: 'rollback requested.',
      reason: 'ECS deployment paused: ',
      record: 'Rollback requested at a lifecycle hook.',
      rollback: true,
    });
  } else wake(world, service);
  return record;
}
