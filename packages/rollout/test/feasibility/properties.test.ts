// What holds for every forecast, tried on clusters and services that a generator makes up; a failure prints the case.
import type { JsonObject } from '@bamboo-ecs/release';
import { describe, expect, test } from '@jest/globals';
import { forecast, type ForecastInput } from '../../src/feasibility/index.ts';
import type { InstanceRoom } from '../../src/index.ts';
import { create, instance, room, seedTask, taskOn, update } from './builders.ts';

/** Numbers that are the same each time ("mulberry32"). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

interface Case {
  readonly instances: readonly Place[];
  readonly creates: boolean;
  readonly desired: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly oldMemory: number;
  readonly newMemory: number;
  readonly port: number;
  readonly distinct: boolean;
  readonly zone: string | null;
  readonly strategy: readonly JsonObject[];
}

interface Place {
  readonly free: number;
  readonly active: boolean;
  /** Somebody else has the port. */
  readonly taken: boolean;
  readonly own: number;
}

const strategies: readonly (readonly JsonObject[])[] = [
  [],
  [{ type: 'binpack', field: 'memory' }],
  [
    { type: 'spread', field: 'attribute:ecs.availability-zone' },
    { type: 'binpack', field: 'cpu' },
  ],
  [{ type: 'spread', field: 'instanceId' }],
  [{ type: 'random' }],
];

function caseOf(seed: number): Case {
  const below = numbers(seed);
  const [creates, port, distinct] = [below(4) === 0, [0, 0, 1234][below(3)] ?? 0, below(5) === 0];
  const oldMemory = 64 * (1 + below(4));
  const instances = Array.from({ length: below(5) + 1 }, (): Place => {
    const own = creates ? 0 : below(port > 0 || distinct ? 2 : 3);
    return { free: 64 * below(9), active: below(8) > 0, taken: own === 0 && below(6) === 0, own };
  });
  return {
    instances,
    creates,
    desired: creates ? 1 + below(5) : Math.max(1, running(instances)),
    minimum: [0, 25, 50, 66, 75, 100][below(6)] ?? 100,
    maximum: [100, 125, 150, 200][below(4)] ?? 200,
    oldMemory,
    newMemory: 64 * (1 + below(4)),
    port,
    distinct,
    zone: below(6) === 0 ? 'eu-west-1a' : null,
    strategy: strategies[below(strategies.length)] ?? [],
  };
}

function running(instances: readonly Place[]): number {
  return instances.reduce((sum, { own }) => sum + own, 0);
}

function inputOf(one: Case): ForecastInput {
  const places: InstanceRoom[] = one.instances.map(({ free, active, taken, own }, index) => {
    const made = instance(index + 1, { status: active ? 'ACTIVE' : 'DRAINING' });
    const port = one.port > 0 && (taken || own > 0) ? [`tcp/${one.port}`] : [];
    return {
      ...made,
      memory: { registered: free + own * one.oldMemory, remaining: free },
      takenPorts: [...made.takenPorts, ...port],
    };
  });
  const tasks = one.instances.flatMap(({ own }, index) =>
    Array.from({ length: own }, (_, at) => taskOn(index + 1, { arn: `task/${index}/${at}` })),
  );
  const task = (memory: number): JsonObject => ({ ...seedTask({}, one.port), memory: String(memory) });
  const count = running(one.instances);
  const wish = {
    instances: Math.max(1, count),
    desired: one.desired,
    minimum: one.minimum,
    maximum: one.maximum,
    service: {
      placementStrategy: one.strategy,
      placementConstraints: [
        ...(one.distinct ? [{ type: 'distinctInstance' }] : []),
        ...(one.zone === null
          ? []
          : [{ type: 'memberOf', expression: `attribute:ecs.availability-zone == ${one.zone}` }]),
      ],
    },
  };
  const made = one.creates ? create(wish) : update(wish);
  const before = one.creates ? made.before : { ...made.before, running: count };
  return {
    ...made,
    before,
    newTask: task(one.newMemory),
    oldTask: one.creates ? null : task(one.oldMemory),
    room: room(places, { tasks }),
  };
}

