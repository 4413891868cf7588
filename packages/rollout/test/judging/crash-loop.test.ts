// Failing early, and when not to.
import { describe, expect, test } from '@jest/globals';
import type { DeploymentSnapshot, TaskSnapshot } from '../../src/index.ts';
import { arn, deployment, now, task, unstarted } from '../builders.ts';
import { judged, late, older, ours, startedAt } from './judge-history.ts';
import type { More } from './judge-history.ts';

const times = (count: number, make: () => TaskSnapshot): TaskSnapshot[] =>
  Array.from({ length: count }, make);
const crashing = ours({ running: 0, failed: 3 });
const notFound =
  'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref registry.example/web:1.0.16: not found';
const unhealthy = (): TaskSnapshot =>
  task(
    {
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed ELB health checks in (target-group arn:x)',
    },
    { exitCode: 137 },
  );
const drained = (): TaskSnapshot =>
  task(
    {
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/2)',
    },
    { exitCode: 143 },
  );

type Case = readonly [
  name: string,
  stopped: readonly TaskSnapshot[],
  reason: string | null,
  ours?: DeploymentSnapshot,
  more?: More,
];
const cases: readonly Case[] = [
  [
    'stopped by the scheduler for a reason that is new',
    times(9, () => task({ stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'something new' })),
    null,
  ],
  [
    'stopped by somebody who says why',
    times(9, () => task({ stopCode: 'UserInitiated', stoppedReason: 'chaos' })),
    null,
  ],
  ['three exits with the same code', times(3, () => task()), 'container web exited with code 1'],
  [
    'three exits with different codes of one container',
    [task(), task({}, { exitCode: 2 }), task({}, { exitCode: 139 })],
    'Crash loop: 3 tasks',
  ],
  ['two exits', times(2, () => task()), null],
  ['one task seen three times', ((one) => [one, one, one])(task()), null],
  ['three containers, one each', ['a', 'b', 'c'].map((name) => task({}, { name })), null],
  ['an exit with 0 over and over', times(3, () => task({}, { exitCode: 0 })), 'has to go on running'],
  [
    'an emulator without the exact words',
    times(3, () => task({ stoppedReason: 'Essential container exited', startedBy: 'web' })),
    'code 1',
  ],
  [
    'out of memory',
    times(3, () =>
      task({}, { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' }),
    ),
    'OutOfMemoryError',
  ],
  ['an image that is not there', times(3, () => unstarted(notFound)), 'not found'],
  [
    'pull limit: it may pass',
    times(3, () =>
      unstarted('CannotPullContainerError: toomanyrequests: You have reached your pull rate limit'),
    ),
    null,
  ],
  [
    'pull limit again and again',
    times(6, () =>
      unstarted('CannotPullContainerError: toomanyrequests: You have reached your pull rate limit'),
    ),
    'toomanyrequests',
  ],
  ['load balancer checks: a slow starter', times(3, unhealthy), null],
  ['load balancer checks over and over', times(6, unhealthy), 'ELB health checks'],
  ['scaled in', times(9, drained), null],
  [
    'replaced by a finished deployment, on an emulator',
    times(9, () =>
      task({ stopCode: 'UserInitiated', stoppedReason: 'Deployment completed' }, { exitCode: 137 }),
    ),
    null,
  ],
  [
    'stopped by hand',
    times(9, () => task({ stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' })),
    null,
  ],
  [
    'Spot',
    times(9, () => task({ stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' })),
    null,
  ],
  [
    'Spot under its older code',
    times(9, () => task({ stopCode: 'TerminationNotice', stoppedReason: 'Your Spot Task was interrupted.' })),
    null,
  ],
  ['an instance went away', times(9, () => task({ stopCode: 'InfrastructureHealth' })), null],
  [
    'no capacity on Fargate',
    times(9, () =>
      unstarted(
        'Capacity is unavailable at this time. Please try again later or in a different availability zone',
      ),
    ),
    null,
  ],
  [
    'nothing said, told to stop',
    times(9, () => {
      const { stopCode: _, stoppedReason: __, ...rest } = task({}, { exitCode: 143 });
      return rest;
    }),
    null,
  ],
  ['three of fifty', times(3, () => task()), null, ours({ desired: 50, running: 40, failed: 3 })],
  [
    'thirteen of fifty',
    times(13, () => task()),
    'Crash loop: 13',
    ours({ desired: 50, running: 30, failed: 13 }),
  ],
  ['as set', times(2, () => task()), 'Crash loop: 2', crashing, { settings: { crashLoopAfter: 2 } }],
  ['it came up in the end, ECS has set the failures back', times(3, () => task()), null, ours({ failed: 0 })],
  ['a loop whose tasks live for a while', times(6, () => task()), 'Crash loop: 6', ours({ failed: 0 })],
  ['at the deadline the loop is named', times(3, () => task()), 'Crash loop', crashing, late],
  [
    'COMPLETED and dying while the old ones drain',
    times(3, () => task()),
    'Crash loop',
    ours({ rolloutState: 'COMPLETED', running: 1, failed: 1 }),
  ],
];

describe('judge: crash loop', () => {
  test.each(cases)('%s', (_name, stopped, reason, primary = crashing, more = {}) => {
    const verdict = judged([primary, older()], { stopped, ...more });
    if (reason === null) expect(verdict).toBeNull();
    else expect(verdict).toEqual({ kind: 'failed', reason: expect.stringContaining(reason) });
  });

  const completed = ours({ rolloutState: 'COMPLETED' });
  const stoppedAt = (ago: number): TaskSnapshot => task({ stoppedAt: now - ago });

  test('nothing is called a loop once the deployment is steady', () => {
    expect(judged([completed], { stopped: times(9, () => stoppedAt(10_000)) })?.kind).toBe('steady');
  });

  test('every task up again a moment after one crashed is not steady yet', () => {
    const verdictOn = (stopped: readonly TaskSnapshot[], more: More = {}) =>
      judged([completed], { stopped, ...more })?.kind;
    expect(verdictOn([stoppedAt(9999)])).toBeUndefined();
    expect(verdictOn([stoppedAt(60_000), stoppedAt(2000)])).toBeUndefined();
    expect(verdictOn([stoppedAt(10_000)])).toBe('steady');
    expect(verdictOn([drained()])).toBe('steady');
    expect(verdictOn(times(6, () => stoppedAt(2000)))).toBe('failed');
    expect(verdictOn([stoppedAt(2000)], late)).toBe('steady');
    // ECS's clock is ten minutes behind ours, or ahead of it.
    const skewed = (ms: number): More => ({ createdAt: startedAt + ms });
    expect(verdictOn([stoppedAt(602_000)], skewed(-600_000))).toBeUndefined();
    expect(verdictOn([stoppedAt(-580_000)], skewed(600_000))).toBe('steady');
    // A registration that was throttled for half a minute is no difference of clocks.
    const throttled: More = { createdAt: startedAt + 30_000, watchedSince: startedAt + 31_000 };
    expect(verdictOn([stoppedAt(9999)], throttled)).toBeUndefined();
  });

  test('those that stopped before it got further weigh half', () => {
    const partly = ours({ desired: 12, running: 9, failed: 3 });
    const progressAt = now - 30_000;
    const kindOf = (before: number, after: number, more: More = {}) =>
      judged([partly, older()], {
        stopped: [...times(before, () => stoppedAt(40_000)), ...times(after, () => stoppedAt(10_000))],
        progressAt,
        ...more,
      })?.kind;
    expect(kindOf(3, 0)).toBeUndefined();
    expect(kindOf(3, 2)).toBeUndefined();
    expect(kindOf(0, 3)).toBe('failed');
    expect(kindOf(4, 2)).toBe('failed');
    // ECS's times are a minute behind ours, or ahead: then those were a minute later, or earlier.
    expect(kindOf(0, 3, { createdAt: startedAt - 60_000 })).toBe('failed');
    expect(kindOf(0, 3, { createdAt: startedAt + 60_000 })).toBeUndefined();
  });

  test('what is wanted since it was COMPLETED is no part of the rollout', () => {
    const scaled = ours({ rolloutState: 'COMPLETED', desired: 6, running: 2 });
    const verdictOn = (more: More) => judged([scaled], more);
    expect(verdictOn({})).toBeNull();
    expect(verdictOn({ completedWith: 6 })).toBeNull();
    expect(verdictOn({ completedWith: 0 })).toBeNull();
    expect(verdictOn({ completedWith: 2 })).toEqual({
      kind: 'steady',
      reason: expect.stringContaining(
        'it was COMPLETED with 2; 4 more are wanted since, which are not proven',
      ),
    });
  });

  test('an update without a deployment of its own fails early, too', () => {
    const primary = deployment({ taskDefinition: arn(2), running: 0, failed: 3 });
    expect(judged([primary], { deployment: null, stopped: times(3, () => task()) })?.kind).toBe('failed');
  });
});
