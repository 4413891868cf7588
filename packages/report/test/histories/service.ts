// Snapshots as the ECS adapter makes them, short enough to be written down for a whole rollout.
import type {
  DeploymentSnapshot,
  ServiceEventSnapshot,
  ServiceSnapshot,
  TargetGroupSnapshot,
} from '@bamboo-ecs/rollout';
import type { RunEvent } from '../../src/index.ts';
import { start } from './recorder.ts';

export const service = 'hid-generator';
export const cluster = 'qa';
const account = 'arn:aws:ecs:eu-west-1:123456789012';

export const oldDeployment = 'ecs-svc/1111111111111111111';
export const newDeployment = 'ecs-svc/2222222222222222222';
export const backDeployment = 'ecs-svc/3333333333333333333';

export function revision(number: number): string {
  return `${account}:task-definition/hid-generator:${number}`;
}

export function deployment(
  id: string,
  figures: Partial<DeploymentSnapshot> & { readonly at?: number },
): DeploymentSnapshot {
  const { at = 0, ...rest } = figures;
  return {
    id,
    status: 'PRIMARY',
    rolloutState: 'IN_PROGRESS',
    taskDefinition: revision(14),
    desired: 2,
    running: 0,
    pending: 0,
    failed: 0,
    createdAt: start + at * 1000,
    updatedAt: start + at * 1000,
    ...rest,
  };
}

let lastEvent = 0;

export function said(at: number, message: string): ServiceEventSnapshot {
  lastEvent += 1;
  const id = `00000000-0000-4000-8000-${String(lastEvent).padStart(12, '0')}`;
  return { id, at: start + at * 1000, message: `(service ${service}) ${message}` };
}

interface Poll {
  readonly at: number;
  readonly startedAt: number;
  readonly watch: string | null;
  readonly deployments: readonly DeploymentSnapshot[];
  /** Oldest first; the snapshot has them the other way round, as ECS does. */
  readonly events?: readonly ServiceEventSnapshot[];
  readonly desired?: number;
  readonly name?: string;
  readonly targets?: readonly TargetGroupSnapshot[];
}

export function poll({
  at,
  startedAt,
  watch,
  deployments,
  events = [],
  desired = 2,
  name = service,
  targets,
}: Poll): readonly [number, RunEvent] {
  const snapshot: ServiceSnapshot = {
    at: start + at * 1000,
    cluster,
    name,
    arn: `${account}:service/${cluster}/${name}`,
    status: 'ACTIVE',
    taskDefinition: deployments.find(({ status }) => status === 'PRIMARY')?.taskDefinition ?? '',
    controller: 'ECS',
    desired,
    running: deployments.reduce((sum, { running }) => sum + running, 0),
    pending: deployments.reduce((sum, { pending }) => sum + pending, 0),
    deployments,
    events: events.toReversed(),
    definition: { serviceName: name, desiredCount: desired },
    ...(targets !== undefined && { targets }),
  };
  return [at, { kind: 'snapshot', deployment: watch, snapshot, startedAt: start + startedAt * 1000 }];
}
