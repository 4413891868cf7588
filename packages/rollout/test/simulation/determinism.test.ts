import { describe, expect, test } from '@jest/globals';
import { EcsSimulation, quickPace, ThrottleBuckets, VirtualClock } from '../../src/simulation/index.ts';
import {
  crash,
  create,
  groupArn,
  minutes,
  newSimulation,
  register,
  service,
  tasks,
  update,
} from './fixtures.ts';

function story(step: (simulation: EcsSimulation, ms: number) => void, seed = 'one') {
  const simulation = newSimulation({ seed, scenario: crash });
  register(simulation, '1.0');
  create(simulation, {
    desiredCount: 3,
    loadBalancers: [{ targetGroupArn: groupArn, containerName: 'hid', containerPort: 8080 }],
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
  });
  step(simulation, minutes(5));
  register(simulation, '2.0');
  update(simulation);
  step(simulation, minutes(30));
  return simulation;
}

describe('determinism', () => {
  const inOneGo = (simulation: EcsSimulation, ms: number): void => simulation.advance(ms);
  const bySeconds = (simulation: EcsSimulation, ms: number): void => {
    for (let left = ms; left > 0; left -= 700) simulation.advance(Math.min(700, left));
  };

  test('same inputs, same ids, same course, however the time is cut', () => {
    expect(story(inOneGo).save()).toEqual(story(inOneGo).save());
    expect(story(bySeconds).save()).toEqual(story(inOneGo).save());
  });

  test('another seed: other ids, the same course', () => {
    const [one, two] = [story(inOneGo), story(inOneGo, 'two')];
    expect(tasks(two).map(({ id }) => id)).not.toEqual(tasks(one).map(({ id }) => id));
    expect(tasks(two).map(({ createdAt }) => createdAt)).toEqual(
      tasks(one).map(({ createdAt }) => createdAt),
    );
  });

  test('saved and restored in the middle, it goes on the same way', () => {
    const restored = story((simulation, ms) => simulation.advance(ms / 2));
    const other = EcsSimulation.restore(JSON.parse(JSON.stringify(restored.save())), {
      seed: 'one',
      scenario: crash,
    });
    restored.advance(minutes(20));
    other.advance(minutes(20));
    expect(other.save()).toEqual(restored.save());
    expect(service(other).lastCompleted).toBe(service(other).deployments[0]);
    expect(() => EcsSimulation.restore({ version: 99, nowMs: 0, state: '{}' })).toThrow('version 99');
  });

  test('a five-minute rollout takes a few milliseconds', () => {
    const before = performance.now();
    story(inOneGo);
    expect(performance.now() - before).toBeLessThan(500);
  });

  test('400 tasks are replaced in good time', () => {
    const simulation = newSimulation({ pace: quickPace, instances: 40 });
    register(simulation, '1.0', { memory: 10 });
    create(simulation, { desiredCount: 400 });
    simulation.advance(minutes(5));
    register(simulation, '1.1', { memory: 10 });
    update(simulation, { deploymentConfiguration: { minimumHealthyPercent: 90, maximumPercent: 110 } });
    simulation.advance(minutes(20));
    expect(service(simulation).deployments.map(({ progress }) => progress)).toEqual(['COMPLETED']);
  });

  test('nextEventAt says when something happens; nothing happens before', () => {
    const simulation = newSimulation();
    expect(simulation.nextEventAt()).toBeNull();
    register(simulation, '1.0');
    create(simulation);
    const next = simulation.nextEventAt() ?? 0;
    expect(next).toBe(simulation.now + 10_000);
    simulation.advanceTo(next - 1);
    expect(tasks(simulation)).toEqual([]);
    simulation.advanceTo(next);
    expect(tasks(simulation)).toHaveLength(2);
  });
});

describe('the virtual clock', () => {
  test('sleepers wake in the order of their time, whoever slept first; simulations move along', async () => {
    const simulation = newSimulation();
    register(simulation, '1.0');
    create(simulation);
    const clock = new VirtualClock(simulation.now, simulation);
    const start = clock.now();
    const seen: string[] = [];
    const sleeper = async (name: string, ms: number, times: number): Promise<void> => {
      for (let round = 0; round < times; round += 1) {
        await clock.sleep(ms);
        seen.push(`${name} ${(clock.now() - start) / 1000}`);
      }
    };
    await Promise.all([sleeper('slow', 30_000, 2), sleeper('quick', 20_000, 3)]);
    expect(seen).toEqual(['quick 20', 'slow 30', 'quick 40', 'slow 60', 'quick 60']);
    expect(simulation.now).toBe(start + 60_000);
    expect(service(simulation).deployments[0]).toMatchObject({ progress: 'IN_PROGRESS' });
    expect(tasks(simulation)[0]?.lastStatus).toBe('RUNNING');
  });

  test('a sleeper that comes late but is due earlier wakes first', async () => {
    const clock = new VirtualClock(0);
    const seen: string[] = [];
    const long = clock.sleep(1000).then(() => seen.push(`long ${clock.now()}`));
    // Many microtasks later, as after a call of the SDK.
    for (let hop = 0; hop < 200; hop += 1) await Promise.resolve();
    const short = clock.sleep(10).then(() => seen.push(`short ${clock.now()}`));
    await Promise.all([long, short]);
    expect(seen).toEqual(['short 10', 'long 1000']);
  });

  test('an abort wakes at once and moves no time', async () => {
    const clock = new VirtualClock(5);
    const controller = new AbortController();
    const sleeping = clock.sleep(60_000, controller.signal);
    controller.abort();
    await sleeping;
    await clock.sleep(1000, controller.signal);
    expect(clock.now()).toBe(5);
  });

  test('while it is held no time passes', async () => {
    const clock = new VirtualClock(0);
    const release = clock.hold();
    const sleeping = clock.sleep(1000);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    expect(clock.now()).toBe(0);
    release();
    release();
    await sleeping;
    expect(clock.now()).toBe(1000);
  });
});

describe('throttle buckets', () => {
  test('burst, then the refill; families apart; time on the same clock', () => {
    const buckets = new ThrottleBuckets();
    const taken = (operation: string, count: number, at: number): number =>
      Array.from({ length: count }, () => buckets.take(operation, at)).filter(Boolean).length;
    expect(taken('RegisterTaskDefinition', 30, 0)).toBe(20);
    expect(taken('DescribeServices', 150, 0)).toBe(100);
    expect(taken('RegisterTaskDefinition', 10, 3000)).toBe(3);
    expect(taken('DescribeServices', 50, 1000)).toBe(20);
    expect(taken('StopServiceDeployment', 1000, 0)).toBe(1000);
  });
});
