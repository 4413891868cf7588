// Runs that are killed at each single call to ECS, before and after it was carried out, and then started again: they converge.
import { describe, expect, test } from '@jest/globals';
import { quickPace } from '@bamboo-ecs/rollout/simulation';
import {
  bare,
  behindTargetGroup,
  crashingAfter,
  openShop,
  withBreaker,
  type Installed,
  type Shop,
  type ShopOptions,
} from '../e2e/shop.ts';
import type { SavedWorld } from '../e2e/harness.ts';
import { dyingPort, type Death } from './dying-port.ts';

interface Course {
  readonly options: ShopOptions;
  /** What is installed before, if anything, and what is killed. */
  readonly before?: string;
  readonly version: string;
}

async function opened({ options, before, version }: Course): Promise<Shop> {
  const shop = openShop({ pace: quickPace, ...options });
  for (const each of before === undefined ? [version] : [before, version]) await shop.publish(each);
  if (before !== undefined) await shop.install(before);
  return shop;
}

/** The calls of a run that nobody kills. */
async function callsOf({ options, version }: Course, from: SavedWorld): Promise<readonly string[]> {
  const shop = openShop({ pace: quickPace, ...options, from });
  const port = dyingPort(null);
  shop.world.between = port.wrap;
  await shop.install(version);
  shop.world.close();
  return port.calls;
}

/** Every death of the course, but of polls in a row only the first, the second and the last: the others see the same. */
function deathsOf(calls: readonly string[]): Death[] {
  return calls.flatMap((name, index) => {
    const same = (offset: number): boolean => calls[index + offset] === name;
    if (same(-2) && same(-1) && same(1)) return [];
    return (['before', 'after'] as const).map((when) => ({ at: index + 1, when }));
  });
}

/** Kills at each call and runs again; `check` looks at what came of it. */
async function sweep(
  course: Course,
  check: (shop: Shop, again: Installed, killed: string) => Promise<void> | void,
): Promise<number> {
  const start = await opened(course);
  const from = start.world.save();
  const calls = await callsOf(course, from);
  const deaths = deathsOf(calls);
  for (const death of deaths) {
    const shop = openShop({ pace: quickPace, ...course.options, from });
    try {
      shop.world.between = dyingPort(death).wrap;
      await shop.install(course.version);
      shop.world.between = null;
      const again = await shop.install(course.version);
      await check(shop, again, `${death.when} ${calls[death.at - 1] ?? ''} (${death.at})`);
    } finally {
      shop.world.close();
    }
  }
  start.world.close();
  return deaths.length;
}

function deployments(shop: Shop): number {
  return shop.service().serviceDeployments.length;
}

/** For a machine that has much else to do. */
const patienceMs = 180_000;

describe('killed at each call, then run again', () => {
  test(
    'a first installation',
    async () => {
      const course: Course = { options: { edit: bare }, version: '1.0.14' };
      const count = await sweep(course, (shop, again, killed) => {
        expect([killed, again.exitCode, shop.revisions().length, deployments(shop), shop.running()]).toEqual([
          killed,
          0,
          1,
          1,
          'hid-generator:1 COMPLETED',
        ]);
      });
      expect(count).toBeGreaterThan(10);
    },
    patienceMs,
  );

  test(
    'an update',
    async () => {
      const course: Course = { options: { edit: bare }, before: '1.0.14', version: '1.0.15' };
      const count = await sweep(course, (shop, again, killed) => {
        expect([killed, again.exitCode, shop.revisions().length, deployments(shop), shop.running()]).toEqual([
          killed,
          0,
          2,
          2,
          'hid-generator:2 COMPLETED',
        ]);
        expect(shop.revisions()[1]?.tags['bamboo-ecs:replaces']).toBe('hid-generator:1');
      });
      expect(count).toBeGreaterThan(10);
    },
    patienceMs,
  );

  const crashes: readonly (readonly [string, ShopOptions])[] = [
    ['behind a classic load balancer', {}],
    ['behind a target group', { edit: behindTargetGroup }],
    ['with a circuit breaker', { edit: withBreaker(true) }],
  ];

  test.each(crashes)(
    'an update that crashes, %s',
    async (_name, options) => {
      const course: Course = {
        options: { ...options, scenario: crashingAfter(300, '1.0.16') },
        before: '1.0.15',
        version: '1.0.16',
      };
      const count = await sweep(course, async (shop, again, killed) => {
        // 4: the run before had sent the way back already; ECS goes on with it.
        expect([killed, [4, 5].includes(again.exitCode)]).toEqual([killed, true]);
        await shop.world.clock.sleep(120_000);
        expect([killed, shop.running(), shop.service().desiredCount]).toEqual([
          killed,
          'hid-generator:1 COMPLETED',
          2,
        ]);
        expect([killed, shop.revisions().length, deployments(shop) <= 3]).toEqual([killed, 2, true]);
        expect(await shop.install('1.0.16')).toMatchObject({ exitCode: 4 });
      });
      expect(count).toBeGreaterThan(20);
    },
    patienceMs,
  );

  test(
    'a first installation that crashes',
    async () => {
      const course: Course = {
        options: { edit: bare, scenario: crashingAfter(300, '1.0.14') },
        version: '1.0.14',
      };
      const count = await sweep(course, (shop, again, killed) => {
        expect([killed, [4, 6].includes(again.exitCode), shop.service().desiredCount]).toEqual([
          killed,
          true,
          0,
        ]);
        expect([killed, shop.revisions().length]).toEqual([killed, 1]);
      });
      expect(count).toBeGreaterThan(10);
    },
    patienceMs,
  );
});
