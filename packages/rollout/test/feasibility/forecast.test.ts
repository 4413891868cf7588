// Forecasts: what is lacking and how it is said, what is uncertain and therefore no refusal, durations, strange input.
import { describe, expect, test } from '@jest/globals';
import { forecast, mayNeedInstances } from '../../src/feasibility/index.ts';
import type { ClusterRoom, Finding, TaskSnapshot } from '../../src/index.ts';
import { deployment, service } from '../builders.ts';
import { create, instance, occupied, room, seedTask, taskOn, update, type Wish } from './builders.ts';

const full: Wish = { instances: 3, desired: 3, minimum: 100 };
const levels = (findings: readonly Finding[]): string[] => findings.map(({ level }) => level);
const dynamic = seedTask({}, 0);
const homeless: TaskSnapshot = {
  arn: 'task/1',
  taskDefinition: taskOn(1).taskDefinition,
  lastStatus: 'RUNNING',
  desiredStatus: 'RUNNING',
  containers: [],
};

describe('what is lacking', () => {
  const small = (memory: number, cpu = 2048) =>
    [1, 2].map((number) =>
      instance(number, {
        memory: { registered: 3884, remaining: memory },
        cpu: { registered: 2048, remaining: cpu },
      }),
    );
  const beside = (memory: number, cpu?: number, input = {}) =>
    forecast(
      update({
        instances: 2,
        desired: 2,
        minimum: 100,
        room: room(small(memory, cpu), { tasks: [taskOn(1), taskOn(2)] }),
        input: { newTask: dynamic, oldTask: dynamic, ...input },
      }),
    );

  test('memory: how much is free, how much a task takes, and the most that would fit', () => {
    const { forecast: foretold, findings } = beside(200);
    expect(foretold.sentence).toContain('has 200 MiB of memory free, a task takes 256');
    expect(foretold.change).toBe('minimumHealthyPercent 50 (now 100)');
    expect(foretold.otherChanges).toEqual([
      '200 MiB of memory for a task (now 256)',
      '1 more instance (now 2)',
      'desiredCount 1 (now 2)',
    ]);
    expect(levels(findings)).toEqual(['error']);
  });

  test('CPU', () => {
    const [container] = dynamic['containerDefinitions'] as readonly object[];
    const hungry = { ...dynamic, containerDefinitions: [{ ...container, cpu: 1024 }] };
    const { forecast: foretold } = beside(3000, 512, { newTask: hungry });
    expect(foretold.sentence).toContain('has 512 CPU units free, a task takes 1024');
    expect([foretold.change, ...(foretold.otherChanges ?? [])]).toContain(
      '512 CPU units for a task (now 1024)',
    );
  });

  test('GPUs', () => {
    const [container] = dynamic['containerDefinitions'] as readonly object[];
    const resourceRequirements = [{ type: 'GPU', value: '1' }];
    const newTask = { ...dynamic, containerDefinitions: [{ ...container, resourceRequirements }] };
    const { forecast: foretold } = forecast(
      create({ instances: 2, desired: 1, minimum: 100, input: { newTask } }),
    );
    expect(foretold.sentence).toBe(
      'Each of the 2 instances has 0 GPUs free, a task takes 1: none of the 1 task can start.',
    );
  });

  test('instances of the capacity provider that is named: the others do not count', () => {
    const foretold = forecast(
      update({
        instances: 2,
        desired: 2,
        minimum: 50,
        service: { capacityProviderStrategy: [{ capacityProvider: 'new', weight: 1 }] },
        room: { providers: [{ name: 'new', kind: 'auto-scaling-group', scales: true }] },
      }),
    );
    expect(foretold.forecast.sentence).toContain('No container instance that the service may use is ACTIVE');
    expect(levels(foretold.findings)).toEqual(['warning']);
  });

  test('a port that another service holds', () => {
    const instances = [occupied(1), occupied(2)];
    const taken = forecast(
      create({ instances: 2, desired: 1, minimum: 100, room: room(instances, { tasks: [] }) }),
    );
    expect(taken.forecast.sentence).toContain(
      'already holds port 1234, in part for others than this service',
    );
  });

  test('a UDP port beside the same TCP port', () => {
    const portMappings = [{ containerPort: 53, hostPort: 53, protocol: 'udp' }];
    const newTask = seedTask({
      containerDefinitions: [{ name: 'dns', image: 'dns', memory: 16, essential: true, portMappings }],
    });
    const held = (port: string) =>
      forecast(
        create({
          instances: 1,
          desired: 1,
          minimum: 100,
          room: room([instance(1, { takenPorts: [port] })]),
          input: { newTask },
        }),
      ).forecast;
    expect(held('tcp/53').outcome).toBe('finishes');
    expect(held('udp/53').sentence).toContain('already holds port 53/udp');
  });

  test('distinctInstance, and constraints that no instance meets', () => {
    const wish = { instances: 2, desired: 2, minimum: 100, input: { newTask: dynamic, oldTask: dynamic } };
    const distinct = forecast(
      update({ ...wish, service: { placementConstraints: [{ type: 'distinctInstance' }] } }),
    );
    expect(distinct.forecast.sentence).toContain('runs a task of this service already, and distinctInstance');
    const placementConstraints = [{ type: 'memberOf', expression: 'attribute:stack == blue' }];
    const none = forecast(create({ ...wish, service: { placementConstraints } }));
    expect(none.forecast.sentence).toBe(
      'Each of the 2 instances does not meet the placement constraints: none of the 2 tasks can start.',
    );
  });

  test('not all lack the same', () => {
    const instances = [
      occupied(1),
      occupied(2),
      instance(3, { memory: { registered: 300, remaining: 100 } }),
    ];
    const { forecast: foretold } = forecast(
      update({ instances: 2, desired: 2, minimum: 100, room: room(instances) }),
    );
    expect(foretold.sentence).toContain(
      'I-1 and i-2 already hold port 1234; i-3 has 100 MiB of memory free, a task takes 256',
    );
  });

  test('nothing that one change could mend', () => {
    const newTask = seedTask({ memory: '100000', cpu: '100000' });
    const { forecast: foretold, findings } = forecast(
      create({ instances: 1, desired: 1, minimum: 100, input: { newTask } }),
    );
    expect(foretold.change).toBeUndefined();
    expect(findings[0]?.hint).toContain('No single change');
  });
});

