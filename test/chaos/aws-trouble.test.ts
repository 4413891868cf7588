// AWS refuses, throttles, or loses its answers: what a run ends with, and that it never does a thing twice.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { behindTargetGroup, crashing, openShop, project, type Shop } from '../e2e/shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = openShop({ edit: behindTargetGroup, scenario: crashing('1.0.16') });
  for (const version of ['1.0.14', '1.0.15', '1.0.16']) await shop.publish(version);
});
afterEach(() => shop.world.close());

const set = (...faults: readonly object[]): void => shop.world.ecs.faults.set(faults);
const service = { cluster: 'production', service: project };

describe('access denied', () => {
  test.each(['DescribeServices', 'DescribeTaskDefinition', 'RegisterTaskDefinition', 'CreateService'])(
    'of %s for a first installation: 4, with the action',
    async (operation) => {
      set({ operation, kind: 'deny' });
      const run = await shop.install('1.0.14');
      expect(run.exitCode).toBe(4);
      expect(run.log).toContain(`Allow the action ecs:${operation}`);
      expect(run.log).toMatch(/Nothing was changed\.|the service was not changed\./u);
      set();
      expect(await shop.install('1.0.14')).toMatchObject({ exitCode: 0 });
      expect(shop.revisions()).toHaveLength(1);
    },
  );

  test('of UpdateService: 4, and the revision is used by the next run', async () => {
    await shop.install('1.0.14');
    set({ operation: 'UpdateService', kind: 'deny' });
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(4);
    expect(run.log).toContain('Allow the action ecs:UpdateService');
    expect(run.log).toContain('hid-generator:2 is registered; the service was not changed.');
    set();
    expect(await shop.install('1.0.15')).toMatchObject({ exitCode: 0 });
    expect(shop.revisions()).toHaveLength(2);
  });

  test('of DescribeClusters is no obstacle, unless the account must be known', async () => {
    set({ operation: 'DescribeClusters', kind: 'deny' });
    const guarded = await shop.install('1.0.14', { bamboo_ecs_account: '123456789012' });
    expect(guarded).toMatchObject({ exitCode: 4 });
    expect(guarded.log).toContain('Allow the action ecs:DescribeClusters');
    expect(await shop.install('1.0.14')).toMatchObject({ exitCode: 0 });
  });

  test('of DescribeServices while watching: 9, with the action', async () => {
    await shop.install('1.0.14');
    set({ operation: 'DescribeServices', kind: 'deny', skip: 5 });
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(9);
    expect(run.log).toContain('Whether hid-generator 1.0.15.RELEASE came up in Production is not known.');
    expect(run.log).toContain('What to do:   Allow the action ecs:DescribeServices');
    expect(run.log).toContain('ECS goes on with it.');
    expect(run.log).toContain('Run the same command again when AWS answers');
    set();
    const next = await shop.install('1.0.15');
    expect(next).toMatchObject({ exitCode: 0 });
    expect(next.log).toContain('adopted');
  });

  test.each(['ListTasks', 'DescribeTasks'])(
    'of %s: the crash is seen at the end of the time',
    async (operation) => {
      await shop.install('1.0.15');
      set({ operation, kind: 'deny' });
      const run = await shop.install('1.0.16', { bamboo_ecs_timeout: '4m' });
      expect(run.exitCode).toBe(5);
      expect(run.log.split('so a crash loop is only seen by its time-out').length).toBe(2);
      expect(run.log).toContain(`Allow the action ecs:${operation}`);
      expect(shop.running()).toBe('hid-generator:1 COMPLETED');
    },
  );

  test('of TagResource: told, and the roll-back goes on', async () => {
    await shop.install('1.0.15');
    set({ operation: 'TagResource', kind: 'deny' });
    const run = await shop.install('1.0.16');
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('Allow the action ecs:TagResource');
  });

  test('of StopServiceDeployment: the roll-back is an update', async () => {
    await shop.install('1.0.15');
    set({ operation: 'StopServiceDeployment', kind: 'deny' });
    const run = await shop.install('1.0.16');
    expect(run).toMatchObject({ exitCode: 5, calls: { UpdateService: 2 } });
  });

  test('of the roll-back itself: 6, and the next run goes back', async () => {
    await shop.install('1.0.15');
    set(
      { operation: 'ListServiceDeployments', kind: 'deny' },
      { operation: 'UpdateService', kind: 'deny', skip: 1 },
    );
    const run = await shop.install('1.0.16');
    expect(run.exitCode).toBe(6);
    expect(run.log).toContain('The roll-back failed: UpdateService');
    expect(run.log).toMatch(/What to do: +The version before is NOT back: look at the service/u);
    expect(shop.revisions()[1]?.tags['bamboo-ecs:outcome']).toBe('rolling-back');
    set();
    expect(await shop.install('1.0.16')).toMatchObject({ exitCode: 5 });
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
    expect(shop.revisions()[1]?.tags['bamboo-ecs:outcome']).toBe('failed');
  });
});

