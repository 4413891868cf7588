// How often AWS is asked and how late a verdict is, on the virtual clock (design: "Watch").
import { afterEach, describe, expect, test } from '@jest/globals';
import { createEcsClient, createEcsPort } from '@bamboo-ecs/ecs';
import { watch, type Target, type Watched } from '@bamboo-ecs/installer';
import { inProcessHandler } from '@bamboo-ecs/rehearsal';
import { EcsSimulation, realisticPace, VirtualClock, type Pace } from '@bamboo-ecs/rollout/simulation';
import { startMs } from './harness.ts';
import { bare, behindTargetGroup, openShop, withBreaker, type Shop } from './shop.ts';

let shop: Shop | null = null;
afterEach(() => {
  shop?.world.close();
  shop = null;
});

describe('calls to AWS of a whole run', () => {
  test('create: four and the looks at the cluster before the first poll', async () => {
    shop = openShop({ edit: bare });
    await shop.publish('1.0.14');
    await shop.install('1.0.14');
    const { room, others } = beforeTheFirstPoll(shop, 0);
    expect(others.slice(0, 4)).toEqual([
      'DescribeServices',
      'DescribeTaskDefinition',
      'RegisterTaskDefinition',
      'CreateService',
    ]);
    // Once for the guard, once for the room.
    expect(room.toSorted()).toEqual([
      'DescribeClusters',
      'DescribeClusters',
      'DescribeContainerInstances',
      'ListContainerInstances',
    ]);
  });

  test('update: four and the room in the cluster before the first poll, and a poll is one call', async () => {
    shop = openShop({ edit: bare });
    for (const version of ['1.0.14', '1.0.15']) await shop.publish(version);
    await shop.install('1.0.14');
    const before = shop.world.ecs.requests.length;
    const run = await shop.install('1.0.15');
    const { room, others } = beforeTheFirstPoll(shop, before);
    expect(others.slice(0, 4)).toEqual([
      'DescribeServices',
      'DescribeTaskDefinition',
      'RegisterTaskDefinition',
      'UpdateService',
    ]);
    expect(room.toSorted()).toEqual([
      'DescribeClusters',
      'DescribeContainerInstances',
      'DescribeTasks',
      'ListContainerInstances',
      'ListTasks',
    ]);
    expect(new Set(others.slice(4))).toEqual(new Set(['DescribeServices']));
    expect(run.total).toBeLessThanOrEqual(48 + room.length);
  });

  test('unchanged: two', async () => {
    shop = openShop({ edit: behindTargetGroup });
    await shop.publish('1.0.14');
    await shop.install('1.0.14');
    expect(await shop.install('1.0.14')).toMatchObject({
      calls: { DescribeServices: 1, DescribeTaskDefinition: 1 },
      total: 2,
    });
  });

  test('a crash: the stopped tasks are asked for only when some are new', async () => {
    shop = openShop({
      edit: withBreaker(true),
      scenario: { rules: [{ match: '1.0.15', outcome: { kind: 'exits', afterMs: 3000, exitCode: 1 } }] },
    });
    for (const version of ['1.0.14', '1.0.15']) await shop.publish(version);
    await shop.install('1.0.14');
    const run = await shop.install('1.0.15');
    const { ListTasks = 0, TagResource = 0 } = run.calls;
    expect(run.exitCode).toBe(5);
    expect(ListTasks).toBeLessThanOrEqual(8);
    expect(TagResource).toBeLessThanOrEqual(2);
  });
});

/** What was asked to see whether the tasks find room, and all the rest, in its order. */
function beforeTheFirstPoll(
  { world }: Shop,
  since: number,
): { readonly room: readonly string[]; readonly others: readonly string[] } {
  const operations = world.ecs.requests.slice(since).map(({ operation }) => operation);
  const change = operations.findIndex((operation) => operation.startsWith('Register'));
  const aboutRoom = /^(?:DescribeClusters|(?:List|Describe)(?:ContainerInstances|Tasks))$/u;
  const room = operations.slice(0, change).filter((operation) => aboutRoom.test(operation));
  const rest = operations.slice(0, change).filter((operation) => !aboutRoom.test(operation));
  return { room, others: [...rest, ...operations.slice(change)] };
}

interface Rollout {
  readonly watched: readonly Watched[];
  readonly polls: number;
  /** Calls beside the polls: stopped tasks, asked for when a rollout stalls. They belong to the diagnosis. */
  readonly others: number;
  readonly tookMs: number;
  /** Per service: when it was steady by the simulation, and how late its verdict was, ms after the start of the watch. */
  readonly late: readonly { readonly after: number; readonly late: number }[];
}

