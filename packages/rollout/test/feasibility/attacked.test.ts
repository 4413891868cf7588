// Forecasts of what is huge, odd or meant to hold a plan up.
import type { JsonObject } from '@bamboo-ecs/release';
import { describe, expect, test } from '@jest/globals';
import { forecast } from '../../src/feasibility/index.ts';
import { create, instance, occupied, room, seedTask, taskOn, update, type Wish } from './builders.ts';

const two: Wish = { instances: 2, desired: 2, minimum: 100 };
const notes = (input: Parameters<typeof forecast>[0]): readonly string[] =>
  forecast(input)
    .findings.filter(({ level }) => level === 'note')
    .map(({ message }) => message);

describe('capacity provider strategies', () => {
  const strategy = (...items: readonly JsonObject[]): JsonObject => ({
    launchType: null,
    capacityProviderStrategy: [...items],
  });
  const own = (name: string) => ({ name, kind: 'auto-scaling-group', scales: false }) as const;
  const inGroups = room([occupied(1, { capacityProvider: 'a' }), occupied(2, { capacityProvider: 'b' })], {
    providers: [own('a'), own('b')],
  });

  test('Fargate without weight and base takes no task: the instances count', () => {
    const { forecast: foretold } = forecast(
      update({
        ...two,
        service: strategy({ capacityProvider: 'FARGATE' }, { capacityProvider: 'a', weight: 1 }),
        input: { room: inGroups },
      }),
    );
    expect(foretold.outcome).toBe('stuck');
    expect(foretold.sentence).toContain('The only instance, i-1,');
  });

  test('Fargate beside instances, which ECS refuses, is no promise of room', () => {
    const { forecast: foretold } = forecast(
      update({
        ...two,
        service: strategy({ capacityProvider: 'FARGATE', base: 1 }, { capacityProvider: 'a', weight: 1 }),
        input: { room: inGroups },
      }),
    );
    expect(foretold.sentence).toContain('mixes Fargate with instances, which ECS refuses');
  });

  test('a finish on two providers says that each must have room for its share', () => {
    const both = strategy({ capacityProvider: 'a', weight: 1 }, { capacityProvider: 'b', weight: 3 });
    const dynamic = { newTask: seedTask({}, 0), oldTask: seedTask(), room: inGroups };
    expect(notes(update({ ...two, service: both, input: dynamic }))).toEqual([
      'How ECS divides the tasks among a, b (base, weight) is not simulated: each must have room for its share.',
    ]);
    const one = strategy({ capacityProvider: 'a', weight: 1 });
    expect(notes(update({ ...two, service: one, input: dynamic }))).toEqual([]);
  });
});

describe('placement constraints', () => {
  const withExpression = (expression: string, value: string): Parameters<typeof forecast>[0] => {
    const made = create({
      ...two,
      desired: 1,
      service: { placementConstraints: [{ type: 'memberOf', expression }] },
    });
    const attributes = { stack: value };
    return { ...made, room: room([instance(1, { attributes })]) };
  };

  test.each([
    ['a group that repeats', 'attribute:stack =~ "(a+)+$"'],
    ['many places that repeat', `attribute:stack =~ ${'a*'.repeat(20)}b`],
    ['a count', 'attribute:stack matches "a{1,100}b"'],
    ['tasks', 'task:group == service:web'],
  ])('with %s: not evaluated, which is said where it finishes', (_, expression) => {
    expect(notes(withExpression(expression, 'a'.repeat(120)))).toEqual([
      `The placement constraint ${expression} is not evaluated.`,
    ]);
  });

  test.each([
    ['attribute:stack =~ blue-.*', 'finishes'],
    ['attribute:stack =~ green-.*', 'stuck'],
    ['attribute:stack !~ "green.?"', 'finishes'],
  ])('%s is evaluated', (expression, outcome) => {
    const { forecast: foretold, findings } = forecast(withExpression(expression, 'blue-1'));
    expect(foretold.outcome).toBe(outcome);
    expect(findings.filter(({ level }) => level === 'note')).toEqual([]);
  });
});

describe('sizes', () => {
  test('a thousand instances and a few tasks are simulated', () => {
    expect(forecast(create({ instances: 1000, desired: 5, minimum: 100 })).forecast.outcome).toBe('finishes');
  });

  test.each([
    [1000, 91],
    [2, 301],
    [1001, 1],
    [2, 1_000_000_000],
  ])('%i instances and %i tasks are not, at once', (instances, desired) => {
    const { forecast: foretold } = forecast(create({ instances, desired, minimum: 100 }));
    expect(foretold).toMatchObject({ outcome: 'unknown', steps: [] });
    expect(foretold.sentence).toContain(`So many tasks (${desired}) on so many instances (${instances})`);
  });
});

test('a task on an instance that is not listed: no refusal on half a picture', () => {
  const { findings } = forecast(update({ ...two, room: { tasks: [taskOn(1), taskOn(77)] } }));
  expect(findings[0]).toMatchObject({
    level: 'warning',
    message: expect.stringContaining('1 of its tasks run on instances that the cluster does not list.'),
  });
});

describe('network mode host', () => {
  const ports = (mapping: JsonObject): JsonObject =>
    seedTask({
      networkMode: 'host',
      containerDefinitions: [{ name: 'web', image: 'web:1', memory: 64, portMappings: [mapping] }],
    });

  test.each<readonly [string, JsonObject, string]>([
    ['a range over the taken port', { containerPortRange: '1230-1240' }, 'stuck'],
    ['a range beside it', { containerPortRange: '1235-1240' }, 'finishes'],
    ['the same port of the other protocol', { containerPortRange: '1230-1240', protocol: 'udp' }, 'finishes'],
    ['a range that is none', { containerPortRange: '1240-1230' }, 'finishes'],
  ])('%s', (_, mapping, outcome) => {
    expect(forecast(update({ ...two, input: { newTask: ports(mapping) } })).forecast.outcome).toBe(outcome);
  });
});
