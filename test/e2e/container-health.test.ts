// Containers with health checks of their own: what is said of them, and what it costs.
import { afterEach, describe, expect, test } from '@jest/globals';
import { bare, openShop, type Descriptor, type Descriptors, type Shop, type ShopOptions } from './shop.ts';

let shop: Shop;
afterEach(() => shop.world.close());

function withHealthCheck(descriptors: Descriptors): void {
  bare(descriptors);
  for (const container of descriptors['task-definition']['containerDefinitions'] as Descriptor[])
    container['healthCheck'] = { command: ['CMD', 'true'], interval: 10, retries: 3 };
}

async function opened(options: ShopOptions = {}): Promise<void> {
  shop = openShop({ edit: withHealthCheck, ...options });
  for (const version of ['1.0.14', '1.0.15']) await shop.publish(version);
  await shop.install('1.0.14');
}

describe('container health', () => {
  test('is said of a release that is steady', async () => {
    await opened();
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('the containers of 2 tasks HEALTHY');
  });

  test('is shown while a rollout does not get on', async () => {
    await opened({ scenario: { rules: [{ match: '1.0.15', outcome: { kind: 'never-healthy' } }] } });
    const run = await shop.install('1.0.15', { bamboo_ecs_timeout: '4m' });
    expect(run.exitCode).toBe(5);
    expect(run.log).toMatch(/containers of \d tasks? (not checked yet|UNHEALTHY)/u);
  });

  test('that may not be asked is told once, and judged without', async () => {
    await opened();
    shop.world.ecs.faults.set([{ operation: 'ListTasks', kind: 'deny' }]);
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    expect(run.calls['ListTasks']).toBeLessThanOrEqual(2);
  });
});