/** More than this no order of starts and stops can seat: all that is not others' is free at the end. */
function mostSeats(one: Case): number {
  return one.instances.reduce((sum, { free, active, taken, own }, index) => {
    const zone = instance(index + 1).zone;
    if (!active || (one.zone !== null && zone !== one.zone) || (one.port > 0 && taken)) return sum;
    const fits = Math.floor((free + own * one.oldMemory) / one.newMemory);
    return sum + Math.min(fits, one.port > 0 || one.distinct ? 1 : fits);
  }, 0);
}

const cases = Array.from({ length: 120 }, (_, index) => caseOf(index + 1));
const outcome = (one: Case): string => forecast(inputOf(one)).forecast.outcome;
const finish = cases.filter((one) => outcome(one) === 'finishes');

describe('of 120 clusters', () => {
  test('all are foretold, some finish and some get stuck; the same twice, and the input is left alone', () => {
    const counts = new Map<string, number>();
    for (const one of cases) {
      const input = inputOf(one);
      const text = JSON.stringify(input);
      const first = forecast(input);
      expect(JSON.stringify(input)).toBe(text);
      expect(forecast(inputOf(one)).forecast).toEqual(first.forecast);
      counts.set(first.forecast.outcome, (counts.get(first.forecast.outcome) ?? 0) + 1);
    }
    expect(counts.get('finishes')).toBeGreaterThan(20);
    expect(counts.get('stuck')).toBeGreaterThan(20);
  });

  test('no finish is promised where the tasks cannot all be seated', () => {
    expect(finish.filter((one) => mostSeats(one) < one.desired)).toEqual([]);
  });

  test('no finish is promised where the limits let nothing move', () => {
    const fixed = finish.filter((one) => {
      const floor = Math.ceil((one.desired * one.minimum) / 100);
      const ceiling = Math.floor((one.desired * one.maximum) / 100);
      const draining = one.instances.some(({ active, own }) => !active && own > 0);
      return !one.creates && !draining && floor >= one.desired && ceiling <= running(one.instances);
    });
    expect(fixed).toEqual([]);
  });

  test('the lowest capacity is never below the minimum where it has been above it', () => {
    for (const one of finish) {
      if (one.creates || running(one.instances) < one.desired) continue;
      const { lowest } = forecast(inputOf(one)).forecast;
      const floor = Math.ceil((one.desired * one.minimum) / 100);
      expect([one, (lowest?.running ?? 0) >= floor]).toEqual([one, true]);
    }
  });

  test.each<readonly [string, (one: Case) => Case]>([
    [
      'more memory',
      (one) => ({ ...one, instances: one.instances.map((at) => ({ ...at, free: at.free + 512 })) }),
    ],
    [
      'one more instance in each zone',
      (one) => {
        const empty = { free: 1024, active: true, taken: false, own: 0 };
        return { ...one, instances: [...one.instances, empty, empty] };
      },
    ],
    ['a lower minimum', (one) => ({ ...one, minimum: 0 })],
    ['a higher maximum', (one) => ({ ...one, maximum: 200 })],
  ])('%s never makes a rollout stick that finishes without it', (_, easier) => {
    expect(finish.filter((one) => outcome(easier(one)) !== 'finishes')).toEqual([]);
  });

  test('the change of a percentage that is named works, and the next smaller one does not', () => {
    let seen = 0;
    for (const one of cases) {
      const { change = '' } = forecast(inputOf(one)).forecast;
      const found = /^(minimumHealthyPercent|maximumPercent) (\d+) \(now/u.exec(change);
      if (!found) continue;
      seen += 1;
      const percent = Number(found[2]);
      const isMinimum = found[1] === 'minimumHealthyPercent';
      const at = (value: number): string =>
        outcome(isMinimum ? { ...one, minimum: value } : { ...one, maximum: value });
      expect([one, change, at(percent), at(isMinimum ? percent + 1 : percent - 1)]).toEqual([
        one,
        change,
        'finishes',
        'stuck',
      ]);
    }
    expect(seen).toBeGreaterThan(3);
  });
});
