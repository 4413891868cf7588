// What runs at one place: health and drift, from one look at ECS, the tags and the records.
import { describe, expect, test } from '@jest/globals';
import { isAsItShouldBe, serviceStatus, type StatusInput, type TargetGroupSnapshot } from '../src/index.ts';
import { deployment, event, missing, now, revision, service } from './builders.ts';

const place = { environment: 'QA', cluster: 'qa', service: 'web' };
const own = { version: '1.0.15.RELEASE', environment: 'QA', cluster: 'qa', service: 'web' } as const;
const old = { createdAt: now - 3_600_000, updatedAt: now - 3_600_000 };

function input(members: Partial<StatusInput> = {}): StatusInput {
  return {
    now,
    project: 'web',
    place,
    service: service([deployment(old)]),
    running: revision(1, own),
    later: [],
    lastRun: { version: '1.0.15.RELEASE', versionAt: now - 3_500_000, endedAt: now - 3_500_000 },
    differences: [],
    notes: [],
    ...members,
  };
}

const targets = (...states: string[]): readonly TargetGroupSnapshot[] => [
  {
    id: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/0',
    kind: 'target-group',
    targets: states.map((state, index) => ({ id: `i-${index}`, state })),
  },
];

const green = 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/green/0';
const pair = {
  loadBalancers: [
    {
      targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/0',
      advancedConfiguration: { alternateTargetGroupArn: green },
    },
  ],
};

describe('health', () => {
  test.each<[string, Partial<StatusInput>, string, string]>([
    ['all run', {}, 'healthy', '1.0.15.RELEASE (web:1): 2 of 2 tasks run.'],
    [
      'one is missing',
      { service: service([deployment({ ...old, running: 1 })]) },
      'unhealthy',
      'only 1 of 2 tasks run',
    ],
    [
      'a rollout is under way',
      { service: service([deployment({ rolloutState: 'IN_PROGRESS', running: 0, pending: 1 })]) },
      'in-progress',
      '0 of 2 tasks run, 1 are pending',
    ],
    [
      'its deployment failed',
      {
        service: service([
          deployment({
            ...old,
            rolloutState: 'FAILED',
            running: 0,
            rolloutStateReason: 'tasks failed to start.',
          }),
        ]),
      },
      'unhealthy',
      'FAILED, 0 of 2 tasks run: tasks failed to start.',
    ],
    [
      'it failed and runs all the same',
      { running: revision(1, { ...own, outcome: 'failed' }) },
      'unhealthy',
      'it failed when',
    ],
    [
      'nothing is wanted',
      { service: service([deployment({ ...old, desired: 0, running: 0 })]) },
      'empty',
      'desired count is 0',
    ],
    ['it does not exist', { service: missing(), running: null }, 'absent', 'does not exist'],
    ['it was deleted', { service: missing('INACTIVE'), running: null }, 'absent', 'deleted'],
    ['it is being deleted', { service: missing('DRAINING'), running: null }, 'absent', 'being deleted'],
    ['without any deployment', { service: service([]) }, 'unhealthy', 'no deployment'],
    ['its revision cannot be read', { running: null }, 'healthy', 'web:1: 2 of 2'],
    [
      'a target is ill',
      { service: { ...service([deployment(old)]), targets: targets('healthy', 'unhealthy', 'draining') } },
      'unhealthy',
      '1 of 2 targets of web are healthy',
    ],
    [
      'no target at all',
      { service: { ...service([deployment(old)]), targets: targets() } },
      'unhealthy',
      'web has no target',
    ],
    [
      'blue/green: the other target group is empty between two rollouts',
      {
        service: {
          ...service([deployment(old)]),
          definition: pair,
          targets: [...targets('healthy', 'healthy'), { id: green, kind: 'target-group', targets: [] }],
        },
      },
      'healthy',
      '2 of 2 tasks run.',
    ],
    [
      'blue/green: both are empty',
      {
        service: {
          ...service([deployment(old)]),
          definition: pair,
          targets: [...targets(), { id: green, kind: 'target-group', targets: [] }],
        },
      },
      'unhealthy',
      'has no target',
    ],
    [
      'Cloud Map does not check its instances',
      {
        service: {
          ...service([deployment(old)]),
          targets: [
            {
              id: 'arn:aws:servicediscovery:x:1:service/srv-1',
              kind: 'service-registry',
              targets: [{ id: 'a', state: 'initial' }],
            },
          ],
        },
      },
      'healthy',
      '2 of 2',
    ],
    [
      'Cloud Map finds one ill',
      {
        service: {
          ...service([deployment(old)]),
          targets: [{ id: 'srv-1', kind: 'service-registry', targets: [{ id: 'a', state: 'unhealthy' }] }],
        },
      },
      'unhealthy',
      '0 of 1 targets of srv-1',
    ],
    [
      'all targets are well',
      { service: { ...service([deployment(old)]), targets: targets('healthy', 'healthy') } },
      'healthy',
      '2 of 2',
    ],
  ])('%s', (_what, members, health, sentence) => {
    const status = serviceStatus(input(members));
    expect(status.health).toBe(health);
    expect(status.sentence).toContain(sentence);
  });
});

