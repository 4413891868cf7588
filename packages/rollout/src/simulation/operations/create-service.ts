// CreateService.
import type { JsonObject } from '@bamboo-ecs/release';
import { findCluster, lookUpService, usableDefinition } from '../find.ts';
import { arnOf } from '../ids.ts';
import { checkLoadBalancers } from '../load-balancers.ts';
import { memberOf, numberOf, objectOf, objectsOf, pick, textOf } from '../members.ts';
import { newDeployment } from '../new-deployment.ts';
import { revisionMembers } from '../service-state.ts';
import type { ServiceState } from '../service-state.ts';
import { invalid } from '../simulation-error.ts';
import type { World } from '../world.ts';
import { attributeMembers, checkServiceRequest, configurationOf, launchTypeOf } from './service-request.ts';
import { tagsOf } from './tags.ts';

/**
 * A repeated request with the same parameters answers with the service that is there; with others it is refused:
 * "Creation of service was not idempotent." A client token is remembered for one request.
 */
export function createService(world: World, request: JsonObject): ServiceState {
  const cluster = findCluster(world, textOf(request, 'cluster'));
  const name = textOf(request, 'serviceName') ?? '';
  if (!/^[A-Za-z0-9_-]{1,255}$/u.test(name)) {
    throw invalid('Service name must be 1 to 255 letters, digits, hyphens and underscores.');
  }
  const repeated = alreadyMade(world, request, `${cluster.name}/${name}`);
  if (repeated !== null) return repeated;
  const existing = lookUpService(world, cluster, name);
  if (existing?.status === 'DRAINING') throw invalid('Unable to Start a service that is still Draining.');
  if (existing?.status === 'ACTIVE') throw invalid('Creation of service was not idempotent.');
  const service = newService(world, cluster.name, name, request);
  world.state.services.set(service.key, service);
  const token = textOf(request, 'clientToken');
  if (token !== undefined) {
    world.state.tokens.set(`CreateService/${token}`, { request: canonical(request), made: service.key });
  }
  world.state.tokens.set(`CreateService//${service.key}`, { request: canonical(request), made: service.key });
  if (textOf(objectOf(request, 'deploymentController'), 'type') !== undefined) {
    if (textOf(objectOf(request, 'deploymentController'), 'type') !== 'ECS') return service;
  }
  const definition = usableDefinition(world, textOf(request, 'taskDefinition') ?? '');
  newDeployment(world, service, revisionOf(request, definition.arn));
  return service;
}

/** The service that the same request made before, by token or by name; null when there is none. */
function alreadyMade(world: World, request: JsonObject, key: string): ServiceState | null {
  const token = textOf(request, 'clientToken');
  const known = token === undefined ? undefined : world.state.tokens.get(`CreateService/${token}`);
  const made = known === undefined ? undefined : world.state.services.get(known.made);
  if (known !== undefined && made?.status === 'ACTIVE') {
    if (known.request !== canonical(request)) throw invalid('Creation of service was not idempotent.');
    return made;
  }
  const named = world.state.services.get(key);
  const before = world.state.tokens.get(`CreateService//${key}`);
  if (named?.status !== 'ACTIVE' || before?.request !== canonical(request)) return null;
  return named;
}

/** The request without its token, members in order: equal requests are equal texts. */
function canonical(request: JsonObject): string {
  const sorted = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value;
  return JSON.stringify({ ...request, clientToken: null }, sorted);
}

function newService(world: World, cluster: string, name: string, request: JsonObject): ServiceState {
  checkServiceRequest(request);
  const daemon = textOf(request, 'schedulingStrategy') === 'DAEMON';
  const controller = textOf(objectOf(request, 'deploymentController'), 'type') ?? 'ECS';
  if (textOf(request, 'taskDefinition') === undefined && controller !== 'EXTERNAL') {
    throw invalid('TaskDefinition can not be blank.');
  }
  if (!daemon && numberOf(request, 'desiredCount') === undefined)
    throw invalid('Desired count can not be blank.');
  if (controller !== 'EXTERNAL') {
    const { definition } = usableDefinition(world, textOf(request, 'taskDefinition') ?? '');
    checkAgainstDefinition(world, request, definition);
  }
  return {
    key: `${cluster}/${name}`,
    cluster,
    name,
    arn: arnOf(world, `service/${cluster}/${name}`),
    createdAt: world.now,
    schedulingStrategy: daemon ? 'DAEMON' : 'REPLICA',
    launchType: launchTypeOf(request),
    status: 'ACTIVE',
    desiredCount: numberOf(request, 'desiredCount') ?? 0,
    attributes: {
      ...pick(request, attributeMembers),
      ...pick(request, ['role', 'launchType', 'deploymentController']),
      deploymentConfiguration: configurationOf(objectOf(request, 'deploymentConfiguration'), {}, daemon),
    },
    deployments: [],
    lastCompleted: null,
    serviceDeployments: [],
    revisions: [],
    events: [],
    complaints: new Map(),
    justStopped: [],
    tags: tagsOf(request),
    dueAt: null,
    settledAt: null,
    steadyAt: null,
  };
}

function checkAgainstDefinition(world: World, request: JsonObject, definition: JsonObject): void {
  const ownInterface = textOf(definition, 'networkMode') === 'awsvpc';
  if (ownInterface && memberOf(request, 'networkConfiguration') === undefined) {
    throw invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }
  const several = objectsOf(request, 'loadBalancers').length > 1;
  if (memberOf(request, 'role') !== undefined && (ownInterface || several)) {
    throw invalid('You cannot specify an IAM role for services that require a service linked role.');
  }
  checkLoadBalancers(world, request, definition);
}

/** The members of a revision, with the task definition's ARN. */
export function revisionOf(request: JsonObject, taskDefinition: string): JsonObject {
  return { ...pick(request, revisionMembers), taskDefinition };
}
