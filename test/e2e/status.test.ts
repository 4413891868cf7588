// The command status over a whole world: what it says, and what it needs to say it.
import { afterEach, describe, expect, test } from '@jest/globals';
import { bare, crashing, openShop, project, type Shop, type ShopOptions } from './shop.ts';

let shop: Shop;
afterEach(() => shop.world.close());

async function opened(options: ShopOptions, ...versions: string[]): Promise<void> {
  shop = openShop({ edit: bare, ...options });
  for (const version of versions) {
    await shop.publish(version);
    await shop.install(version);
  }
}

const status = async (...argv: string[]) =>
  shop.world.installer(shop.world.folder, { bamboo_ecs_project: project }, 'status', ...argv);

test('what runs, since when, by which build', async () => {
  await opened({}, '1.0.14', '1.0.15');
  const run = await status();
  console.log(run.log);
  const h = await shop.world.installer(shop.world.folder, { bamboo_ecs_project: project }, 'history');
  console.log(h.log);
  expect(run.exitCode).toBe(0);
});
