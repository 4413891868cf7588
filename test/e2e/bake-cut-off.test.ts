// A bake that is cut off, by a signal or with the process: the next run of the same release bakes it before it says that it is installed.
import { afterEach, describe, expect, test } from '@jest/globals';
import { dyingPort, type Death } from '../chaos/dying-port.ts';
import type { Env } from './harness.ts';
import { bare, openShop, project, type Shop, type ShopOptions } from './shop.ts';

let shop: Shop;
afterEach(() => shop.world.close());

async function opened(options: ShopOptions = {}): Promise<void> {
  shop = openShop({ edit: bare, ...options });
  for (const version of ['1.0.14', '1.0.15']) await shop.publish(version);
  await shop.install('1.0.14');
}

const minute = 60_000;
const bake = { bamboo_ecs_bake: '5m' };
const outcome = (number = 2) => shop.revisions()[number - 1]?.tags['bamboo-ecs:outcome'];

/** Installs 1.0.15 and is told to stop so long after its begin. */
async function stoppedAfter(ms: number, env: Env = bake): Promise<string> {
  const stop = new AbortController();
  shop.after(ms, () => stop.abort('SIGTERM'));
  const run = await shop.installUntil(stop.signal, '1.0.15', env);
  expect(run.exitCode).toBe(75);
  return run.log;
}

/** Installs 1.0.15 with a process that is gone at one of its calls; without a death the whole run. Gives its calls. */
async function dying(death: Death | null): Promise<readonly string[]> {
  const port = dyingPort(death);
  shop.world.between = port.wrap;
  await shop.install('1.0.15', bake);
  shop.world.between = null;
  return port.calls;
}