/** Rolls `count` services over to a second revision at once and watches them. */
async function rollOver(count: number, pace: Partial<Pace>): Promise<Rollout> {
  const simulation = new EcsSimulation({
    startMs,
    region: 'eu-west-1',
    pace: { ...realisticPace, ...pace },
    clusters: [{ name: 'qa', instances: Array.from({ length: 12 }, () => ({ zone: 'eu-west-1a' })) }],
  });
  const clock = new VirtualClock(startMs, simulation);
  const handler = inProcessHandler(simulation);
  const ecs = createEcsPort({
    clock,
    client: createEcsClient({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test-secret-key' },
      requestHandler: handler,
    }),
  });
  const register = (tag: string) =>
    ecs.registerTaskDefinition(
      { family: 'web', containerDefinitions: [{ name: 'web', image: `web:${tag}`, memory: 64 }] },
      {},
    );
  const names = Array.from({ length: count }, (_, index) => `web-${index}`);
  const first = await register('1');
  for (const name of names)
    await ecs.createService({ cluster: 'qa', serviceName: name, taskDefinition: first.arn, desiredCount: 2 });
  await clock.sleep(3_600_000);
  const second = await register('2');
  const targets: Target[] = [];
  for (const service of names) {
    const updated = await ecs.updateService({ cluster: 'qa', service, taskDefinition: second.arn });
    targets.push({
      cluster: 'qa',
      service,
      deployment: updated.deployments[0]?.id ?? null,
      taskDefinition: second.arn,
      adopted: false,
      startedAt: clock.now(),
      deadline: clock.now() + 6 * 3_600_000,
    });
  }
  const from = clock.now();
  const before = handler.requests.length;
  const polled = handler.counts()['DescribeServices'] ?? 0;
  const seen = new Map<string, number>();
  const watched = await watch(
    {
      ecs,
      clock,
      signal: new AbortController().signal,
      onSnapshot: ({ service }, { at }) => seen.set(service, at),
      onTrouble: (message) => {
        throw new Error(message);
      },
    },
    targets,
  );
  const late = names.map((name) => {
    const events = simulation.state.services.get(`qa/${name}`)?.events ?? [];
    const steady = events.find(({ message }) => message.includes('deployment completed'))?.createdAt ?? 0;
    // The last snapshot of a service is the one with its verdict.
    return { after: steady - from, late: (seen.get(name) ?? Infinity) - steady };
  });
  const polls = (handler.counts()['DescribeServices'] ?? 0) - polled;
  return {
    watched,
    late,
    polls,
    others: handler.requests.length - before - polls,
    tookMs: clock.now() - from,
  };
}

describe('the watch', () => {
  test.each([1, 2, 5, 10])('of %i services over five minutes asks at most 44 times', async (count) => {
    const { watched, polls, others, tookMs } = await rollOver(count, { pullMs: 215_000 });
    expect(watched.map(({ verdict }) => verdict.kind)).toEqual(Array(count).fill('steady'));
    expect(tookMs).toBeGreaterThan(280_000);
    expect(tookMs).toBeLessThanOrEqual(315_000);
    expect(polls).toBeLessThanOrEqual(44);
    // Nothing runs for minutes: whether tasks have stopped is looked up twice, each time in two calls.
    expect(others).toBeLessThanOrEqual(4 * count);
  });

  test('of a rollout that goes on asks for nothing but the service', async () => {
    const { others } = await rollOver(5, {});
    expect(others).toBe(0);
  });

  test('of 11 services is two calls a poll', async () => {
    const one = await rollOver(1, {});
    const eleven = await rollOver(11, {});
    expect(eleven.polls).toBe(2 * one.polls);
  });

  // From seconds to an hour, in steps that fall anywhere between two polls.
  const lengths = Array.from({ length: 26 }, (_, index) => Math.round(500 * 1.41 ** index));

  test.each([1, 3])(
    'of %i services tells each verdict at most 1 s and 12 %% late, never more than 15 s',
    async (count) => {
      for (const length of lengths) {
        const { late, watched } = await rollOver(count, {
          schedulerMs: Math.min(10_000, length),
          healthyWaitMs: length,
          pullMs: length,
        });
        expect(watched.every(({ verdict }) => verdict.kind === 'steady')).toBe(true);
        for (const one of late) {
          expect(one.after).toBeGreaterThan(length);
          expect(one.late).toBeGreaterThanOrEqual(0);
          expect([length, one.late <= Math.min(15_000, 1000 + 0.12 * one.after)]).toEqual([length, true]);
        }
      }
    },
    120_000,
  );

  test('looks at the deadline itself, not a poll later', async () => {
    shop = openShop({
      edit: behindTargetGroup,
      scenario: { rules: [{ match: '1.0.15', outcome: { kind: 'runs', startMs: 3_600_000 } }] },
    });
    for (const version of ['1.0.14', '1.0.15']) await shop.publish(version);
    await shop.install('1.0.14');
    const run = await shop.install('1.0.15', {
      bamboo_ecs_timeout: '5m',
      bamboo_ecs_on_failure: 'leave',
    });
    expect(run.exitCode).toBe(7);
    expect(run.tookMs).toBe(300_000);
  });
});