describe('a stuck rollout is a warning where something may help', () => {
  const doubtful = (more: Partial<Wish>) => forecast(update({ ...full, ...more }));
  const provider = (scales: boolean | null): Partial<ClusterRoom> => ({
    providers: [{ name: 'asg', kind: 'auto-scaling-group', scales }],
  });

  test('without any doubt it is an error', () => {
    expect(levels(doubtful({}).findings)).toEqual(['error']);
  });

  test.each<[string, Partial<Wish>, string]>([
    ['managed scaling', { room: provider(true) }, 'adds instances when tasks do not fit'],
    ['a group that ECS does not scale', { room: provider(false) }, 'may grow'],
    ['a provider that could not be read', { room: provider(null) }, 'not known'],
    ['a service that is being deleted', { room: { drainingServices: 1 } }, 'give up room'],
    [
      'an agent that is not connected',
      {
        instances: 4,
        room: room([1, 2, 3, 4].map((n) => (n === 4 ? instance(4, { agentConnected: false }) : occupied(n)))),
      },
      'may come back',
    ],
    [
      'an instance being drained',
      { room: room([1, 2, 3, 4].map((n) => (n === 4 ? instance(4, { status: 'DRAINING' }) : occupied(n)))) },
      'may come back',
    ],
    [
      'an expression that is not evaluated',
      {
        service: { placementConstraints: [{ type: 'memberOf', expression: 'task:group == service:other' }] },
      },
      'is not evaluated',
    ],
    [
      'an expression that cannot be read',
      { service: { placementConstraints: [{ type: 'memberOf', expression: '((' }] } },
      'is not evaluated',
    ],
    [
      'running tasks of another revision',
      {
        room: {
          tasks: [1, 2, 3].map((n) =>
            taskOn(n, { taskDefinition: 'arn:aws:ecs:eu-west-1:1:task-definition/web:9' }),
          ),
        },
      },
      'another revision',
    ],
    [
      'a service that is not settled',
      {
        input: {
          before: service([deployment({ desired: 3, running: 2, pending: 1 })], {
            desired: 3,
            running: 2,
            pending: 1,
          }),
        },
      },
      '2 of 3 tasks run now',
    ],
    [
      'a DAEMON',
      {
        service: {
          schedulingStrategy: 'DAEMON',
          deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 100 },
        },
      },
      'DAEMON',
    ],
  ])('%s', (_name, more, doubt) => {
    const { forecast: foretold, findings } = doubtful(more);
    expect(foretold.outcome).toBe('stuck');
    expect(levels(findings)).toEqual(['warning']);
    expect(findings[0]?.message).toContain(doubt);
  });
});

