// The command rollback over a whole world: where it goes, what it restores, what it refuses, and that it can be killed.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  bare,
  behindTargetGroup,
  crashing,
  openShop,
  project,
  type Descriptor,
  type Descriptors,
  type Shop,
  type ShopOptions,
} from './shop.ts';
import type { Env } from './harness.ts';

let shop: Shop;
afterEach(() => shop.world.close());

async function opened(options: ShopOptions, ...versions: string[]): Promise<void> {
  shop = openShop({ edit: bare, ...options });
  for (const version of versions) {
    await shop.publish(version);
    await shop.install(version);
  }
}

const base: Env = { bamboo_ecs_project: project, bamboo_ecs_environment: 'Production' };
const rollback = async (...argv: string[]) => shop.world.installer(shop.world.folder, base, 'rollback', ...argv);
const tagsOf = (number: number) => shop.revisions()[number - 1]?.tags ?? {};

describe('without a version', () => {
  test('goes to the release that was steady before, and says so', async () => {
    await opened({}, '1.0.14', '1.0.15');
    const run = await rollback();
    console.log(run.log);
    expect(run.exitCode).toBe(0);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
    expect(tagsOf(1)).toMatchObject({ 'bamboo-ecs:outcome': 'returned' });
    expect(tagsOf(2)).toMatchObject({ 'bamboo-ecs:outcome': 'withdrawn' });
  });
});