describe('a bake that was cut off', () => {
  test('by a signal is done by the next run, and by that one only', async () => {
    await opened();
    const log = await stoppedAfter(4 * minute);
    expect(log).toContain('it was steady, but its bake is not over');
    expect(log).toContain('it is baked whole before it counts as installed');
    expect(outcome()).toBe('baking');
    const seen = await shop.world.installer(shop.world.folder, { bamboo_ecs_project: project }, 'status');
    expect(seen.log).toMatch(/It is not baked yet, steady since 2026-11-24 02:0\d UTC/u);
    const again = await shop.install('1.0.15', bake);
    expect(again.exitCode).toBe(0);
    expect(again.log).toContain('an earlier run was cut off before its bake was over');
    expect(again.log).toMatch(/The rollout was steady at 2026-11-24 02:0\d UTC/u);
    expect(again.log).toContain('it was watched for 5 min more: no task failed');
    expect(again.tookMs).toBeGreaterThanOrEqual(5 * minute);
    expect(again.calls).not.toHaveProperty('UpdateService');
    expect(outcome()).toBe('baked');
    expect(await shop.install('1.0.15', bake)).toMatchObject({ exitCode: 0, total: 2 });
  });

  test('by a signal before it was steady is done after a rollout that ended unwatched', async () => {
    await opened();
    await stoppedAfter(20_000);
    await shop.world.clock.sleep(10 * minute);
    expect(shop.running()).toBe('hid-generator:2 COMPLETED');
    const again = await shop.install('1.0.15', bake);
    expect(again.exitCode).toBe(0);
    expect(again.log).toContain('it was watched for 5 min more');
  });

  test.each([
    ['while it should have been baked', 4, 5, 'failed'],
    ['long after it', 20, 0, 'baked'],
  ])('and a task that dies %s, while nobody watches', async (_what, minutes, exitCode, ended) => {
    await opened({
      scenario: {
        rules: [
          { match: '1.0.15', outcome: { kind: 'exits', afterMs: minutes * minute, exitCode: 3 }, times: 1 },
        ],
      },
    });
    await stoppedAfter(3 * minute);
    await shop.world.clock.sleep(25 * minute);
    const again = await shop.install('1.0.15', bake);
    expect(again.exitCode).toBe(exitCode);
    expect(/does not hold: .* exited with code 3/u.test(again.log)).toBe(exitCode === 5);
    expect(shop.running()).toBe(`hid-generator:${exitCode === 5 ? 1 : 2} COMPLETED`);
    expect(outcome()).toBe(ended);
  });

  test.each([
    ['since the rollout was begun counts', 3 * minute, 5],
    ['since before is not held against it', -minute, 0],
  ])('an alarm that rings %s', async (_what, ms, exitCode) => {
    await opened();
    const { simulation, clock } = shop.world;
    simulation.setAlarm('errors', false);
    const env = { ...bake, bamboo_ecs_bake_alarms: 'errors' };
    if (ms < 0) simulation.setAlarm('errors', true);
    if (ms < 0) await clock.sleep(-ms);
    await stoppedAfter(3 * minute, env);
    if (ms > 0) simulation.setAlarm('errors', true);
    await clock.sleep(10 * minute);
    const again = await shop.install('1.0.15', env);
    expect(again.log).toContain(ms > 0 ? 'after the rollout was begun' : 'rings already');
    expect(again.exitCode).toBe(exitCode);
  });

  test('where bake is not set any more is told, and costs no call', async () => {
    await opened();
    await stoppedAfter(3 * minute);
    const again = await shop.install('1.0.15');
    expect(again).toMatchObject({ exitCode: 0, total: 2 });
    expect(again.log).toContain('bake is not set now, so it is not done');
  });

  test('of a first release that does not hold is set to 0', async () => {
    const dies = { kind: 'exits', afterMs: 4 * minute, exitCode: 3 } as const;
    shop = openShop({ edit: bare, scenario: { rules: [{ match: '1.0.15', outcome: dies }] } });
    await shop.publish('1.0.15');
    await stoppedAfter(3 * minute);
    await shop.world.clock.sleep(3 * minute);
    const again = await shop.install('1.0.15', bake);
    expect(again.exitCode).toBe(6);
    expect(shop.service().desiredCount).toBe(0);
  });

  test('of a rollout that an earlier run began without one', async () => {
    await opened();
    await stoppedAfter(20_000, {});
    await stoppedAfter(4 * minute);
    expect(outcome()).toBe('baking');
    const again = await shop.install('1.0.15', bake);
    expect(again.log).toContain('it was watched for 5 min more');
    expect(outcome()).toBe('baked');
  });

  test('of a roll-back by hand', async () => {
    await opened();
    await shop.install('1.0.15');
    const env = { bamboo_ecs_project: project, bamboo_ecs_environment: 'Production', ...bake };
    const stop = new AbortController();
    shop.after(4 * minute, () => stop.abort('SIGTERM'));
    const first = await shop.world.installerUntil(stop.signal, shop.world.folder, env, 'rollback');
    expect(first.exitCode).toBe(75);
    expect(outcome(1)).toBe('returning');
    const again = await shop.world.installer(shop.world.folder, env, 'rollback');
    expect(again.exitCode).toBe(0);
    expect(again.log).toContain('it was watched for 5 min more');
    expect([outcome(1), outcome(2)]).toEqual(['returned', 'withdrawn']);
  });
});

describe('a process that is killed', () => {
  test('at any of its calls: the release is not called installed before a whole bake', async () => {
    await opened();
    const saved = shop.world.save();
    const calls = await dying(null);
    expect(outcome()).toBe('baked');
    const origin = shop;
    const first = calls.indexOf('registerTaskDefinition') + 1;
    // Of polls in a row the first and the last will do.
    const worth = calls
      .map((name, index) => ({ name, at: index + 1 }))
      .filter(({ name, at }) => at >= first && (name !== calls[at - 2] || name !== calls[at]));
    const bakes: string[] = [];
    for (const { name, at } of worth) {
      shop = openShop({ edit: bare, from: saved });
      await dying({ at, when: 'after' });
      await shop.world.clock.sleep(10 * minute);
      const again = await shop.install('1.0.15', bake);
      const isOver = name === 'tagTaskDefinition' && at > calls.lastIndexOf('listTasks');
      const what = `killed after call ${at}, ${name}`;
      bakes.push(`${what}: ${again.exitCode} ${again.log.includes('it was watched for 5 min more')}`);
      expect(bakes.at(-1)).toBe(`${what}: 0 ${!isOver}`);
      expect(shop.revisions()).toHaveLength(2);
      expect(outcome()).toBe('baked');
      shop.world.close();
    }
    expect(bakes.length).toBeGreaterThan(4);
    shop = origin;
  });
});
