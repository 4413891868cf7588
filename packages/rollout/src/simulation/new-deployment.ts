// A new deployment of a service: the one before it is replaced.
import type { JsonObject } from '@bamboo-ecs/release';
import { findDefinition } from './bounds.ts';
import { arnOf, deploymentNumber } from './ids.ts';
import { digestOf } from './images.ts';
import { objectsOf, textOf } from './members.ts';
import { advanceRecord, newRecord, recordOf } from './service-deployments.ts';
import type { DeploymentState, ServiceState } from './service-state.ts';
import { isAlive, isHealthy } from './task-health.ts';
import { primaryOf, tasksOf, wake } from './world.ts';
import type { World } from './world.ts';

/** `revision` has the task definition's ARN under `taskDefinition`. */
export function newDeployment(world: World, service: ServiceState, revision: JsonObject): DeploymentState {
  const before = primaryOf(service);
  if (before !== undefined) {
    advanceRecord(
      world,
      recordOf(service, before),
      'STOPPED',
      'The deployment was replaced by a newer deployment.',
    );
    before.rollbackOf = null;
    replacePrimary(world, service);
  }
  const number = deploymentNumber(world);
  const id = `ecs-svc/${number}`;
  const taskDefinition = textOf(revision, 'taskDefinition') ?? '';
  const revisionArn = arnOf(world, `service-revision/${service.key}/${number}`);
  const images = imagesOf(world, taskDefinition);
  service.revisions.unshift({ arn: revisionArn, createdAt: world.now, revision, images });
  const record = newRecord(world, service, id, revisionArn);
  const deployment: DeploymentState = {
    id,
    status: 'PRIMARY',
    createdAt: world.now,
    updatedAt: world.now,
    revision,
    taskDefinition,
    revisionArn,
    serviceDeploymentArn: record.arn,
    digests: Object.fromEntries(images.map(({ containerName, imageDigest }) => [containerName, imageDigest])),
    progress: 'IN_PROGRESS',
    reason: `ECS deployment ${id} in progress.`,
    failedTasks: 0,
    breakerFailures: 0,
    startFailures: 0,
    notBefore: 0,
    keep: 0,
    everCompleted: false,
    rollbackOf: null,
  };
  service.deployments.unshift(deployment);
  changed(world, service);
  return deployment;
}

/** The PRIMARY becomes ACTIVE and keeps the tasks that it has, until they are replaced. */
export function replacePrimary(world: World, service: ServiceState): void {
  const primary = primaryOf(service);
  if (primary === undefined) return;
  const own = tasksOf(world, service).filter((task) => task.startedBy === primary.id && isAlive(task));
  primary.status = 'ACTIVE';
  primary.updatedAt = world.now;
  primary.keep = own.filter((task) => primary.everCompleted || isHealthy(world, task)).length;
}

/** Nothing is settled any more; the scheduler looks again. */
export function changed(world: World, service: ServiceState): void {
  service.settledAt = null;
  service.steadyAt = null;
  wake(world, service);
}

function imagesOf(world: World, taskDefinition: string) {
  const definition = findDefinition(world, taskDefinition)?.definition ?? {};
  return objectsOf(definition, 'containerDefinitions').map((container) => {
    const image = textOf(container, 'image') ?? '';
    return { containerName: textOf(container, 'name') ?? '', image, imageDigest: digestOf(world, image) };
  });
}
