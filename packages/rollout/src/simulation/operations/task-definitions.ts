// Task definitions: registered with the defaults that ECS fills in, deregistered, deleted.
import type { JsonObject } from '@bamboo-ecs/release';
import { lookUpDefinition } from '../find.ts';
import { arnOf } from '../ids.ts';
import { memberOf, numberOf, objectsOf, pick, textOf } from '../members.ts';
import { checkDefinition } from './check-task-definition.ts';
import { EcsSimulationError } from '../simulation-error.ts';
import type { TaskDefinitionState } from '../state.ts';
import { tagsOf } from './tags.ts';
import type { World } from '../world.ts';

/** The members that are kept as they come. */
const kept = [
  'family',
  'taskRoleArn',
  'executionRoleArn',
  'networkMode',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'pidMode',
  'ipcMode',
  'proxyConfiguration',
  'inferenceAccelerators',
  'ephemeralStorage',
  'runtimePlatform',
  'enableFaultInjection',
];

/** A new revision of the family, always; throws ClientException for what ECS refuses. */
export function registerTaskDefinition(world: World, request: JsonObject): TaskDefinitionState {
  checkDefinition(request);
  const family = textOf(request, 'family') ?? '';
  const revisions = world.state.taskDefinitions.get(family) ?? [];
  const revision = (revisions.at(-1)?.revision ?? world.state.counters.get(`revision/${family}`) ?? 0) + 1;
  world.state.counters.set(`revision/${family}`, revision);
  const state: TaskDefinitionState = {
    arn: arnOf(world, `task-definition/${family}:${revision}`),
    family,
    revision,
    status: 'ACTIVE',
    registeredAt: world.now,
    deregisteredAt: null,
    tags: tagsOf(request),
    definition: {
      ...pick(request, kept),
      containerDefinitions: objectsOf(request, 'containerDefinitions').map((container) =>
        filled(container, request),
      ),
      volumes: objectsOf(request, 'volumes'),
      placementConstraints: objectsOf(request, 'placementConstraints'),
    },
  };
  world.state.taskDefinitions.set(family, [...revisions, state]);
  return state;
}

/** ECS's own defaults, as DescribeTaskDefinition shows them. */
function filled(container: JsonObject, request: JsonObject): JsonObject {
  const mode = textOf(request, 'networkMode') ?? 'bridge';
  const portMappings = objectsOf(container, 'portMappings').map((mapping): JsonObject => {
    const inside = numberOf(mapping, 'containerPort') ?? 0;
    const hostPort = numberOf(mapping, 'hostPort') ?? (mode === 'bridge' ? 0 : inside);
    return Object.assign({}, mapping, { hostPort, protocol: textOf(mapping, 'protocol') ?? 'tcp' });
  });
  return {
    cpu: 0,
    essential: true,
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...container,
    portMappings,
  };
}

/** Where the task definition can run. */
export function compatibilitiesOf(definition: JsonObject): string[] {
  const fargate = textOf(definition, 'networkMode') === 'awsvpc' && memberOf(definition, 'cpu') !== undefined;
  return ['EXTERNAL', 'EC2', ...(fargate ? ['FARGATE'] : [])];
}

/** INACTIVE: services that use it go on, but nothing new can be started from it. */
export function deregisterTaskDefinition(world: World, reference: string): TaskDefinitionState {
  const found = reference.includes(':') ? lookUpDefinition(world, reference) : undefined;
  if (found === undefined) {
    const why = reference.includes(':') ? 'Unable to describe task definition.' : 'Revision is missing.';
    throw new EcsSimulationError('ClientException', why);
  }
  if (found.status === 'ACTIVE') {
    found.status = 'INACTIVE';
    found.deregisteredAt = world.now;
  }
  return found;
}

/** Only INACTIVE ones can be deleted; null when it is not. */
export function deleteTaskDefinition(world: World, reference: string): TaskDefinitionState | null {
  const found = lookUpDefinition(world, reference);
  if (found === undefined || found.status === 'ACTIVE') return null;
  found.status = 'DELETE_IN_PROGRESS';
  const revisions = world.state.taskDefinitions.get(found.family) ?? [];
  world.state.taskDefinitions.set(
    found.family,
    revisions.filter((revision) => revision !== found),
  );
  return found;
}
