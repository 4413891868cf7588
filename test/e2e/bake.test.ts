// The watch after steady: what goes wrong then is a failure of the release, and is gone back from.
import { afterEach, describe, expect, test } from '@jest/globals';
import { bare, behindTargetGroup, openShop, project, type Shop, type ShopOptions } from './shop.ts';

let shop: Shop;
afterEach(() => shop.world.close());

async function opened(options: ShopOptions = {}): Promise<void> {
  shop = openShop({ edit: bare, ...options });
  for (const version of ['1.0.14', '1.0.15']) await shop.publish(version);
  await shop.install('1.0.14');
}

const minute = 60_000;
const bake = { bamboo_ecs_bake: '5m' };

describe('a bake', () => {
  test('that holds is steady, with what was watched', async () => {
    await opened();
    shop.world.simulation.setAlarm('errors', false);
    const run = await shop.install('1.0.15', { ...bake, bamboo_ecs_bake_alarms: 'errors' });
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('== Bake ==');
    expect(run.log).toContain('it was watched for 5 min more: no task failed, no alarm rang (errors)');
    expect(run.tookMs).toBeGreaterThan(6 * minute);
    expect(await shop.install('1.0.15', bake)).toMatchObject({ exitCode: 0, total: 2 });
  });

  test('ends with the first task that dies, and the version before is back', async () => {
    await opened({
      scenario: {
        rules: [{ match: '1.0.15', outcome: { kind: 'exits', afterMs: 4 * minute, exitCode: 3 } }],
      },
    });
    const run = await shop.install('1.0.15', bake);
    expect(run.exitCode).toBe(5);
    expect(run.log).toMatch(
      /does not hold: .* after it was steady container hid-generator exited with code 3/u,
    );
    expect(run.log).toContain('hid-generator:1 (1.0.14.RELEASE) is back and steady');
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
    expect(await shop.install('1.0.15')).toMatchObject({ exitCode: 4 });
  });

  test('is not run without the setting', async () => {
    await opened({
      scenario: {
        rules: [{ match: '1.0.15', outcome: { kind: 'exits', afterMs: 4 * minute, exitCode: 3 } }],
      },
    });
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    expect(run.calls).not.toHaveProperty('DescribeAlarms');
  });

  test('ends with an alarm that rings', async () => {
    await opened();
    shop.world.simulation.setAlarm('errors', false);
    shop.after(4 * minute, () => shop.world.simulation.setAlarm('errors', true));
    const run = await shop.install('1.0.15', { ...bake, bamboo_ecs_bake_alarms: 'errors' });
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('the alarm errors rings: Threshold Crossed');
    expect(run.log).toContain('(bake-alarm, certain)');
    expect(run.log).toContain('an alarm of bake-alarms went off (errors): Threshold Crossed');
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });

  test('an alarm that rang before is not held against the release', async () => {
    await opened();
    shop.world.simulation.setAlarm('errors', true);
    const run = await shop.install('1.0.15', { ...bake, bamboo_ecs_bake_alarms: 'errors' });
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('The alarm errors rings already');
  });

  test('an alarm that does not exist is refused before anything changes', async () => {
    await opened();
    const run = await shop.install('1.0.15', { ...bake, bamboo_ecs_bake_alarms: 'High erors' });
    expect(run.exitCode).toBe(4);
    expect(run.log).toContain('The alarm High erors of bake-alarms does not exist');
    expect(run.calls).not.toHaveProperty('RegisterTaskDefinition');
  });

  test('alarms that may not be asked are told, and the bake goes on without them', async () => {
    await opened();
    shop.world.ecs.faults.set([{ operation: 'DescribeAlarms', kind: 'deny' }]);
    const run = await shop.install('1.0.15', { ...bake, bamboo_ecs_bake_alarms: 'errors' });
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('cloudwatch:DescribeAlarms');
  });

  test('goes on where the stopped tasks may not be read', async () => {
    await opened();
    shop.world.ecs.faults.set([{ operation: 'ListTasks', kind: 'deny' }]);
    const run = await shop.install('1.0.15', bake);
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('only seen by the counts');
  });

  test('forgives the unlucky task of the rollout', async () => {
    await opened({
      scenario: {
        rules: [
          { match: '1.0.15', outcome: { kind: 'exits', afterMs: 5000, exitCode: 1 }, times: 1 },
          { match: '1.0.15', outcome: { kind: 'runs' } },
        ],
      },
    });
    expect(await shop.install('1.0.15', bake)).toMatchObject({ exitCode: 0 });
  });

  test('ends with a target that turns unhealthy', async () => {
    await opened({ edit: behindTargetGroup });
    shop.after(8 * minute, () => {
      for (const task of shop.world.simulation.state.tasks.values())
        for (const target of task.lastStatus === 'RUNNING' ? task.targets : [])
          Object.assign(target, { state: 'unhealthy', reason: 'Request timed out' });
    });
    const run = await shop.install('1.0.15', { bamboo_ecs_bake: '10m' });
    expect(run.exitCode).toBe(5);
    expect(run.log).toMatch(/is unhealthy: |exited|stopped: Task failed ELB health checks/u);
  });

  test('superseded during the bake: nothing is rolled back', async () => {
    await opened();
    shop.after(4 * minute, () =>
      shop.world.simulation.updateService({
        cluster: 'production',
        service: project,
        taskDefinition: shop.revisions()[0]?.arn ?? '',
      }),
    );
    const run = await shop.install('1.0.15', bake);
    expect(run.exitCode).toBe(8);
    expect(run.calls['UpdateService']).toBe(1);
  });

  test('a signal ends it and says what is left running', async () => {
    await opened();
    const stop = new AbortController();
    shop.after(4 * minute, () => stop.abort('SIGTERM'));
    expect(await shop.installUntil(stop.signal, '1.0.15', bake)).toMatchObject({ exitCode: 75 });
  });

  test('with on-failure=leave the failed release stays', async () => {
    await opened();
    shop.world.simulation.setAlarm('errors', false);
    shop.after(4 * minute, () => shop.world.simulation.setAlarm('errors', true));
    const run = await shop.install('1.0.15', {
      ...bake,
      bamboo_ecs_bake_alarms: 'errors',
      bamboo_ecs_on_failure: 'leave',
    });
    expect(run.exitCode).toBe(6);
    expect(shop.running()).toBe('hid-generator:2 COMPLETED');
  });
});

describe('fail-after', () => {
  test.each([
    ['1', 1],
    ['5', 5],
  ])('%s', async (failAfter, tasks) => {
    await opened({
      scenario: { rules: [{ match: '1.0.15', outcome: { kind: 'exits', afterMs: 1000, exitCode: 7 } }] },
    });
    const run = await shop.install('1.0.15', { bamboo_ecs_fail_after: failAfter });
    expect(run.exitCode).toBe(5);
    const count = Number(/Crash loop: (\d+) task/u.exec(run.log)?.[1]);
    expect(count).toBeGreaterThanOrEqual(tasks);
    expect(count).toBeLessThanOrEqual(tasks + 1);
  });

  test('no number is refused', async () => {
    await opened();
    const run = await shop.install('1.0.15', { bamboo_ecs_fail_after: 'many' });
    expect(run.exitCode).toBe(2);
    expect(run.log).toContain('whole number from 1 to 999');
  });
});