describe('where the room is not known, the limits alone', () => {
  test.each<[string, Partial<Wish>, string]>([
    ['nobody could be asked', { input: { room: null } }, 'was not looked at'],
    [
      'instances denied',
      { room: { instances: undefined, gaps: ['denied'] } as unknown as ClusterRoom },
      'could not be read',
    ],
    ['no instance shown', { room: { instances: [] } }, 'shows no container instance'],
    ['tasks denied', { room: { tasks: undefined } as unknown as ClusterRoom }, 'not known'],
    ['tasks on no instance', { room: { tasks: [homeless] } }, 'do not say on which instance'],
    ['a revision that could not be read', { input: { oldTask: null } }, 'what the tasks that run take'],
  ])('%s', (_name, more, why) => {
    const { forecast: foretold, findings } = forecast(update({ ...full, ...more }));
    expect(foretold.outcome).toBe('finishes');
    expect(foretold.sentence).toContain(why);
    expect(foretold.steps.length).toBeGreaterThan(0);
    expect(levels(findings).filter((level) => level !== 'note')).toEqual([]);
  });

  test('Fargate: nothing is asked, and limits that let no task move are certain', () => {
    const fargate = { launchType: 'FARGATE' };
    expect(mayNeedInstances(fargate)).toBe(false);
    expect(mayNeedInstances({ capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }] })).toBe(
      false,
    );
    expect(mayNeedInstances({})).toBe(true);
    const wish = { ...full, maximum: 100, service: fargate, input: { room: null } };
    const { forecast: foretold, findings } = forecast(
      update({
        ...wish,
        service: { ...fargate, deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 100 } },
      }),
    );
    expect(foretold.sentence).toContain('may neither stop an old task nor start a new one');
    expect(foretold.change).toBe('minimumHealthyPercent 66 (now 100)');
    expect(foretold.otherChanges).toEqual(['maximumPercent 134 (now 100)']);
    expect(levels(findings)).toEqual(['error']);
  });

  test('a strategy of the cluster that is Fargate', () => {
    const { forecast: foretold } = forecast(
      update({ ...full, room: { defaultProviders: ['FARGATE'] }, service: { launchType: null } }),
    );
    expect(foretold.outcome).toBe('finishes');
    expect(foretold.sentence).not.toContain('not known');
  });
});

describe('BLUE_GREEN, LINEAR and CANARY start the whole set beside the old one', () => {
  const strategy = (name: string, count: number) =>
    forecast(
      update({
        instances: count,
        desired: 2,
        minimum: 100,
        service: { deploymentConfiguration: { strategy: name, bakeTimeInMinutes: 5 } },
      }),
    );

  test('room for twice as many', () => {
    const { forecast: foretold } = strategy('BLUE_GREEN', 4);
    expect(foretold).toMatchObject({ outcome: 'finishes', lowest: { running: 2, desired: 2 } });
    expect(foretold.expectedMs).toBeGreaterThan(5 * 60_000);
  });

  test('room for one more only', () => {
    const { forecast: foretold, findings } = strategy('BLUE_GREEN', 3);
    expect(foretold.outcome).toBe('stuck');
    expect(foretold.sentence).toContain('only 1 of 2 tasks can start');
    expect(foretold.change).toBe('host port 0 (now 1234)');
    expect(levels(findings)).toEqual(['error']);
  });

  test('linear steps count', () => {
    const linear = { linearConfiguration: { stepPercent: 10, stepBakeTimeInMinutes: 6 } };
    const { forecast: foretold } = forecast(
      update({
        instances: 4,
        desired: 2,
        minimum: 100,
        service: { deploymentConfiguration: { strategy: 'LINEAR', ...linear } },
      }),
    );
    expect(foretold.expectedMs).toBeGreaterThan(50 * 60_000);
  });
});

