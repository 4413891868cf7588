// The service goes away, or no deployment is ours at all.
import { describe, expect, test } from '@jest/globals';
import type { DeploymentSnapshot, ServiceSnapshot, VerdictKind } from '../../src/index.ts';
import { arn, deployment, missing, now, service, withoutState } from '../builders.ts';
import { fresh, judgeAll, late, older } from './judge-history.ts';
import type { More } from './judge-history.ts';

const breaker = 'ECS deployment circuit breaker: tasks failed to start.';

describe('judge: the service goes away', () => {
  const draining = { ...missing('DRAINING'), running: 1 };
  const cases: readonly (readonly [string, ServiceSnapshot, VerdictKind | null, More])[] = [
    ['deleted by somebody', draining, 'superseded', {}],
    ['deleted within seconds', draining, 'superseded', fresh],
    ['INACTIVE', missing('INACTIVE'), 'superseded', {}],
    ['INACTIVE still, just created anew', missing('INACTIVE'), null, fresh],
    ['MISSING', missing(), 'failed', {}],
    ['MISSING in one answer, which may be an old one', missing(), null, { missed: 1 }],
    ['MISSING again', missing(), 'failed', { missed: 2 }],
    ['MISSING, just sent after a long registration', missing(), null, { watchedSince: now - 2000 }],
    ['MISSING, just created', missing(), null, fresh],
    ['MISSING, just created, no time', missing(), 'timed-out', { ...fresh, ...late }],
  ];
  test.each(cases)('%s', (_name, snapshot, kind, more) => {
    expect(judgeAll(snapshot, more)?.kind ?? null).toBe(kind);
  });
});

describe('judge: an update that started no deployment', () => {
  const same = deployment({ taskDefinition: arn(2) });
  const attributes: More = { deployment: null };
  const cases: readonly (readonly [
    string,
    readonly DeploymentSnapshot[],
    VerdictKind | null,
    string,
    More?,
    Partial<ServiceSnapshot>?,
  ])[] = [
    ['counts right', [same], 'steady', 'started no deployment; 2 of 2'],
    ['counts right, no rolloutState', [withoutState(same)], 'steady', ''],
    ['a task is still pending', [{ ...same, pending: 1 }], null, ''],
    ['desired 0', [{ ...same, desired: 0, running: 0 }], 'steady', 'nothing is proven'],
    ['scaling out', [{ ...same, desired: 4, running: 2, pending: 2 }], null, ''],
    ['scaling out at the deadline', [{ ...same, desired: 4, pending: 2 }], 'timed-out', '2 of 4', late],
    ['IN_PROGRESS with the counts right', [{ ...same, rolloutState: 'IN_PROGRESS' }], null, ''],
    [
      'FAILED',
      [{ ...same, rolloutState: 'FAILED', rolloutStateReason: breaker }],
      'failed',
      'circuit breaker',
    ],
    ['old tasks left', [same, older({ id: 'ecs-svc/0', running: 1 })], null, ''],
    ['another revision runs', [deployment({ taskDefinition: arn(3) })], 'superseded', 'web:3'],
    ['another revision in one answer', [deployment({ taskDefinition: arn(3) })], null, '', { missed: 1 }],
    ['the same, in an answer from before', [deployment()], null, '', fresh],
    [
      'the service names ours, its deployment does not',
      [deployment()],
      null,
      '',
      {},
      { taskDefinition: arn(2) },
    ],
    [
      'the same at the deadline',
      [deployment()],
      'timed-out',
      'still has web:1 and not web:2',
      late,
      { taskDefinition: arn(2) },
    ],
    ['no deployment', [], null, ''],
  ];
  test.each(cases)('%s', (_name, deployments, kind, reason, more = {}, members = {}) => {
    const verdict = judgeAll(service(deployments, members), { ...attributes, ...more });
    expect(verdict?.kind ?? null).toBe(kind);
    expect(verdict?.reason ?? '').toContain(reason);
  });
});