describe('credentials that expire', () => {
  test('before the change: 4', async () => {
    set({ operation: '*', kind: 'expired-token' });
    expect(await shop.install('1.0.14')).toMatchObject({ exitCode: 4 });
  });

  test('while watching: 9, with what is left running', async () => {
    await shop.install('1.0.14');
    set({ operation: 'DescribeServices', kind: 'expired-token', skip: 6 });
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(9);
    expect(run.log).toContain('expired');
    const record = JSON.parse(run.output('record.json')) as Record<string, unknown>;
    expect(String(record['leftRunning'])).toContain('ECS goes on with it');
  });

  test('while rolling back: 9', async () => {
    await shop.install('1.0.15');
    set(
      { operation: 'StopServiceDeployment', kind: 'expired-token' },
      { operation: 'UpdateService', kind: 'expired-token', skip: 1 },
    );
    const run = await shop.install('1.0.16');
    expect(run.exitCode).toBe(9);
    expect(run.log).toContain('The roll-back failed');
  });
});

describe('AWS that stumbles', () => {
  test('throttling and lost answers of polls are waited out', async () => {
    await shop.install('1.0.14');
    // Four attempts of the SDK make one poll that fails.
    set(
      { operation: 'DescribeServices', kind: 'drop-before', skip: 4, times: 5 },
      { operation: 'DescribeServices', kind: 'throttle', skip: 12, times: 2 },
    );
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('ECS could not be asked');
  });

  test('a cluster that is not there any more', async () => {
    await shop.install('1.0.14');
    set({
      operation: 'DescribeServices',
      kind: 'error',
      code: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    });
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(4);
    expect(run.log).toContain('Check the cluster, the region and the account');
    expect(shop.revisions()).toHaveLength(1);
  });
});

describe('lost answers', () => {
  const losses = (['drop-before', 'drop-after', 'error-500', 'html-500'] as const).flatMap((kind) =>
    [1, 2].map((times) => [kind, times] as const),
  );

  test.each(losses)('%s ×%i of RegisterTaskDefinition and CreateService', async (kind, times) => {
    set({ operation: 'RegisterTaskDefinition', kind, times }, { operation: 'CreateService', kind, times });
    const run = await shop.install('1.0.14');
    expect(run.exitCode).toBe(0);
    expect(shop.revisions()).toHaveLength(1);
    expect(shop.service().serviceDeployments).toHaveLength(1);
  });

  test.each(losses)('%s ×%i of RegisterTaskDefinition and UpdateService', async (kind, times) => {
    await shop.install('1.0.14');
    set({ operation: 'RegisterTaskDefinition', kind, times }, { operation: 'UpdateService', kind, times });
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    expect(shop.revisions()).toHaveLength(2);
    expect(shop.service().serviceDeployments).toHaveLength(2);
  });

  test.each(losses)('%s ×%i of the roll-back', async (kind, times) => {
    await shop.install('1.0.15');
    set(
      { operation: 'StopServiceDeployment', kind, times },
      { operation: 'UpdateService', kind, times, skip: 1 },
    );
    const run = await shop.install('1.0.16');
    expect(run.exitCode).toBe(5);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
    expect(shop.service().serviceDeployments.length).toBeLessThanOrEqual(3);
  });

  test('of a forced repetition are not mistaken for its success', async () => {
    await shop.install('1.0.14');
    set({ operation: 'UpdateService', kind: 'drop-before', times: 1 });
    const run = await shop.install('1.0.14', { bamboo_ecs_force: 'true' });
    expect(run.exitCode).toBe(0);
    expect(shop.service().serviceDeployments).toHaveLength(2);
    set({ operation: 'UpdateService', kind: 'drop-after', times: 1 });
    expect(await shop.install('1.0.14', { bamboo_ecs_force: 'true' })).toMatchObject({ exitCode: 0 });
    expect(shop.service().serviceDeployments).toHaveLength(3);
  });

  test('for good, of the write and of all that could tell: 9', async () => {
    await shop.install('1.0.14');
    set(
      { operation: 'UpdateService', kind: 'drop-after' },
      { operation: 'DescribeServices', kind: 'drop-before', skip: 1 },
    );
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(9);
    expect(run.log).toContain('what became of it could not be asked');
    set();
    expect(await shop.install('1.0.15')).toMatchObject({ exitCode: 0 });
    expect(shop.service().serviceDeployments).toHaveLength(2);
  });

  test('for good, of the registration: 4, the service is untouched', async () => {
    await shop.install('1.0.14');
    set({ operation: 'RegisterTaskDefinition', kind: 'drop-before' });
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(4);
    expect(shop.service().serviceDeployments).toHaveLength(1);
  });

  test('of a service that cannot be seen yet', async () => {
    const slow = openShop({ edit: behindTargetGroup, unseenMs: 12_000 });
    try {
      await slow.publish('1.0.14');
      slow.world.ecs.faults.set([{ operation: 'CreateService', kind: 'drop-after', times: 1 }]);
      const run = await slow.install('1.0.14');
      expect(run.exitCode).toBe(0);
      expect(slow.service().serviceDeployments).toHaveLength(1);
    } finally {
      slow.world.close();
    }
  });
});

test('somebody deletes the service while it is watched: 8', async () => {
  await shop.install('1.0.14');
  shop.after(30_000, () => shop.world.simulation.deleteService({ ...service, force: true }));
  const run = await shop.install('1.0.15');
  expect(run.exitCode).toBe(8);
});
