// The plan of a roll-back by hand, and when ECS itself may be told to stop what is in flight.
import { describe, expect, test } from '@jest/globals';
import { canBeStopped, comingBack, planGoingBack, tagKeys, type GoingBackInput } from '../../src/index.ts';
import { arn, deployment, now, revision, service } from '../builders.ts';

const running = revision(2, { version: '1.0.15.RELEASE', replaces: 'web:1' });
const target = revision(1, { version: '1.0.14.RELEASE' });
const primary = deployment({ id: 'ecs-svc/2', taskDefinition: arn(2), desired: 3, running: 3 });

function input(members: Partial<GoingBackInput> = {}): GoingBackInput {
  return {
    cluster: 'qa',
    service: service([primary], {
      definition: { desiredCount: 3, healthCheckGracePeriodSeconds: 60, schedulingStrategy: 'REPLICA' },
    }),
    running,
    target,
    update: { service: 'web', desiredCount: 2, healthCheckGracePeriodSeconds: 30, forceNewDeployment: true },
    desired: undefined,
    scalable: false,
    notes: [],
    ...members,
  };
}

describe('planGoingBack', () => {
  test('sends what the release was sent with, pinned to its revision, and knows the way forward again', () => {
    expect(planGoingBack(input())).toMatchObject({
      action: 'update',
      version: '1.0.14.RELEASE',
      versionBefore: '1.0.15.RELEASE',
      adoptRevision: arn(1),
      retag: { [tagKeys.outcome]: 'returning', [tagKeys.returnedFrom]: 'web:2' },
      request: { cluster: 'qa', service: 'web', desiredCount: 2, healthCheckGracePeriodSeconds: 30 },
      rollbackTo: 'web:2',
      rollbackDesired: 3,
      rollbackAttributes: { healthCheckGracePeriodSeconds: 60 },
      primaryBefore: 'ecs-svc/2',
    });
    expect(planGoingBack(input()).request).not.toHaveProperty('forceNewDeployment');
    expect(planGoingBack(input()).request).not.toHaveProperty('taskDefinition');
  });

  test.each<[string, Partial<GoingBackInput>, number | undefined]>([
    ['noted while it was steady wins over the descriptor', { desired: 5 }, 5],
    ['noted as 0', { desired: 0 }, 0],
    ['owned by auto scaling', { desired: 5, scalable: true }, undefined],
    ['perhaps owned by auto scaling', { desired: 5, scalable: null }, 5],
    ['what it is already', { desired: 3 }, undefined],
    ['nobody knows', { update: null }, undefined],
    [
      'a DAEMON has none',
      { desired: 5, service: service([primary], { definition: { schedulingStrategy: 'DAEMON' } }) },
      undefined,
    ],
  ])('the desired count: %s', (_what, members, expected) => {
    expect(planGoingBack(input(members)).request?.['desiredCount']).toBe(expected);
  });

  test.each([
    ['is crashing', { ...primary, rolloutState: 'FAILED' as const }, running],
    ['failed when it was installed', primary, revision(2, { version: '1.0.15.RELEASE', outcome: 'failed' })],
    ['is deregistered', primary, revision(2, {}, { status: 'INACTIVE' })],
    ['is not known', primary, null],
  ])('what runs and %s is not brought back should the roll-back fail', (_what, one, known) => {
    const plan = planGoingBack(input({ service: service([one]), running: known }));
    expect(plan).not.toHaveProperty('rollbackTo');
    expect(plan).not.toHaveProperty('firstDeployment');
  });
});

describe('canBeStopped', () => {
  const flying = deployment({ id: 'ecs-svc/2', taskDefinition: arn(2), rolloutState: 'IN_PROGRESS' });
  const before = deployment({ id: 'ecs-svc/1', status: 'ACTIVE', taskDefinition: arn(1) });
  const asked = (members: Partial<GoingBackInput>): boolean => {
    const all = input({ update: null, service: service([flying, before]), ...members });
    return canBeStopped(all, planGoingBack(all));
  };
  test.each<[string, Partial<GoingBackInput>, boolean]>([
    ['to the one before, with nothing else to change', {}, true],
    ['to another one', { target: revision(7) }, false],
    ['with another desired count', { desired: 9 }, false],
    ['with another attribute', { update: { healthCheckGracePeriodSeconds: 30 } }, false],
    ['nothing in flight', { service: service([primary, before]) }, false],
    ['the one before is gone already', { service: service([flying]) }, false],
  ])('%s', (_what, members, expected) => {
    expect(asked(members)).toBe(expected);
  });
});

describe('comingBack', () => {
  const flying = deployment({ id: 'ecs-svc/3', taskDefinition: arn(1), rolloutState: 'IN_PROGRESS' });
  const failed = deployment({
    id: 'ecs-svc/2',
    status: 'ACTIVE',
    taskDefinition: arn(2),
    rolloutState: 'FAILED',
    rolloutStateReason: 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/3.',
  });
  const told = (members: Partial<Parameters<typeof comingBack>[0]>) =>
    comingBack({ now, service: service([flying]), running: target, later: [], ...members });

  test('by ECS, by an installation that failed, by a roll-back that was cut off', () => {
    expect(told({ service: service([flying, failed]) })).toContain('ECS is rolling back to web:1');
    const later = [revision(2, { version: '1.0.15.RELEASE', replaces: 'web:1', outcome: 'rolling-back' })];
    expect(told({ later })).toContain('1.0.15.RELEASE failed, and web:1 is coming back');
    const cut = revision(1, { outcome: 'returning', returnedFrom: 'web:2' });
    expect(told({ running: cut, service: service([deployment()]) })).toContain(
      'A roll-back from web:2 to web:1',
    );
  });

  test.each<[string, Partial<Parameters<typeof comingBack>[0]>]>([
    ['an ordinary rollout', {}],
    [
      'one that came back and is steady',
      { service: service([deployment()]), running: revision(1, { outcome: 'returned' }) },
    ],
    [
      'what failed had replaced another one',
      { later: [revision(2, { replaces: 'web:9', outcome: 'failed' })] },
    ],
    ['ECS rolled back to another one once', { service: service([{ ...flying, id: 'ecs-svc/9' }, failed]) }],
    ['there is no deployment', { service: service([]) }],
  ])('not: %s', (_what, members) => {
    expect(told(members)).toBeNull();
  });
});
