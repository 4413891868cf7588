// Whole installations on the virtual clock, from the first to the last line: what they end with, and what they leave in ECS.
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  bare,
  behindTargetGroup,
  crashing,
  openShop,
  withBreaker,
  type Shop,
  type ShopOptions,
} from './shop.ts';

let shop: Shop;
afterEach(() => shop.world.close());

async function opened(options: ShopOptions, ...versions: string[]): Promise<void> {
  shop = openShop(options);
  for (const version of versions) await shop.publish(version);
}

describe('a release that comes up', () => {
  test('is created, then updated, then left alone', async () => {
    await opened({}, '1.0.14', '1.0.15');
    const created = await shop.install('1.0.14');
    expect(created.log).toContain(
      'STEADY: hid-generator 1.0.14.RELEASE is installed in Production. 2 of 2 tasks run',
    );
    expect(created.exitCode).toBe(0);
    expect((await shop.install('1.0.15')).exitCode).toBe(0);
    const again = await shop.install('1.0.15');
    expect(again).toMatchObject({
      exitCode: 0,
      calls: { DescribeServices: 1, DescribeTaskDefinition: 1 },
      total: 2,
    });
    expect(again.log).toContain('UNCHANGED: hid-generator 1.0.15.RELEASE runs already');
    // In the plan and in the summary.
    expect(again.log.match(/1\.0\.15\.RELEASE runs already/gu)).toHaveLength(2);
    expect(shop.running()).toBe('hid-generator:2 COMPLETED');
    expect(shop.service().serviceDeployments).toHaveLength(2);
  });

  test('is created where a deleted service of the name was', async () => {
    await opened({ edit: bare }, '1.0.14', '1.0.15');
    await shop.install('1.0.14');
    shop.world.simulation.deleteService({ cluster: 'production', service: 'hid-generator', force: true });
    await shop.world.clock.sleep(300_000);
    const run = await shop.install('1.0.15');
    expect(run.log).toContain('INACTIVE');
    expect(run).toMatchObject({ exitCode: 0, calls: { CreateService: 1 } });
  });

  test('is created once a service that is being deleted is gone', async () => {
    await opened({}, '1.0.14', '1.0.15');
    await shop.install('1.0.14');
    shop.world.simulation.deleteService({ cluster: 'production', service: 'hid-generator', force: true });
    const refused = await shop.install('1.0.15', { bamboo_ecs_on_other_deployment: 'refuse' });
    expect(refused).toMatchObject({ exitCode: 4 });
    expect(refused.log).toContain('DRAINING');
    const run = await shop.install('1.0.15');
    expect(run).toMatchObject({ exitCode: 0, calls: { CreateService: 1, RegisterTaskDefinition: 1 } });
  });
});

interface Crash {
  readonly name: string;
  readonly options: ShopOptions;
}

const crashes: readonly Crash[] = [
  { name: 'behind a classic load balancer', options: {} },
  { name: 'behind a target group', options: { edit: behindTargetGroup } },
  { name: 'with a circuit breaker that rolls back', options: { edit: withBreaker(true) } },
  { name: 'with a circuit breaker that does not', options: { edit: withBreaker(false) } },
  { name: 'without a load balancer', options: { edit: bare } },
];

