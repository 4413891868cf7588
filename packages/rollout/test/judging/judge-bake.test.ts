// The watch after steady, as a table.
import { describe, expect, test } from '@jest/globals';
import { judgeBake } from '../../src/index.ts';
import type { BakeInput, ServiceSnapshot } from '../../src/index.ts';
import { arn, deployment, minute, missing, now, service, task } from '../builders.ts';
import { ours, startedAt } from './judge-history.ts';

const up = ours({ running: 2, rolloutState: 'COMPLETED' });
const group = (state: string, reason?: string) => ({
  id: 'arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/web/0123',
  kind: 'target-group' as const,
  targets: [{ id: '10.0.0.7:8080', state, ...(reason === undefined ? {} : { reason }) }],
});

const mixed = (...states: string[]) => ({
  ...group('healthy'),
  targets: states.map((state, index) => ({ id: `10.0.0.${index}:8080`, state })),
});

function judged(snapshot: ServiceSnapshot, more: Partial<BakeInput> = {}) {
  return judgeBake({
    snapshot,
    deployment: 'ecs-svc/2',
    taskDefinition: arn(2),
    startedAt,
    deadline: now,
    now,
    stopped: [],
    adopted: true,
    primaryBefore: 'ecs-svc/1',
    version: '1.0.15.RELEASE',
    steadyAt: now - 2 * minute,
    bakeMs: 5 * minute,
    stoppedBefore: new Set(),
    alarms: [],
    ...more,
  });
}

const over = { steadyAt: now - 5 * minute };
const spot = () => task({ stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' });
const scaled = () =>
  task({
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason: 'Scaling activity initiated by (deployment x)',
  });

type Case = readonly [
  name: string,
  snapshot: ServiceSnapshot,
  more: Partial<BakeInput>,
  kind: string | null,
  reason?: string,
];

const cases: readonly Case[] = [
  ['all is well', service([up]), {}, null],
  ['all was well', service([up]), over, 'steady', 'it was watched for 5 min more: no task failed'],
  [
    'targets and alarms, too',
    service([up], { targets: [group('healthy')] }),
    { ...over, alarms: [{ name: '5xx', state: 'OK' }] },
    'steady',
    'no task failed, no target was unhealthy, no alarm rang (5xx)',
  ],
  [
    'one task crashed',
    service([up]),
    { stopped: [task()] },
    'failed',
    '2 min after it was steady container web exited with code 1',
  ],
  [
    'out of memory',
    service([up]),
    {
      stopped: [
        task({}, { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' }),
      ],
    },
    'failed',
    'a task stopped: OutOfMemoryError',
  ],
  [
    'a crash before it was steady is forgiven',
    service([up]),
    ((one) => ({ stopped: [one], stoppedBefore: new Set([one.arn]) }))(task()),
    null,
  ],
  ['Spot', service([ours({ running: 1, rolloutState: 'COMPLETED' })]), { stopped: [spot()] }, null],
  ['scaled in', service([up]), { stopped: [scaled()] }, null],
  [
    'stopped by hand',
    service([up]),
    { stopped: [task({ stopCode: 'UserInitiated', stoppedReason: 'x' })] },
    null,
  ],
  [
    'a target is unhealthy',
    service([up], { targets: [group('unhealthy', 'Target.ResponseCodeMismatch')] }),
    {},
    'failed',
    'the target 10.0.0.7:8080 of targetgroup/web/0123 is unhealthy: Target.ResponseCodeMismatch',
  ],
  ['a target drains or is new', service([up], { targets: [group('draining'), group('initial')] }), {}, null],
  [
    'an alarm rings',
    service([up]),
    { alarms: [{ name: '5xx', state: 'ALARM', reason: 'Threshold.' }] },
    'failed',
    'the alarm 5xx rings: Threshold',
  ],
  ['an alarm has no data', service([up]), { alarms: [{ name: '5xx', state: 'INSUFFICIENT_DATA' }] }, null],
  [
    'short of a task at the end: it gets time',
    service([ours({ running: 1, rolloutState: 'COMPLETED' })]),
    over,
    null,
  ],
  [
    'short of a task for too long',
    service([ours({ running: 1, rolloutState: 'COMPLETED' })]),
    { steadyAt: now - 10 * minute },
    'failed',
    'only 1 of 2 tasks run',
  ],
  [
    'early success criteria hold during the bake, too',
    service([ours({ desired: 4, running: 3, rolloutState: 'COMPLETED' })], {
      definition: {
        deploymentConfiguration: { earlySuccessCriteria: { enable: true, healthyPercent: 75 } },
      },
    }),
    { steadyAt: now - 10 * minute },
    'steady',
    '3 of 4',
  ],
  [
    'a target that is not ours is unhealthy, ours all have a healthy one',
    service([up], { targets: [mixed('healthy', 'healthy', 'unhealthy')] }),
    over,
    'steady',
    'no task failed.',
  ],
  [
    'one of ours is unhealthy beside it',
    service([up], { targets: [mixed('healthy', 'unhealthy', 'unhealthy')] }),
    {},
    'failed',
    'is unhealthy',
  ],
  ['no deployment is listed for one look', service([]), over, null],
  [
    'no deployment is listed any more: it does not watch for ever',
    service([]),
    { steadyAt: now - 10 * minute },
    'unknown',
    'lists no deployment',
  ],
  ['ours is not in one answer, which may be an old one', service([deployment()]), { missed: 1 }, null],
  ['ours is not in the next one either', service([deployment()]), { missed: 2 }, 'failed'],
  [
    'somebody else deployed',
    service([
      deployment({ id: 'ecs-svc/3', taskDefinition: arn(3), createdAt: now }),
      { ...up, status: 'ACTIVE' },
    ]),
    {},
    'superseded',
  ],
  ['put back', service([deployment({ createdAt: startedAt - minute })]), {}, 'failed', 'PRIMARY again'],
  [
    'FAILED after all',
    service([{ ...up, rolloutState: 'FAILED' }]),
    {},
    'failed',
    'calls the deployment FAILED',
  ],
  ['deleted', missing('INACTIVE'), {}, 'superseded'],
  [
    'an update that started no deployment',
    service([{ ...up, id: 'ecs-svc/1' }]),
    { ...over, deployment: null },
    'steady',
  ],
];

describe('judgeBake', () => {
  test.each(cases)('%s', (_name, snapshot, more, kind, reason = '') => {
    const verdict = judged(snapshot, more);
    expect(verdict?.kind ?? null).toBe(kind);
    expect(verdict?.reason ?? '').toContain(reason);
    expect(verdict?.reason ?? 'None.').toMatch(/[^.]\.$/u);
  });
});
