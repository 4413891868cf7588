// When a roll-back that is not over counts as back, and when not.
import { describe, expect, test } from '@jest/globals';
import { drainsOnly } from '../../src/index.ts';
import type { DeploymentSnapshot, ServiceSnapshot, TargetGroupSnapshot } from '../../src/index.ts';
import { arn, deployment, service } from '../builders.ts';

const restored = deployment({ id: 'ecs-svc/3', rolloutState: 'IN_PROGRESS' });
const failed = deployment({ id: 'ecs-svc/2', status: 'ACTIVE', taskDefinition: arn(2), running: 1 });

function draining(
  one: Partial<DeploymentSnapshot> = {},
  other: Partial<DeploymentSnapshot> = {},
  members: Partial<ServiceSnapshot> = {},
): number {
  const ours = { ...restored, ...one };
  return drainsOnly(service([ours, { ...failed, ...other }], members), ours);
}

const group = (...states: readonly string[]): readonly TargetGroupSnapshot[] => [
  {
    id: 'web',
    kind: 'target-group',
    targets: states.map((state, index) => ({ id: `10.0.0.${index}:80`, state })),
  },
];

describe('the version before has every task, and', () => {
  test('one task of the failed release drains', () => expect(draining()).toBe(1));
  test('ECS calls it COMPLETED already', () => expect(draining({ rolloutState: 'COMPLETED' })).toBe(1));
  test('the load balancer finds it healthy', () =>
    expect(draining({}, {}, { targets: group('healthy', 'draining', 'healthy') })).toBe(1));
});

describe('not back', () => {
  test.each<readonly [string, ...Parameters<typeof draining>]>([
    ['a task is missing', { running: 1 }],
    ['one is on its way', { pending: 1 }],
    ['tasks of it have failed', { failed: 1 }],
    ['ECS has failed it', { rolloutState: 'FAILED' }],
    ['another deployment is PRIMARY', { status: 'ACTIVE' }],
    ['nothing is wanted', { desired: 0, running: 0 }],
    ['the failed release still starts tasks', {}, { pending: 1 }],
    ['nothing is left of the others: then something else is missing', {}, { running: 0 }],
    ['the service is gone', {}, {}, { status: 'INACTIVE' }],
    ['a container is unhealthy', {}, {}, { containerHealth: { healthy: 1, unhealthy: 1, unknown: 0 } }],
    ['a target is not healthy', {}, {}, { targets: group('healthy', 'draining', 'unhealthy') }],
  ])('%s', (_, ...given) => expect(draining(...given)).toBe(0));
});