describe('what somebody changed by hand', () => {
  test.each<[string, Partial<StatusInput>, string]>([
    ['a revision without tags', { running: revision(1) }, 'was not registered by the installer'],
    [
      'one of another environment',
      { running: revision(1, { ...own, environment: 'Production' }) },
      'was installed for Production, which has the same service',
    ],
    ['one of another cluster', { running: revision(1, { ...own, cluster: 'other' }) }, 'for another place'],
    [
      'another version than recorded',
      { running: revision(1, { ...own, version: '1.0.9.RELEASE' }) },
      'but 1.0.9.RELEASE runs',
    ],
    [
      'a deployment that nobody recorded',
      { service: service([deployment({ createdAt: now - 1_000_000, updatedAt: now - 900_000 })]) },
      'began after the last run',
    ],
    ['an attribute', { differences: ['service.desiredCount is 4 now'] }, 'desiredCount is 4'],
  ])('%s', (_what, members, text) => {
    const status = serviceStatus(input(members));
    expect(status.drift.join(' ')).toContain(text);
    expect(isAsItShouldBe(status)).toBe(false);
  });

  test.each<[string, Partial<StatusInput>]>([
    ['nothing', {}],
    ['no record could be read', { lastRun: null }],
    [
      'the last run ended without a certain version',
      { lastRun: { version: null, versionAt: null, endedAt: now } },
    ],
    [
      'the deployment began within the skew of two clocks',
      { lastRun: { version: own.version, versionAt: old.createdAt, endedAt: old.createdAt - 100_000 } },
    ],
    [
      'the cluster is named by its ARN',
      { place: { ...place, cluster: 'arn:aws:ecs:eu-west-1:1:cluster/qa' } },
    ],
    ['the revision could not be read', { running: null }],
  ])('not: %s', (_what, members) => {
    expect(serviceStatus(input(members)).drift).toEqual([]);
  });

  test('of a service that is gone nothing is said', () => {
    expect(serviceStatus(input({ service: missing(), running: null })).drift).toEqual([]);
  });
});

test('failed and withdrawn attempts of this place, the newest first', () => {
  const later = [
    revision(2, { ...own, version: '1.0.16.RELEASE', outcome: 'failed', cause: 'crash-loop' }),
    revision(3, { ...own, version: '1.0.17.RELEASE', outcome: 'withdrawn' }),
    revision(4, { ...own, environment: 'Production', outcome: 'failed' }),
    revision(5, own),
  ];
  const { attempts } = serviceStatus(input({ later }));
  expect(attempts.map(({ version, outcome, cause }) => [version, outcome, cause])).toEqual([
    ['1.0.17.RELEASE', 'withdrawn', null],
    ['1.0.16.RELEASE', 'failed', 'crash-loop'],
  ]);
});

test('the last event, and what is not known is null', () => {
  const events = [event('has reached a steady state', now - 5)];
  const status = serviceStatus(
    input({ service: { ...service([deployment(old)]), events }, running: revision(1), project: null }),
  );
  expect(status).toMatchObject({
    lastEvent: { at: now - 5, message: '(service web) has reached a steady state' },
    version: null,
    project: null,
    build: { key: null, number: null },
    taskDefinition: 'web:1',
  });
});