describe('a release that crashes', () => {
  test.each(crashes)('$name is caught and gone back from', async ({ options }) => {
    await opened({ ...options, scenario: crashing('1.0.16') }, '1.0.15', '1.0.16', '1.0.17');
    await shop.install('1.0.15');
    const run = await shop.install('1.0.16');
    expect(run.log).toContain('Container hid-generator exits with code 1');
    expect(run.log).toMatch(/hid-generator:1 \(1\.0\.15\.RELEASE\) is back and steady, 2 of 2 tasks run\./u);
    expect(run.exitCode).toBe(5);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
    const record = JSON.parse(run.output('record.json')) as Record<string, unknown>;
    expect(record).toMatchObject({ exitCode: 5, outcome: 'failed' });
    expect(String(record['rollback'])).toContain('is back and steady');

    const again = await shop.install('1.0.16');
    expect(again).toMatchObject({ exitCode: 4, calls: { DescribeServices: 1 } });
    expect(again.log).toContain('1.0.16.RELEASE (hid-generator:2) was installed here before and failed');
    expect(shop.service().serviceDeployments.length).toBeLessThanOrEqual(3);
    expect(await shop.install('1.0.17')).toMatchObject({ exitCode: 0 });
  });

  test('is tried again with force, and is then no failure any more', async () => {
    await opened({ edit: behindTargetGroup, scenario: crashing('1.0.16') }, '1.0.14', '1.0.15', '1.0.16');
    await shop.install('1.0.15');
    expect(await shop.install('1.0.16')).toMatchObject({ exitCode: 5 });
    shop.world.simulation.setScenario({ rules: [] });
    const forced = await shop.install('1.0.16', { bamboo_ecs_force: 'true' });
    expect(forced).toMatchObject({ exitCode: 0 });
    expect(forced.calls).not.toHaveProperty('RegisterTaskDefinition');
    expect(shop.revisions()[1]?.tags).toMatchObject({
      'bamboo-ecs:outcome': 'retried',
      'bamboo-ecs:replaces': 'hid-generator:1',
    });
    expect(await shop.install('1.0.16')).toMatchObject({ exitCode: 0, total: 2 });
  });

  test('that fails again with force goes back to what runs now, with its count', async () => {
    await opened({ edit: behindTargetGroup, scenario: crashing('1.0.16') }, '1.0.14', '1.0.15', '1.0.16');
    await shop.install('1.0.14');
    expect(await shop.install('1.0.16')).toMatchObject({ exitCode: 5 });
    shop.world.simulation.updateService({ cluster: 'production', service: 'hid-generator', desiredCount: 3 });
    await shop.world.clock.sleep(600_000);
    const forced = await shop.install('1.0.16', { bamboo_ecs_force: 'true' });
    expect(forced).toMatchObject({ exitCode: 5 });
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
    expect(shop.service().desiredCount).toBe(3);
    expect(shop.revisions()[1]?.tags['bamboo-ecs:outcome']).toBe('failed');
  });

  test('on its first deployment is scaled to 0', async () => {
    await opened({ scenario: crashing('1.0.14') }, '1.0.14', '1.0.15');
    const run = await shop.install('1.0.14');
    expect(run.exitCode).toBe(6);
    expect(run.log).toContain('hid-generator is scaled to 0, because there is nothing to go back to');
    expect(shop.service().desiredCount).toBe(0);
    expect(await shop.install('1.0.14')).toMatchObject({ exitCode: 4 });
    // The next release starts it again.
    expect(await shop.install('1.0.15')).toMatchObject({ exitCode: 0 });
    expect(shop.service().desiredCount).toBe(2);
  });

  test('is left as it is when on-failure says so', async () => {
    await opened({ scenario: crashing('1.0.16') }, '1.0.15', '1.0.16');
    await shop.install('1.0.15');
    const run = await shop.install('1.0.16', { bamboo_ecs_on_failure: 'leave' });
    expect(run.exitCode).toBe(6);
    expect(run.log).toContain('Nothing is rolled back: on-failure is leave.');
    expect(shop.running()).toContain('hid-generator:2');
  });

  test('after it ran well for a while is caught all the same', async () => {
    await opened(
      {
        edit: bare,
        scenario: {
          rules: [{ match: '1.0.16', outcome: { kind: 'exits', afterMs: 30_000, exitCode: 137 } }],
        },
      },
      '1.0.15',
      '1.0.16',
    );
    await shop.install('1.0.15');
    const run = await shop.install('1.0.16');
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('137');
    expect(run.tookMs).toBeLessThan(12 * 60_000);
  });
});

describe('a release that does not come up in time', () => {
  const never: ShopOptions = {
    edit: behindTargetGroup,
    scenario: { rules: [{ match: '1.0.16', outcome: { kind: 'runs', startMs: 3_600_000 } }] },
  };

  test('is gone back from', async () => {
    await opened(never, '1.0.15', '1.0.16');
    await shop.install('1.0.15');
    const run = await shop.install('1.0.16', { bamboo_ecs_timeout: '3m' });
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('did not come up in Production in time. After 3 min 0 of 2 tasks run');
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });

  test('is left when told so, and watched on by the next run', async () => {
    await opened(never, '1.0.15', '1.0.16');
    await shop.install('1.0.15');
    const run = await shop.install('1.0.16', { bamboo_ecs_timeout: '3m', bamboo_ecs_on_failure: 'leave' });
    expect(run.exitCode).toBe(7);
    expect(shop.revisions()[1]?.tags).not.toHaveProperty('bamboo-ecs:outcome');
    const later = await shop.install('1.0.16', { bamboo_ecs_timeout: '2h' });
    expect(later).toMatchObject({ exitCode: 0 });
    expect(later.log).toContain('it is watched, nothing is changed');
    expect(later.calls).not.toHaveProperty('UpdateService');
  });

  test('because only old tasks drain, is neither gone back from nor marked', async () => {
    await opened({ edit: behindTargetGroup, completesWhileDraining: true }, '1.0.15', '1.0.16');
    await shop.install('1.0.15');
    const run = await shop.install('1.0.16', { bamboo_ecs_timeout: '2m' });
    expect(run.exitCode).toBe(7);
    expect(run.log).toContain('still drain');
    expect(shop.running()).toBe('hid-generator:2 COMPLETED');
    expect(shop.revisions()[1]?.tags).not.toHaveProperty('bamboo-ecs:outcome');
    expect(await shop.install('1.0.16')).toMatchObject({ exitCode: 0 });
  });
});
