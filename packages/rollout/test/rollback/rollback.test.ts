// What is done about a rollout that did not end well, and the exit code.
import { describe, expect, test } from '@jest/globals';
import { exitCodeOf, planRollback } from '../../src/index.ts';
import type {
  DeploymentSnapshot,
  Plan,
  RollbackInput,
  RollbackOutcomeKind,
  RollbackStep,
  ServiceSnapshot,
  VerdictKind,
} from '../../src/index.ts';
import { deployment, missing, service, withoutState } from '../builders.ts';
import { older, ours } from '../judging/judge-history.ts';

const update: Plan = {
  action: 'update',
  reason: 'x',
  cluster: 'qa',
  service: 'web',
  differences: [],
  notes: [],
  rollbackTo: 'web:1',
  rollbackDesired: 2,
};
const { rollbackTo: _to, rollbackDesired: _count, ...bare } = update;
const create: Plan = { ...bare, action: 'create', firstDeployment: true };
const adoptFirst: Plan = { ...bare, action: 'adopt', firstDeployment: true };

function step(
  deployments: readonly DeploymentSnapshot[],
  more: Partial<RollbackInput> = {},
  members: Partial<ServiceSnapshot> = {},
): RollbackStep {
  return planRollback({
    plan: update,
    snapshot: service(deployments, members),
    verdict: { kind: 'failed', reason: 'x' },
    deployment: 'ecs-svc/2',
    onFailure: 'rollback',
    ...more,
  });
}

const crashing = ours({ running: 0, failed: 3 });
const failed = ours({ running: 0, rolloutState: 'FAILED' });
const breaker = {
  definition: { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } },
};
const alarms = { definition: { deploymentConfiguration: { alarms: { enable: true, rollback: true } } } };
const verdict = (kind: VerdictKind): Partial<RollbackInput> => ({ verdict: { kind, reason: 'x' } });

