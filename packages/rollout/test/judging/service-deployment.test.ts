// What DescribeServiceDeployments adds to a verdict, to the progress line and to the way back.
import { describe, expect, test } from '@jest/globals';
import {
  describeProgress,
  isUnderWay,
  pauseKey,
  serviceDeploymentTellsMore,
  waitingHooks,
} from '../../src/index.ts';
import type { HookSnapshot, ServiceDeploymentSnapshot, ServiceSnapshot } from '../../src/index.ts';
import { arn, deployment, minute, now, service } from '../builders.ts';
import { judgeAll, late, older, ours } from './judge-history.ts';
import type { More } from './judge-history.ts';

const up = ours({ running: 2, rolloutState: 'COMPLETED' });

function seen(
  members: Partial<ServiceDeploymentSnapshot>,
  deployments = [up],
  rest: Partial<ServiceSnapshot> = {},
): ServiceSnapshot {
  const serviceDeployment = { arn: 'arn:sd', status: 'IN_PROGRESS', hooks: [], ...members };
  return service(deployments, { serviceDeployment, ...rest });
}

const hook = (members: Partial<HookSnapshot> = {}): HookSnapshot => ({
  id: 'pause-1',
  type: 'PAUSE',
  status: 'AWAITING_ACTION',
  expiresAt: now + 60 * minute,
  timeoutAction: 'ROLLBACK',
  ...members,
});

const { rolloutState: _, ...stateless } = up;
const classic = { ...stateless, createdAt: now - 5 * minute, updatedAt: now - 5 * minute };

type Case = readonly [
  name: string,
  snapshot: ServiceSnapshot,
  kind: string | null,
  reason?: string,
  more?: More,
];

const cases: readonly Case[] = [
  ['SUCCESSFUL and drained', seen({ status: 'SUCCESSFUL' }), 'steady'],
  ['COMPLETED by the deployments, but it bakes', seen({ lifecycleStage: 'BAKE_TIME' }), null],
  ['not begun yet', seen({ status: 'PENDING' }), null],
  ['not begun yet, the one before is listed alone', seen({ status: 'PENDING' }, [deployment()]), null],
  [
    'is to be stopped, what comes of it is not known',
    seen({ status: 'STOP_REQUESTED' }, [deployment(), ours({ status: 'ACTIVE' })]),
    null,
  ],
  ['SUCCESSFUL, the old tasks drain', seen({ status: 'SUCCESSFUL' }, [up, older({ running: 1 })]), null],
  [
    'behind a classic load balancer: SUCCESSFUL and full',
    seen({ status: 'SUCCESSFUL' }, [classic]),
    'steady',
  ],
  [
    'is being rolled back, ours is PRIMARY still',
    seen({
      status: 'ROLLBACK_IN_PROGRESS',
      rollbackReason: 'Service deployment rolled back by user request.',
    }),
    'failed',
    'is rolling the deployment of web:2 (1.0.15.RELEASE) back: Service deployment rolled back by user request',
  ],
  [
    'a roll-back asked for',
    seen({ status: 'ROLLBACK_REQUESTED', statusReason: 'x' }),
    'failed',
    'is rolling',
  ],
  [
    'rolled back, and everything looks healthy',
    seen({ status: 'ROLLBACK_SUCCESSFUL', alarms: { status: 'TRIGGERED', triggered: ['5xx'] } }, [
      deployment(),
    ]),
    'failed',
    'rolled the deployment of web:2 (1.0.15.RELEASE) back: alarm 5xx',
  ],
  [
    'could not be rolled back',
    seen({ status: 'ROLLBACK_FAILED', statusReason: 'No capacity.' }),
    'failed',
    'could not roll it back: No capacity',
  ],
  [
    'a hook said no',
    seen({
      status: 'ROLLBACK_IN_PROGRESS',
      hooks: [
        hook({ id: 'h', type: 'AWS_LAMBDA', target: 'arn:aws:lambda:x:1:function:smoke', status: 'FAILED' }),
      ],
    }),
    'failed',
    'hook smoke FAILED',
  ],
  [
    'the breaker',
    seen({
      status: 'ROLLBACK_IN_PROGRESS',
      circuitBreaker: { status: 'TRIGGERED', failures: 3, threshold: 3 },
    }),
    'failed',
    'circuit breaker at 3 of 3 failures',
  ],
  [
    'stopped by somebody',
    seen({ status: 'STOPPED', statusReason: 'Service deployment stopped by user.' }, [ours()]),
    'failed',
    'was stopped: Service deployment stopped by user',
  ],
  ['stopped without a word', seen({ status: 'STOPPED' }, [ours()]), 'failed', 'ECS does not say why'],
  ['about to be stopped', seen({ status: 'STOP_REQUESTED' }, [ours()]), null],
  [
    'STOPPED because another took its place',
    seen({ status: 'STOPPED' }, [
      ours({ status: 'ACTIVE' }),
      deployment({ id: 'ecs-svc/3', taskDefinition: arn(3), rolloutState: 'IN_PROGRESS', createdAt: now }),
    ]),
    'superseded',
    'ecs-svc/3',
  ],
  [
    'ECS says it goes on, whatever is listed as PRIMARY',
    seen({}, [deployment(), ours({ status: 'ACTIVE' })]),
    null,
  ],
  ['a pause is waited for', seen({ hooks: [hook()] }, [ours({ running: 2 })]), null],
  [
    'a pause ends the run when asked so',
    seen({ lifecycleStage: 'POST_SCALE_UP', hooks: [hook()] }, [ours({ running: 2 })]),
    'paused',
    'waits at POST_SCALE_UP for somebody to decide (hook pause-1) until',
    { onPause: 'stop' },
  ],
  [
    'the pause that this run has ended is not shown as one',
    seen({ lifecycleStage: 'POST_SCALE_UP', hooks: [hook()] }, [ours({ running: 2 })]),
    null,
    '',
    { onPause: 'stop', continued: new Set(['POST_SCALE_UP pause-1']) },
  ],
  [
    'the same hook at a later stage is',
    seen({ lifecycleStage: 'PRE_PRODUCTION_TRAFFIC_SHIFT', hooks: [hook()] }, [ours({ running: 2 })]),
    'paused',
    '',
    { onPause: 'stop', continued: new Set(['POST_SCALE_UP pause-1']) },
  ],
  [
    'out of time: the stage is told',
    seen({ lifecycleStage: 'SCALE_UP' }, [ours({ running: 1 })]),
    'timed-out',
    'IN_PROGRESS at SCALE_UP',
    late,
  ],
  ['a status of the future decides nothing', seen({ status: 'PONDERING' }, [ours({ running: 1 })]), null],
];

