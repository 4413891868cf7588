// UpdateService and DeleteService.
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '@bamboo-ecs/release';
import { findActiveService, findCluster, lookUpService, usableDefinition } from '../find.ts';
import { checkLoadBalancers } from '../load-balancers.ts';
import { flagOf, memberOf, numberOf, objectOf, pick, textOf } from '../members.ts';
import { changed, newDeployment } from '../new-deployment.ts';
import { revisionMembers } from '../service-state.ts';
import type { ServiceState } from '../service-state.ts';
import { EcsSimulationError, invalid } from '../simulation-error.ts';
import { primaryOf } from '../world.ts';
import type { World } from '../world.ts';
import { attributeMembers, checkServiceRequest, configurationOf } from './service-request.ts';

/** A change of the revision, or forceNewDeployment, starts one deployment; anything else starts none. */
export function updateService(world: World, request: JsonObject): ServiceState {
  const cluster = findCluster(world, textOf(request, 'cluster'));
  const service = findActiveService(world, cluster, textOf(request, 'service') ?? '');
  checkServiceRequest({ ...request, schedulingStrategy: service.schedulingStrategy });
  const force = flagOf(request, 'forceNewDeployment') ?? false;
  const primary = primaryOf(service);
  if (primary === undefined) {
    refuseRevision(service, request, force);
    applyAttributes(service, request);
    return service;
  }
  // Everything is checked before anything is changed.
  const asked = textOf(request, 'taskDefinition');
  const taskDefinition = asked === undefined ? primary.taskDefinition : usableDefinition(world, asked).arn;
  const revision = { ...primary.revision, ...pick(request, revisionMembers), taskDefinition };
  const differs = !isDeepStrictEqual(revision, primary.revision);
  if (differs || force)
    checkLoadBalancers(world, revision, usableDefinition(world, taskDefinition).definition);
  applyAttributes(service, request);
  if (differs || force) newDeployment(world, service, revision);
  else changed(world, service);
  return service;
}

/** Services of other deployment controllers take no new revision here. */
function refuseRevision(service: ServiceState, request: JsonObject, force: boolean): void {
  const controller = textOf(objectOf(service.attributes, 'deploymentController'), 'type') ?? 'ECS';
  const what = force
    ? 'Cannot force a new deployment'
    : memberOf(request, 'taskDefinition') === undefined
      ? null
      : 'Unable to update task definition';
  if (what === null) return;
  const how = controller === 'CODE_DEPLOY' ? ' Use AWS CodeDeploy to trigger a new deployment.' : '';
  throw invalid(`${what} on services with a ${controller} deployment controller.${how}`);
}

function applyAttributes(service: ServiceState, request: JsonObject): void {
  service.desiredCount = numberOf(request, 'desiredCount') ?? service.desiredCount;
  const before = objectOf(service.attributes, 'deploymentConfiguration');
  const daemon = service.schedulingStrategy === 'DAEMON';
  service.attributes = {
    ...service.attributes,
    ...pick(request, attributeMembers),
    deploymentConfiguration: configurationOf(objectOf(request, 'deploymentConfiguration'), before, daemon),
  };
}

/** DRAINING until its tasks have stopped, then INACTIVE. With a desired count above 0 only by force. */
export function deleteService(world: World, request: JsonObject): ServiceState {
  const cluster = findCluster(world, textOf(request, 'cluster'));
  const service = lookUpService(world, cluster, textOf(request, 'service') ?? '');
  if (service === undefined) throw new EcsSimulationError('ServiceNotFoundException', 'Service not found.');
  if (service.status === 'INACTIVE') {
    throw new EcsSimulationError('ServiceNotActiveException', 'Service was not ACTIVE.');
  }
  const force = flagOf(request, 'force') ?? false;
  if (service.status === 'ACTIVE' && service.desiredCount > 0 && !force) {
    throw invalid('The service cannot be stopped while it is scaled above 0.');
  }
  service.status = 'DRAINING';
  service.desiredCount = 0;
  changed(world, service);
  return service;
}
