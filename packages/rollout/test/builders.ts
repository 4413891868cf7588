// Small makers of what ECS shows: only what a test is about has to be said.
import type { DescriptorKind, JsonObject, Manifest } from '@bamboo-ecs/release';
import { appliedHash, tagKeys, wantedService } from '../src/index.ts';
import type {
  DeploymentSnapshot,
  PlanInput,
  PlanOptions,
  ServiceEventSnapshot,
  ServiceSnapshot,
  TaskDefinitionSnapshot,
  TaskSnapshot,
  WantedService,
} from '../src/index.ts';

export const now = Date.UTC(2026, 10, 24, 12);
export const minute = 60_000;
export const account = '123456789012';
export const region = 'eu-central-1';
export const serviceArn = `arn:aws:ecs:${region}:${account}:service/qa/web`;

export function arn(revision: number, family = 'web'): string {
  return `arn:aws:ecs:${region}:${account}:task-definition/${family}:${revision}`;
}

/** A COMPLETED PRIMARY deployment of revision 1 with 2 of 2 tasks, an hour old. */
export function deployment(members: Partial<DeploymentSnapshot> = {}): DeploymentSnapshot {
  return {
    id: 'ecs-svc/1',
    status: 'PRIMARY',
    rolloutState: 'COMPLETED',
    taskDefinition: arn(1),
    desired: 2,
    running: 2,
    pending: 0,
    failed: 0,
    createdAt: now - 60 * minute,
    updatedAt: now - 50 * minute,
    ...members,
  };
}

/** Without the members named: exactOptionalPropertyTypes allows no undefined. */
export function withoutState(members: Partial<DeploymentSnapshot> = {}): DeploymentSnapshot {
  const { rolloutState: _, ...rest } = deployment(members);
  return rest;
}

/** An ACTIVE service with these deployments; its counts follow from them. */
export function service(
  deployments: readonly DeploymentSnapshot[] = [deployment()],
  members: Partial<ServiceSnapshot> = {},
): ServiceSnapshot {
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const sum = (of: 'running' | 'pending'): number => deployments.reduce((total, one) => total + one[of], 0);
  return {
    at: now,
    cluster: 'qa',
    name: 'web',
    arn: serviceArn,
    status: 'ACTIVE',
    taskDefinition: primary?.taskDefinition ?? arn(1),
    controller: 'ECS',
    desired: primary?.desired ?? 2,
    running: sum('running'),
    pending: sum('pending'),
    deployments,
    events: [],
    definition: { serviceName: 'web', serviceArn, desiredCount: primary?.desired ?? 2 },
    ...members,
  };
}

export function missing(status: 'MISSING' | 'INACTIVE' | 'DRAINING' = 'MISSING'): ServiceSnapshot {
  return service([], { status, arn: status === 'MISSING' ? '' : serviceArn, taskDefinition: '', desired: 0 });
}

export function event(message: string, at = now - 1000, id = `${at} ${message}`): ServiceEventSnapshot {
  return { id, at, message: `(service web) ${message}` };
}

let taskNumber = 0;

/** A stopped task of deployment `ecs-svc/2` whose container web exited with 1. */
export function task(
  members: Partial<TaskSnapshot> = {},
  container: Partial<TaskSnapshot['containers'][number]> = {},
): TaskSnapshot {
  taskNumber += 1;
  return {
    arn: `arn:aws:ecs:${region}:${account}:task/qa/${String(taskNumber).padStart(8, '0')}`,
    taskDefinition: arn(2),
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    startedBy: 'ecs-svc/2',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    stoppedAt: now - 1000,
    containers: [{ name: 'web', image: 'registry.example/web:1.0.15.RELEASE', exitCode: 1, ...container }],
    ...members,
  };
}

/** A task that never started. */
export function unstarted(reason: string, members: Partial<TaskSnapshot> = {}): TaskSnapshot {
  return task({
    stopCode: 'TaskFailedToStart',
    stoppedReason: reason,
    containers: [{ name: 'web' }],
    ...members,
  });
}

export const taskDefinition: JsonObject = {
  family: 'web',
  containerDefinitions: [
    { name: 'web', image: 'registry.example/web:1.0.15.RELEASE', memory: 256, essential: true },
  ],
};

export function manifest(members: Partial<Manifest> = {}): Manifest {
  return {
    schema: 1,
    project: 'hid-generator',
    version: '1.0.15.RELEASE',
    identity: 'a'.repeat(64),
    descriptors: [],
    images: [],
    lateVariables: [],
    provenance: {
      revision: null,
      branch: 'master',
      buildKey: 'HID-GEN-JOB1-229',
      buildNumber: '229',
      buildUrl: null,
      createdAt: '2026-11-24T11:00:00.000Z',
    },
    ...members,
  };
}

export function descriptors(
  members: Partial<Record<DescriptorKind, JsonObject>> = {},
): ReadonlyMap<DescriptorKind, JsonObject> {
  return new Map<DescriptorKind, JsonObject>([
    ['task-definition', members['task-definition'] ?? taskDefinition],
    [
      'service-definition',
      members['service-definition'] ?? {
        cluster: 'qa',
        serviceName: 'web',
        taskDefinition: 'web',
        desiredCount: 2,
        clientToken: 'of the template',
      },
    ],
    [
      'service-update',
      members['service-update'] ?? { cluster: 'qa', service: 'web', taskDefinition: 'web', desiredCount: 2 },
    ],
  ]);
}

export function wanted(
  members: Partial<Record<DescriptorKind, JsonObject>> = {},
  more: Partial<WantedService> = {},
): WantedService {
  const result = wantedService({
    manifest: manifest(),
    descriptors: descriptors(members),
    environment: 'QA',
    account,
    region,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return { ...result.value, ...more };
}

/** A revision without tags of ours. */
export function revision(
  number: number,
  tags: Partial<Record<keyof typeof tagKeys, string>> = {},
  members: Partial<TaskDefinitionSnapshot> = {},
): TaskDefinitionSnapshot {
  const entries = Object.entries(tags).map(([name, value]) => [tagKeys[name as keyof typeof tagKeys], value]);
  return {
    arn: arn(number),
    family: 'web',
    revision: number,
    status: 'ACTIVE',
    tags: Object.fromEntries(entries) as Record<string, string>,
    definition: taskDefinition,
    ...members,
  };
}

/** A revision tagged as this wanted service. */
export function revisionOf(
  number: number,
  of: WantedService,
  tags: Partial<Record<keyof typeof tagKeys, string>> = {},
  members: Partial<TaskDefinitionSnapshot> = {},
): TaskDefinitionSnapshot {
  const own = {
    version: of.version,
    applied: appliedHash(of),
    cluster: of.cluster,
    service: of.service,
    ...(of.environment && { environment: of.environment }),
  };
  return revision(number, { ...own, ...tags }, members);
}

/** Revision 1 of 1.0.14 runs, COMPLETED; nothing else is there. */
export function planInput(
  members: Partial<Omit<PlanInput, 'options'>> & { options?: Partial<PlanOptions> } = {},
): PlanInput {
  const running = revision(1, { version: '1.0.14.RELEASE' });
  return {
    now,
    service: service(),
    latest: running,
    current: running,
    wanted: wanted(),
    ...members,
    options: { force: false, onOtherDeployment: 'wait', scalable: false, ...members.options },
  };
}
