// keep-revisions over a whole world: what goes, what stays, and that it never costs an installation.
import { afterEach, describe, expect, test } from '@jest/globals';
import { bare, crashing, openShop, project, type Descriptors, type Shop, type ShopOptions } from './shop.ts';
import type { Env } from './harness.ts';

let shop: Shop;
afterEach(() => shop.world.close());

async function opened(options: ShopOptions, count: number): Promise<void> {
  shop = openShop({ edit: bare, ...options });
  for (let number = 1; number <= count; number += 1) {
    await shop.publish(`1.0.${number}`);
    await shop.install(`1.0.${number}`);
  }
}

const keep = (number: number): Env => ({ bamboo_ecs_keep_revisions: String(number) });
const active = (): readonly number[] =>
  shop
    .revisions()
    .filter(({ status }) => status === 'ACTIVE')
    .map(({ revision }) => revision);

async function next(number: number, env: Env) {
  await shop.publish(`1.0.${number}`);
  return shop.install(`1.0.${number}`, env);
}

describe('after a steady installation', () => {
  test('older revisions are deregistered, the newest stay', async () => {
    await opened({}, 5);
    const run = await next(6, keep(3));
    expect(run.exitCode).toBe(0);
    expect(active()).toEqual([4, 5, 6]);
    expect(run.log).toContain(
      'Deregistered hid-generator:1, hid-generator:2, hid-generator:3 (keep-revisions is 3)',
    );
    expect(run.log).toMatch(/Clean-up +3 old revisions deregistered/u);
  });

  test('by default nothing is, and no call is made for it', async () => {
    await opened({}, 3);
    const run = await next(4, {});
    expect(active()).toEqual([1, 2, 3, 4]);
    expect(run.calls).not.toHaveProperty('ListTaskDefinitions');
  });

  test('the way back stays, and leads back', async () => {
    await opened({ scenario: crashing('1.0.3') }, 3);
    const run = await next(4, keep(1));
    expect(run.exitCode).toBe(0);
    // 3 failed: 2 is what a roll-back would go to.
    expect(active()).toEqual([2, 4]);
    const back = await shop.world.installer(
      shop.world.folder,
      { bamboo_ecs_project: project, bamboo_ecs_environment: 'Production' },
      'rollback',
    );
    expect(back.exitCode).toBe(0);
    expect(shop.running()).toBe('hid-generator:2 COMPLETED');
  });

  test('what a task of somebody else runs stays', async () => {
    await opened({}, 3);
    shop.world.simulation.runTask({ cluster: 'production', taskDefinition: `${project}:1`, count: 1 });
    await next(4, keep(1));
    expect(active()).toEqual([1, 3, 4]);
  });

  test('slowly, and at most ten in one run', async () => {
    await opened({}, 14);
    const before = shop.world.clock.now();
    const run = await next(15, keep(2));
    expect(run.exitCode).toBe(0);
    expect(run.calls['DeregisterTaskDefinition']).toBe(10);
    expect(run.log).toContain('3 more are for the next runs');
    expect(active()).toEqual([11, 12, 13, 14, 15]);
    expect(shop.world.clock.now() - before).toBeGreaterThan(9 * 1500);
    await next(16, keep(2));
    expect(active()).toEqual([15, 16]);
  });
});

describe('nothing is deregistered', () => {
  test('after a failure', async () => {
    await opened({ scenario: crashing('1.0.4') }, 3);
    const run = await next(4, keep(1));
    expect(run.exitCode).toBe(5);
    expect(active()).toEqual([1, 2, 3, 4]);
  });

  test('when nothing was to be done', async () => {
    await opened({}, 3);
    const run = await shop.install('1.0.3', keep(1));
    expect(run).toMatchObject({ exitCode: 0, total: 2 });
    expect(active()).toEqual([1, 2, 3]);
  });

  test('with keep-revisions that is no number of them: that is misconfigured', async () => {
    await opened({}, 0);
    await shop.publish('1.0.1');
    for (const text of ['0', '-1', 'few', '1.5']) {
      const run = await shop.install('1.0.1', { bamboo_ecs_keep_revisions: text });
      expect({ text, exitCode: run.exitCode }).toEqual({ text, exitCode: 2 });
    }
    expect(active()).toEqual([]);
  });
});

