// The command rollback is foretold as an installation is: refused where it would get stuck, with what to do.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { bare, openShop, project, type Descriptor, type Shop, type ShopOptions } from './shop.ts';
import type { Env } from './harness.ts';

let shop: Shop;
afterEach(() => shop.world.close());

/** On two instances with the fixed port of the seed; `percents` of 1.0.14 and of 1.0.15. */
async function opened(percents: readonly [number, number], options: ShopOptions = {}): Promise<void> {
  let built = 0;
  shop = openShop({
    clusters: [{ name: 'production', instances: [{ zone: 'eu-west-1a' }, { zone: 'eu-west-1b' }] }],
    edit(descriptors) {
      bare(descriptors);
      for (const kind of ['service-definition', 'service-update'] as const)
        descriptors[kind]['deploymentConfiguration'] = {
          minimumHealthyPercent: percents[built],
          maximumPercent: 200,
        };
      built += 1;
    },
    ...options,
  });
  for (const version of ['1.0.14', '1.0.15']) {
    await shop.publish(version);
    expect((await shop.install(version)).exitCode).toBe(0);
  }
}

const base: Env = { bamboo_ecs_project: project, bamboo_ecs_environment: 'Production' };
const rollback = async (env: Env = {}, ...argv: string[]) =>
  shop.world.installer(shop.world.folder, { ...base, ...env }, 'rollback', ...argv);
const minimum = () =>
  (shop.service().attributes['deploymentConfiguration'] as Descriptor)['minimumHealthyPercent'];
/** By hand, as the hint says. */
const setMinimum = (minimumHealthyPercent: number) =>
  shop.world.simulation.updateService({
    cluster: 'production',
    service: project,
    deploymentConfiguration: { minimumHealthyPercent, maximumPercent: 200 },
  });

describe('a roll-back by hand', () => {
  test('that finishes: the log says how, and how long', async () => {
    await opened([25, 25]);
    const back = await rollback();
    expect(back.exitCode).toBe(0);
    expect(back.log).toContain('forecast: The rollout finishes in 4 steps');
    expect(back.log).toContain('lowest capacity: 1 of 2 tasks (50 %)');
    expect(back.log).toMatch(/Time-out .*: /u);
    expect(JSON.parse(back.output('record.json')).plans[0].forecast.outcome).toBe('finishes');
  });

  test('that would get stuck with the limits of then: the service keeps those that it has', async () => {
    await opened([100, 25]);
    const back = await rollback();
    expect(back.exitCode).toBe(0);
    expect(back.log).toContain(
      'With what the release said then the rollout would get stuck, so the service keeps its deploymentConfiguration as now.',
    );
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
    expect(minimum()).toBe(25);
  });

  test('that would get stuck in any way: refused before anything is changed, and mended as the hint says', async () => {
    await opened([100, 25]);
    setMinimum(100);
    const before = { ...shop.world.ecs.counts() };
    const refused = await rollback();
    expect(refused.exitCode).toBe(4);
    expect(refused.log).toContain('REFUSED');
    expect(refused.log).toContain('Each of the 2 instances already holds port 1234');
    expect(refused.log).toContain('The smallest change that works: minimumHealthyPercent 50 (now 100).');
    expect(refused.log).toContain('Make it first');
    // The revision is there already: nothing of the task can be changed.
    expect(refused.log).not.toContain('host port 0');
    expect(refused.log).not.toContain('installs all the same');
    for (const operation of ['UpdateService', 'TagResource'])
      expect(shop.world.ecs.counts()[operation]).toBe(before[operation]);
    setMinimum(50);
    expect(await rollback()).toMatchObject({ exitCode: 0 });
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });

  test('refused, and carried out all the same with skip-checks=room', async () => {
    await opened([100, 25]);
    setMinimum(100);
    const back = await rollback({ bamboo_ecs_skip_checks: 'room', bamboo_ecs_on_failure: 'leave' });
    expect(back.exitCode).toBe(6);
    expect(back.log).toContain('No room for hid-generator:1');
  });

  test('without the repository: what the service has now is what is foretold', async () => {
    await opened([100, 25]);
    rmSync(path.join(shop.world.folder, 'repository'), { recursive: true });
    setMinimum(100);
    const where = ['--cluster=production', `--service=${project}`];
    expect(await rollback({}, ...where)).toMatchObject({ exitCode: 4 });
    setMinimum(50);
    expect(await rollback({}, ...where)).toMatchObject({ exitCode: 0 });
  });

  test('of a service that crashes is never refused for its room', async () => {
    await opened([100, 25], {});
    setMinimum(100);
    // Its tasks die one after the other: there is room whenever one is gone.
    shop.world.simulation.setScenario({
      rules: [{ match: '1.0.15', outcome: { kind: 'exits', afterMs: 1000, exitCode: 1 } }],
    });
    for (const task of shop.world.simulation.state.tasks.values())
      if (task.lastStatus === 'RUNNING')
        shop.world.simulation.stopTask({ cluster: 'production', task: task.arn });
    await shop.world.clock.sleep(60_000);
    const back = await rollback();
    expect(back.exitCode).toBe(0);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });

  test('where the room may not be looked at is told, and goes on', async () => {
    await opened([25, 25]);
    shop.world.ecs.faults.set([{ operation: 'ListContainerInstances', kind: 'deny' }]);
    const back = await rollback();
    expect(back.exitCode).toBe(0);
    expect(back.log).toContain('ecs:ListContainerInstances');
  });
});
