// The command rollback: what becomes what it was, and what it does while a rollout is in flight.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  bare,
  behindTargetGroup,
  crashing,
  openInstalled,
  project,
  type Descriptor,
  type Shop,
  type ShopOptions,
} from './shop.ts';
import type { Env } from './harness.ts';

let shop: Shop;
afterEach(() => shop.world.close());

async function opened(options: ShopOptions, ...versions: string[]): Promise<void> {
  shop = await openInstalled(options, ...versions);
}

const base: Env = { bamboo_ecs_project: project, bamboo_ecs_environment: 'Production' };
const rollback = async (...argv: string[]) =>
  shop.world.installer(shop.world.folder, base, 'rollback', ...argv);
const outcome = (number: number) => shop.revisions()[number - 1]?.tags['bamboo-ecs:outcome'];
const stopCalls = () => shop.world.ecs.counts()['StopServiceDeployment'] ?? 0;

describe('what becomes what it was', () => {
  /** From 1.0.15 on: three tasks, another minimum, another grace period. */
  const grown = (options: ShopOptions = {}) => {
    let number = 0;
    return {
      ...options,
      edit(descriptors: Parameters<typeof bare>[0]) {
        bare(descriptors);
        number += 1;
        const update = descriptors['service-update'];
        const configuration = update['deploymentConfiguration'] as Descriptor;
        configuration['minimumHealthyPercent'] = number === 1 ? 25 : 60;
        if (number > 1) update['desiredCount'] = 3;
      },
    };
  };
  const minimum = () =>
    (shop.service().attributes['deploymentConfiguration'] as Descriptor)['minimumHealthyPercent'];

  test('desired count and attributes, by hand', async () => {
    await opened(grown(), '1.0.14', '1.0.15');
    expect([shop.service().desiredCount, minimum()]).toEqual([3, 60]);
    const back = await rollback();
    expect(back.exitCode).toBe(0);
    expect([shop.service().desiredCount, minimum()]).toEqual([2, 25]);
    expect(back.log).toContain('The desired count goes from 3 back to 2');
    expect(back.log).toContain('minimumHealthyPercent  60 -> 25');
  });

  test('and after an installation that failed', async () => {
    await opened(grown({ scenario: crashing('1.0.15') }), '1.0.14', '1.0.15');
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
    expect([shop.service().desiredCount, minimum()]).toEqual([2, 25]);
  });

  test('the count, after a run that was killed and one that adopts its rollout', async () => {
    const options = grown({ scenario: crashing('1.0.15') });
    await opened(options, '1.0.14');
    await shop.publish('1.0.15');
    const stop = new AbortController();
    shop.after(12_000, () => stop.abort('SIGTERM'));
    expect((await shop.installUntil(stop.signal, '1.0.15')).exitCode).toBe(75);
    expect(shop.service().desiredCount).toBe(3);
    const adopted = await shop.install('1.0.15');
    expect(adopted.log).toContain('is adopted');
    expect(adopted.exitCode).toBe(5);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
    expect(shop.service().desiredCount).toBe(2);
  });

  test('not a count that auto scaling owns', async () => {
    await opened(grown(), '1.0.14', '1.0.15');
    shop.world.simulation.state.scalableTargets = [
      {
        ServiceNamespace: 'ecs',
        ResourceId: `service/production/${project}`,
        ScalableDimension: 'ecs:service:DesiredCount',
        MinCapacity: 1,
        MaxCapacity: 9,
      },
    ];
    const back = await rollback();
    expect(back.exitCode).toBe(0);
    expect(back.log).toContain('Auto scaling owns the desired count');
    expect([shop.service().desiredCount, minimum()]).toEqual([3, 25]);
  });

  test('without the repository only the revision and the count', async () => {
    await opened(grown(), '1.0.14', '1.0.15');
    rmSync(path.join(shop.world.folder, 'repository'), { recursive: true });
    const back = await rollback('--cluster=production', `--service=${project}`);
    expect(back.exitCode).toBe(0);
    expect(back.log).toContain('The attributes of the service stay as they are');
    expect([shop.service().desiredCount, minimum()]).toEqual([2, 60]);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });

  test('a release that does not come up any more: what ran comes back', async () => {
    await opened({}, '1.0.14', '1.0.15');
    shop.world.simulation.setScenario(crashing('1.0.14'));
    const failed = await rollback();
    expect(failed.exitCode).toBe(5);
    expect(failed.log).toContain('exits with code 1');
    expect(shop.running()).toBe('hid-generator:2 COMPLETED');
    expect([outcome(1), outcome(2)]).toEqual(['failed', undefined]);
  });
});

describe('while a rollout is in flight', () => {
  test('ECS itself is told to stop it', async () => {
    await opened({ edit: behindTargetGroup }, '1.0.14');
    await shop.publish('1.0.15');
    const stop = new AbortController();
    shop.after(30_000, () => stop.abort('SIGTERM'));
    expect((await shop.installUntil(stop.signal, '1.0.15')).exitCode).toBe(75);
    const back = await rollback();
    expect(back.log).toContain('StopServiceDeployment');
    expect(back.exitCode).toBe(0);
    expect(stopCalls()).toBe(1);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
    expect([outcome(1), outcome(2)]).toEqual(['returned', 'withdrawn']);
    expect(back.log).toContain('1.0.14.RELEASE is back in Production');
  });

  test('one that ECS is rolling back already is watched, not gone back from', async () => {
    await opened({ edit: behindTargetGroup }, '1.0.13', '1.0.14');
    await shop.publish('1.0.15');
    const stop = new AbortController();
    shop.after(30_000, () => stop.abort('SIGTERM'));
    await shop.installUntil(stop.signal, '1.0.15');
    const open = shop.service().serviceDeployments.find(({ finishedAt }) => finishedAt === null);
    shop.world.simulation.stopServiceDeployment(open?.arn ?? '');
    const updates = shop.world.ecs.counts()['UpdateService'];
    const watched = await rollback();
    expect(watched.exitCode).toBe(0);
    expect(watched.log).toContain('ECS is rolling back to hid-generator:2 already: that is watched.');
    expect(shop.world.ecs.counts()['UpdateService']).toBe(updates);
    expect(shop.running()).toBe('hid-generator:2 COMPLETED');
  });
});
