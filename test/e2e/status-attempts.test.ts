// The command status after a run that did not end well, and while one waits.
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Run } from './harness.ts';
import {
  bare,
  behindTargetGroup,
  crashing,
  openInstalled,
  openShop,
  project,
  type Descriptor,
  type Shop,
  type ShopOptions,
} from './shop.ts';

let shop: Shop;
afterEach(() => shop.world.close());

async function opened(options: ShopOptions, ...versions: string[]): Promise<void> {
  shop = await openInstalled(options, ...versions);
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

describe('an older release that was tried again and failed', () => {
  const attempt = /Not steady +1\.0\.14\.RELEASE \(hid-generator:1, build 14\): failed, crash-loop at 2026-/u;
  const failedBack = async (): Promise<void> => {
    await opened({}, '1.0.14', '1.0.15');
    shop.world.simulation.setScenario(crashing('1.0.14'));
    const back = await command('rollback', '--to=1.0.14.RELEASE');
    expect(back.exitCode).toBe(5);
    expect(shop.running()).toContain('hid-generator:2');
  };

  test('is told, although its number is lower', async () => {
    await failedBack();
    const told = await status();
    expect(told.log).toContain('HEALTHY: 1.0.15.RELEASE (hid-generator:2)');
    expect(told.log).not.toContain('CHANGED');
    expect(told.log).toMatch(attempt);
  });

  test('also without any record, by what it was to replace', async () => {
    await failedBack();
    const told = await shop.world.installer(
      shop.world.folder,
      { bamboo_ecs_repository: '' },
      'status',
      '--cluster=production',
      `--service=${project}`,
    );
    expect(told.log).toMatch(attempt);
  });

  test('and tried once more with force', async () => {
    await failedBack();
    await shop.world.clock.sleep(3_600_000);
    expect((await command('rollback', '--to=1.0.14.RELEASE', '--force')).exitCode).toBe(5);
    expect((await status()).log).toMatch(/Not steady +1\.0\.14\.RELEASE .* at 2026-11-24T03:/u);
  });

  test('is told no longer once a release was installed after it', async () => {
    await failedBack();
    await shop.publish('1.0.16');
    expect((await shop.install('1.0.16')).exitCode).toBe(0);
    expect((await status()).log).not.toContain('Not steady');
  });
});

describe('while it waits at a PAUSE hook', () => {
  const hook = {
    targetType: 'PAUSE',
    lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'],
    timeoutConfiguration: { timeoutInMinutes: 60 },
  };
  /** The first one waits, too, and is what is looked at. */
  const paused = async (): Promise<void> => {
    shop = openShop({
      edit: (descriptors) => {
        behindTargetGroup(descriptors);
        for (const kind of ['service-definition', 'service-update'] as const)
          Object.assign(descriptors[kind]['deploymentConfiguration'] as Descriptor, {
            strategy: 'BLUE_GREEN',
            lifecycleHooks: [hook],
          });
      },
    });
    await shop.publish('1.0.15');
    await shop.install('1.0.15', { bamboo_ecs_on_pause: 'stop' });
  };

  test('it says where, until when, what happens then, and how to decide', async () => {
    await paused();
    const told = await status();
    const text = told.log.replaceAll(/\n +/gu, ' ');
    expect(text).toContain('IN-PROGRESS: 1.0.15.RELEASE (hid-generator:1): it is being rolled out');
    expect(text).toMatch(/stage POST_TEST_TRAFFIC_SHIFT; 0 % of the traffic; PAUSED: hook \S+ waits until/u);
    expect(text).toMatch(
      /PAUSED: it waits at POST_TEST_TRAFFIC_SHIFT for somebody's decision \(hook \S+\)\. Without one ECS rolls it back by itself at 2026-11-24T03:\S+ \(in \d+ min/u,
    );
    const goOn =
      'installer continue --project=hid-generator --release=1.0.15.RELEASE --environment=Production';
    expect(told.log).toContain(`    To go on: ${goOn}\n    To go back: ${goOn} --action=rollback\n`);
    expect(JSON.parse(told.output('status.json'))).toMatchObject({
      services: [{ pauses: [{ stage: 'POST_TEST_TRAFFIC_SHIFT', otherwise: 'ROLLBACK', goOn }] }],
    });
  });

  test('what may not be asked is a note', async () => {
    await paused();
    shop.world.ecs.faults.set([{ operation: 'ListServiceDeployments', kind: 'deny' }]);
    const told = await status();
    expect(told.exitCode).toBe(0);
    expect(told.log).toContain('IN-PROGRESS: 1.0.15.RELEASE');
    expect(told.log).toContain(
      'whether it waits at a PAUSE hook, could not be asked: ListServiceDeployments',
    );
  });

  test('nothing is asked once it is steady', async () => {
    await paused();
    expect((await shop.install('1.0.15', {}, 'continue')).exitCode).toBe(0);
    const before = { ...shop.world.ecs.counts() };
    const told = await status();
    expect(told.log).not.toContain('PAUSED');
    expect(shop.world.ecs.counts()['ListServiceDeployments']).toBe(before['ListServiceDeployments']);
  });
});
