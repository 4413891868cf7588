// The command status after a run that did not end well, and while one waits.
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Run } from './harness.ts';
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

const command = async (...argv: string[]): Promise<Run> =>
  shop.world.installer(
    shop.world.folder,
    { bamboo_ecs_project: project, bamboo_deploy_environment: 'Production' },
    ...argv,
  );
const status = async (): Promise<Run> => command('status');

describe('after a roll-back', () => {
  test('a roll-back to a release of no tasks is no change by hand', async () => {
    let empty = false;
    const edit = (descriptors: Parameters<typeof bare>[0]): void => {
      bare(descriptors);
      if (!empty) return;
      for (const kind of ['service-definition', 'service-update'] as const)
        descriptors[kind]['desiredCount'] = 0;
    };
    await opened({ edit, scenario: crashing('1.0.16') }, '1.0.14');
    empty = true;
    await shop.publish('1.0.15');
    expect((await shop.install('1.0.15')).exitCode).toBe(0);
    empty = false;
    await shop.publish('1.0.16');
    const failed = await shop.install('1.0.16');
    expect(failed.exitCode).toBe(5);
    expect(failed.log).toContain('hid-generator:2 (1.0.15.RELEASE) is back');
    expect(shop.running()).toContain('hid-generator:2');
    expect(shop.service().desiredCount).toBe(0);
    const told = await status();
    expect(told.log).toContain('EMPTY: 1.0.15.RELEASE (hid-generator:2): the desired count is 0');
    expect(told.log).not.toContain('CHANGED');
    expect(told.log).toMatch(/Not steady +1\.0\.16\.RELEASE/u);
  });
});