describe('judge: with the service deployment', () => {
  test.each(cases)('%s', (_name, snapshot, kind, reason = '', more = {}) => {
    const verdict = judgeAll(snapshot, more);
    expect(verdict?.kind ?? null).toBe(kind);
    expect(verdict?.reason ?? '').toContain(reason);
  });
});

describe('describeProgress', () => {
  test.each([
    [
      { lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT', productionWeight: 12.54 },
      'stage PRODUCTION_TRAFFIC_SHIFT · 12.5 % of the traffic',
    ],
    [
      { circuitBreaker: { status: 'MONITORING', failures: 2, threshold: 3 } },
      'circuit breaker 2 of 3 failures',
    ],
    [{ alarms: { status: 'TRIGGERED', triggered: ['a', 'b'] } }, 'ALARM a, b'],
    [{ hooks: [hook()] }, 'PAUSED: hook pause-1 waits until 2026-11-24 13:00 UTC, then ROLLBACK'],
    [
      { hooks: [hook({ status: 'IN_PROGRESS', target: 'arn:aws:lambda:x:1:function:smoke' })] },
      'hook smoke IN_PROGRESS',
    ],
    [{ status: 'ROLLBACK_IN_PROGRESS' }, 'ROLLBACK_IN_PROGRESS'],
  ])('%j', (members, text) => {
    expect(describeProgress(seen(members, [ours({ running: 1 })]), 'ecs-svc/2')).toContain(text);
    expect(describeProgress(seen(members, []), 'ecs-svc/2')).toContain(text);
  });

  test('nothing new, nothing more', () => {
    const text = describeProgress(seen({ hooks: [hook({ status: 'SUCCEEDED' })] }), 'ecs-svc/2');
    expect(text).toBe(describeProgress(service([up]), 'ecs-svc/2'));
  });
});

describe('serviceDeploymentTellsMore', () => {
  const of = (deploymentConfiguration: object, mine = ours({ running: 1 })): boolean =>
    serviceDeploymentTellsMore(
      service([mine], { definition: { deploymentConfiguration: deploymentConfiguration as never } }),
      'ecs-svc/2',
    );
  test.each([
    [{}, false],
    [{ deploymentCircuitBreaker: { enable: true } }, false],
    [{ strategy: 'ROLLING', bakeTimeInMinutes: 0, lifecycleHooks: [], alarms: { enable: false } }, false],
    [{ strategy: 'CANARY' }, true],
    [{ bakeTimeInMinutes: 1 }, true],
    [{ alarms: { enable: true } }, true],
    [{ lifecycleHooks: [{}] }, true],
  ])('%j: %s', (configuration, asked) => expect(of(configuration)).toBe(asked));

  test('failing tasks with a breaker, a failed one, one that is not PRIMARY', () => {
    const breaker = { deploymentCircuitBreaker: { enable: true } };
    expect(of(breaker, ours({ failed: 1 }))).toBe(true);
    expect(of({}, ours({ failed: 1 }))).toBe(false);
    expect(of({}, ours({ rolloutState: 'FAILED' }))).toBe(true);
    expect(of({}, ours({ status: 'ACTIVE' }))).toBe(true);
    expect(serviceDeploymentTellsMore(service([]), 'ecs-svc/2')).toBe(true);
    expect(serviceDeploymentTellsMore(service([], { status: 'DRAINING' }), 'ecs-svc/2')).toBe(false);
  });

  test('hooks wait only while the deployment goes on', () => {
    expect(waitingHooks(seen({ hooks: [hook(), hook({ status: 'FAILED' })] }))).toHaveLength(1);
    expect(waitingHooks(seen({ status: 'ROLLBACK_IN_PROGRESS', hooks: [hook()] }))).toEqual([]);
    expect(waitingHooks(service([up]))).toEqual([]);
    expect(isUnderWay({ arn: '', status: '', hooks: [] })).toBe(false);
    expect(pauseKey({ arn: '', status: '', hooks: [] }, hook())).toBe(' pause-1');
  });
});