describe('durations', () => {
  const expected = (input: Partial<Wish['input']> & object, more: Partial<Wish> = {}): number =>
    forecast(update({ instances: 4, desired: 2, minimum: 100, ...more, input })).forecast.expectedMs ?? 0;
  const loadBalancers = [{ targetGroupArn: 'arn:tg', containerName: 'web', containerPort: 8080 }];

  test('the deregistration delay of the target group counts, five minutes where it was not read', () => {
    const behind = { service: { loadBalancers } };
    const read = expected({ deregistrationDelaySeconds: 10 }, behind);
    const unread = expected({}, behind);
    expect(unread - read).toBe(290_000);
  });

  test('a grace period is granted whole', () => {
    const grace = { service: { healthCheckGracePeriodSeconds: 600 } };
    expect(expected({}, grace) - expected({})).toBe(560_000);
  });

  test('two lots take twice as long as one', () => {
    const one = expected({}, { instances: 4, minimum: 100 });
    const two = expected({}, { instances: 3, minimum: 100 });
    expect(two).toBeGreaterThan(1.7 * one);
  });
});

describe('capacity on the way', () => {
  test('no task serves for a while: said, not refused', () => {
    const { forecast: foretold, findings } = forecast(update({ instances: 2, desired: 2, minimum: 0 }));
    expect(foretold).toMatchObject({ outcome: 'finishes', lowest: { running: 0, desired: 2 } });
    expect(findings).toMatchObject([
      { level: 'warning', message: expect.stringContaining('no task serves') },
    ]);
  });

  test('desired count 0 proves nothing', () => {
    expect(forecast(update({ instances: 2, desired: 0, minimum: 100 })).forecast).toMatchObject({
      outcome: 'unknown',
      sentence: expect.stringContaining('nothing will be started'),
    });
  });
});

describe('strange input', () => {
  test.each<[string, Partial<Wish['input']> & object]>([
    ['a task definition of nothing', { newTask: {} }],
    ['no memory anywhere', { newTask: { containerDefinitions: [{ name: 'a', image: 'b' }] } }],
    ['a negative port', { newTask: seedTask({}, -5) }],
    [
      'members of other types',
      {
        newTask: { containerDefinitions: 'x', memory: {}, cpu: [] },
        service: { desiredCount: 'two', deploymentConfiguration: 7 },
      },
    ],
    ['memory beyond every instance', { newTask: seedTask({ memory: '1e308' }) }],
    [
      'memory beyond counting',
      { newTask: { containerDefinitions: [{ name: 'a', image: 'b', memoryReservation: 1e308 }] } },
    ],
    ['a fraction of a task', { service: { desiredCount: 1.5 } }],
    ['fewer than no tasks', { service: { desiredCount: -1 } }],
    [
      'absurd percents',
      {
        service: {
          desiredCount: 3,
          deploymentConfiguration: { minimumHealthyPercent: -5, maximumPercent: 1e300 },
        },
      },
    ],
    [
      'prototype keys',
      { service: JSON.parse('{"__proto__":{"desiredCount":9},"constructor":1,"desiredCount":2}') },
    ],
  ])('%s: an answer, never an exception', (_name, input) => {
    const { forecast: foretold, findings } = forecast(
      update({ instances: 2, desired: 2, minimum: 100, input }),
    );
    expect(['finishes', 'stuck', 'unknown']).toContain(foretold.outcome);
    expect(foretold.sentence).toMatch(/\.$/u);
    expect(Array.isArray(findings)).toBe(true);
  });

  test('a thousand tasks are not simulated', () => {
    const { forecast: foretold, findings } = forecast(update({ instances: 2, desired: 1000, minimum: 100 }));
    expect(foretold.outcome).toBe('unknown');
    expect(findings).toEqual([]);
  });

  test('sixty tasks on sixty instances, with every change tried, take seconds at most', () => {
    const startedAt = performance.now();
    const { forecast: foretold } = forecast(update({ instances: 60, desired: 60, minimum: 100 }));
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(foretold.change).toBe('minimumHealthyPercent 98 (now 100)');
  });

  test('the same input gives the same answer', () => {
    expect(forecast(update(full))).toEqual(forecast(update(full)));
  });
});