describe('what goes wrong is told and costs nothing', () => {
  test('a right that is missing, a server in trouble', async () => {
    await opened({}, 3);
    const faults = [
      ['ListTaskDefinitions', 'deny'],
      ['ListTasks', 'deny'],
      ['DeregisterTaskDefinition', 'deny'],
      ['DeregisterTaskDefinition', 'html-500'],
    ] as const;
    for (const [index, [operation, kind]] of faults.entries()) {
      shop.world.ecs.faults.set([{ operation, kind }]);
      const run = await next(4 + index, keep(1));
      expect({ operation, kind, exitCode: run.exitCode }).toEqual({ operation, kind, exitCode: 0 });
      expect(run.log).toContain('which changes nothing about the installation');
      expect(active()).toHaveLength(4 + index);
    }
  });

  test('a run that is told to stop meanwhile is as good as without', async () => {
    await opened({}, 6);
    await shop.publish('1.0.7');
    const stop = new AbortController();
    const run = await new Promise<Awaited<ReturnType<Shop['install']>>>((resolve, reject) => {
      const deregistered = shop.world.simulation.deregisterTaskDefinition.bind(shop.world.simulation);
      shop.world.simulation.deregisterTaskDefinition = (reference) => {
        stop.abort('SIGTERM');
        return deregistered(reference);
      };
      shop.installUntil(stop.signal, '1.0.7', keep(1)).then(resolve, reject);
    });
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('1.0.7.RELEASE is installed in Production');
    expect(active()).toEqual([2, 3, 4, 5, 6, 7]);
  });
});

test('environments that share a family neither lose revisions nor go back to those of another', async () => {
  const edit = (descriptors: Descriptors): void => {
    bare(descriptors);
    descriptors['service-definition']['cluster'] = '${environment.cluster}';
    descriptors['service-update']['cluster'] = '${environment.cluster}';
  };
  const instances = ['a', 'b', 'a', 'b'].map((zone) => ({ zone: `eu-west-1${zone}` }));
  const clusters = ['production', 'qa'].map((name) => ({ name, instances }));
  shop = openShop({ edit, clusters });
  const production: Env = { bamboo_environment_cluster: 'production' };
  const qa: Env = { bamboo_environment_cluster: 'qa', bamboo_deploy_environment: 'QA' };
  for (const number of [1, 2, 3, 4]) {
    await shop.publish(`1.0.${number}`);
    expect((await shop.install(`1.0.${number}`, qa)).exitCode).toBe(0);
    if (number < 3) expect((await shop.install(`1.0.${number}`, production)).exitCode).toBe(0);
  }
  // qa 1, production 2, qa 3, production 4, qa 5, qa 6.
  const run = await next(5, { ...qa, ...keep(2) });
  expect(run.exitCode).toBe(0);
  expect(active()).toEqual([2, 4, 6, 7]);
  const back = await shop.world.installer(
    shop.world.folder,
    { bamboo_ecs_project: project, bamboo_ecs_environment: 'Production' },
    'rollback',
  );
  expect(back.exitCode).toBe(0);
  expect(shop.running()).toBe('hid-generator:2 COMPLETED');
  const status = await shop.world.installer(shop.world.folder, { bamboo_ecs_project: project }, 'status');
  expect(status.log).toContain('QA: hid-generator in qa');
  expect(status.log).toContain('HEALTHY: 1.0.5.RELEASE (hid-generator:7)');
  expect(status.log).toContain('HEALTHY: 1.0.1.RELEASE (hid-generator:2)');
  expect(status.log).not.toContain('CHANGED');
});
