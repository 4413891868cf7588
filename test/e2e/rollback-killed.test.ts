// The command rollback, killed at each of its calls: the same command again ends where the first one would have.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dyingPort, type Death } from '../chaos/dying-port.ts';
import type { Env, SavedWorld } from './harness.ts';
import { bare, behindTargetGroup, openShop, project, type Shop } from './shop.ts';

const base: Env = { bamboo_ecs_project: project, bamboo_ecs_environment: 'Production' };

/** 1.0.13, then 1.0.14, then 1.0.15 on top: one release too far back would be seen. */
async function prepared(inFlight: boolean): Promise<Shop> {
  const shop = openShop({ edit: inFlight ? behindTargetGroup : bare });
  for (const version of ['1.0.13', '1.0.14', '1.0.15']) await shop.publish(version);
  await shop.install('1.0.13');
  await shop.install('1.0.14');
  if (!inFlight) {
    await shop.install('1.0.15');
    return shop;
  }
  const stop = new AbortController();
  shop.after(30_000, () => stop.abort('SIGTERM'));
  await shop.installUntil(stop.signal, '1.0.15');
  return shop;
}

describe.each([
  ['of a release that is steady', false],
  ['of a rollout in flight', true],
])('a roll-back %s', (_what, inFlight) => {
  let origin: Shop;
  let saved: SavedWorld;
  let calls: readonly string[];

  const rollBack = async (shop: Shop, death: Death | null) => {
    const port = dyingPort(death);
    shop.world.between = port.wrap;
    const run = await shop.world.installer(shop.world.folder, base, 'rollback');
    shop.world.between = null;
    return { run, calls: port.calls };
  };

  beforeAll(async () => {
    origin = await prepared(inFlight);
    saved = origin.world.save();
    const shop = openShop({ from: saved });
    const whole = await rollBack(shop, null);
    expect(whole.run.exitCode).toBe(0);
    calls = whole.calls;
    shop.world.close();
  });
  afterAll(() => origin.world.close());

  /** Of polls in a row the first and the last will do. */
  const isWorthIt = ({ name, at }: { name: string; at: number }): boolean =>
    name.startsWith('tag') || name !== calls[at - 2] || name !== calls[at];

  test.each(['before', 'after'] as const)('killed %s each of its calls', async (when) => {
    expect(calls.length).toBeGreaterThan(8);
    const once = calls.map((name, index) => ({ name, at: index + 1 })).filter(isWorthIt);
    // After its last call the roll-back is over: once more would be one release further, as it is said to be.
    for (const { name, at } of when === 'after' ? once.slice(0, -1) : once) {
      const shop = openShop({ from: saved });
      await rollBack(shop, { at, when });
      const { run } = await rollBack(shop, null);
      const what = `killed ${when} call ${at}, ${name}`;
      expect(`${what}: exit ${run.exitCode}, ${shop.running()}`).toBe(
        `${what}: exit 0, hid-generator:2 COMPLETED`,
      );
      expect(shop.revisions()).toHaveLength(3);
      expect(shop.revisions()[1]?.tags['bamboo-ecs:outcome']).toBe('returned');
      shop.world.close();
    }
  });
});