describe('planRollback', () => {
  const cases: readonly (readonly [string, RollbackStep, object])[] = [
    ['in flight', step([crashing, older()]), { kind: 'stop-deployment', taskDefinition: 'web:1' }],
    ['in flight, timed out', step([crashing, older()], verdict('timed-out')), { kind: 'stop-deployment' }],
    [
      'in flight, adopted',
      step([crashing, older()], { plan: { ...bare, action: 'adopt', rollbackTo: 'web:1' } }),
      { kind: 'stop-deployment' },
    ],
    [
      'in flight, the count was changed, too',
      step([crashing, older()], { plan: { ...update, rollbackDesired: 5, desiredSent: 2 } }),
      { kind: 'update', desired: 5 },
    ],
    [
      'in flight, the count was changed by somebody else',
      step([crashing, older()], { plan: { ...update, rollbackDesired: 5, desiredSent: 3 } }),
      {
        kind: 'stop-deployment',
        reason: expect.stringContaining('is 2 now, it was 5 and this release had set 3: somebody else'),
      },
    ],
    [
      'in flight, the count was changed by somebody else, and the release sets none',
      step([crashing, older()], { plan: { ...update, rollbackDesired: 5 } }),
      { kind: 'stop-deployment', reason: expect.stringContaining('had not set it') },
    ],
    [
      'in flight, attributes that are as before already',
      step(
        [crashing, older()],
        { plan: { ...update, rollbackAttributes: { healthCheckGracePeriodSeconds: 9 } } },
        { definition: { healthCheckGracePeriodSeconds: 9 } },
      ),
      { kind: 'stop-deployment' },
    ],
    [
      'in flight, attributes that are others',
      step(
        [crashing, older()],
        {
          plan: {
            ...update,
            rollbackAttributes: { healthCheckGracePeriodSeconds: 9, enableExecuteCommand: true },
          },
        },
        { definition: { healthCheckGracePeriodSeconds: 60, enableExecuteCommand: true } },
      ),
      { kind: 'update', attributes: { healthCheckGracePeriodSeconds: 9 } },
    ],
    [
      'in flight, ECS would go back elsewhere',
      step([crashing, older()], { plan: { ...update, rollbackTo: 'web:0' } }),
      { kind: 'update', taskDefinition: 'web:0' },
    ],
    ['in flight, the old one is gone', step([crashing]), { kind: 'update', taskDefinition: 'web:1' }],
    ['FAILED', step([failed, older()]), { kind: 'update', taskDefinition: 'web:1' }],
    [
      'FAILED, the breaker rolls back',
      step([failed, older()], {}, breaker),
      { kind: 'watch-ecs', taskDefinition: 'web:1' },
    ],
    ['FAILED, the alarm rolls back', step([failed, older()], {}, alarms), { kind: 'watch-ecs' }],
    [
      'rolled back by ECS',
      step([deployment()]),
      { kind: 'watch-ecs', taskDefinition: deployment().taskDefinition },
    ],
    [
      'ECS is rolling back',
      step([{ ...failed, status: 'ACTIVE' }, deployment({ rolloutState: 'IN_PROGRESS' })]),
      { kind: 'watch-ecs' },
    ],
    ['COMPLETED, then crashed', step([ours({ rolloutState: 'COMPLETED', running: 0 })]), { kind: 'update' }],
    [
      'only the old ones drain',
      step([ours({ rolloutState: 'COMPLETED' }), older()], verdict('timed-out')),
      { kind: 'none', reason: expect.stringContaining('still drain') },
    ],
    ['no rolloutState', step([withoutState(crashing), older()]), { kind: 'update' }],
    ['attributes only', step([crashing], { deployment: null }), { kind: 'update' }],
    ['the first deployment', step([crashing], { plan: create }), { kind: 'scale-to-zero' }],
    [
      'the first deployment FAILED, the breaker has nothing to go back to',
      step([failed], { plan: create }, breaker),
      { kind: 'scale-to-zero' },
    ],
    ['the first deployment, adopted', step([crashing], { plan: adoptFirst }), { kind: 'scale-to-zero' }],
    [
      'the first deployment, count 0 already',
      step([{ ...crashing, desired: 0 }], { plan: create }),
      { kind: 'none' },
    ],
    [
      'the first deployment of a DAEMON',
      step([crashing], { plan: create }, { definition: { schedulingStrategy: 'DAEMON' } }),
      { kind: 'none' },
    ],
    [
      'nothing known to go back to',
      step([crashing], { plan: bare }),
      { kind: 'none', reason: expect.stringContaining('no revision') },
    ],
    [
      'leave',
      step([crashing, older()], { onFailure: 'leave' }),
      { kind: 'none', reason: expect.stringContaining('leave') },
    ],
    ['stopped by a signal', step([crashing, older()], { stopped: true }), { kind: 'none' }],
    ['superseded', step([crashing, older()], verdict('superseded')), { kind: 'none' }],
    ['unknown', step([crashing, older()], verdict('unknown')), { kind: 'none' }],
    ['steady', step([crashing, older()], verdict('steady')), { kind: 'none' }],
    ['unchanged', step([crashing, older()], verdict('unchanged')), { kind: 'none' }],
    [
      'nothing was changed',
      step([crashing, older()], { plan: { ...update, action: 'wait' } }),
      { kind: 'none' },
    ],
    ['the service is gone', step([], { snapshot: missing() }), { kind: 'none' }],
  ];
  test.each(cases)('%s', (_name, found, expected) => {
    expect(found).toMatchObject(expected);
    expect(found.reason).toMatch(/^[A-Z].*\.$/u);
  });

  test('a count that is not ours is not brought back', () => {
    const { rollbackDesired: _, ...plan } = update;
    expect(step([crashing, older()], { plan: { ...plan, desiredSent: 2 } })).not.toHaveProperty('desired');
  });
});

describe('exitCodeOf', () => {
  const codes: readonly (readonly [VerdictKind, RollbackOutcomeKind, number])[] = [
    ['steady', 'none', 0],
    ['unchanged', 'none', 0],
    ['failed', 'back', 5],
    ['failed', 'none', 6],
    ['failed', 'scaled-to-zero', 6],
    ['failed', 'failed', 6],
    ['failed', 'unknown', 9],
    ['timed-out', 'back', 5],
    ['timed-out', 'none', 7],
    ['timed-out', 'scaled-to-zero', 7],
    ['timed-out', 'failed', 6],
    ['superseded', 'none', 8],
    ['unknown', 'none', 9],
  ];
  test.each(codes)('%s, roll-back %s: %d', (kind, rollback, code) => {
    expect(exitCodeOf({ verdict: { kind, reason: 'x' }, rollback })).toBe(code);
  });
});
