// Builders for the tables of verdicts: revision 2 is ours, deployment ecs-svc/2, begun five minutes ago.
import { judge } from '../../src/index.ts';
import type { DeploymentSnapshot, JudgeInput, ServiceSnapshot, Verdict } from '../../src/index.ts';
import { arn, deployment, minute, now, service } from '../builders.ts';

export const startedAt = now - 5 * minute;

export function ours(members: Partial<DeploymentSnapshot> = {}): DeploymentSnapshot {
  return deployment({
    id: 'ecs-svc/2',
    taskDefinition: arn(2),
    rolloutState: 'IN_PROGRESS',
    createdAt: startedAt,
    updatedAt: startedAt,
    ...members,
  });
}

/** The one before, being drained. */
export function older(members: Partial<DeploymentSnapshot> = {}): DeploymentSnapshot {
  return deployment({ status: 'ACTIVE', ...members });
}

export type More = Partial<Omit<JudgeInput, 'snapshot'>>;

export function judgeAll(snapshot: ServiceSnapshot, more: More = {}): Verdict | null {
  return judge({
    snapshot,
    deployment: 'ecs-svc/2',
    taskDefinition: arn(2),
    startedAt,
    deadline: now + 10 * minute,
    now,
    stopped: [],
    primaryBefore: 'ecs-svc/1',
    version: '1.0.15.RELEASE',
    ...more,
  });
}

export function judged(
  deployments: readonly DeploymentSnapshot[],
  more: More = {},
  members: Partial<ServiceSnapshot> = {},
): Verdict | null {
  return judgeAll(service(deployments, members), more);
}

export const late: More = { deadline: now };
export const fresh: More = { startedAt: now - 2000 };
