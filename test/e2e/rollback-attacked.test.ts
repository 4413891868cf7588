// The automatic roll-back, while others are at work on the same service: what it brings back, and what it leaves to whom it belongs.
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  bare,
  behindTargetGroup,
  crashing,
  crashingAfter,
  openShop,
  project,
  withBreaker,
  type Descriptor,
  type Descriptors,
  type Shop,
  type ShopOptions,
} from './shop.ts';

let shop: Shop;
afterEach(() => shop.world.close());

async function opened(options: ShopOptions, ...versions: string[]): Promise<void> {
  shop = openShop({ edit: bare, ...options });
  for (const version of versions) await shop.publish(version);
  const [first] = versions;
  if (first !== undefined) expect((await shop.install(first)).exitCode).toBe(0);
}

/** From 1.0.15 on: three tasks and another minimum. */
function grown(base: (descriptors: Descriptors) => void = bare): (descriptors: Descriptors) => void {
  let built = 0;
  return (descriptors) => {
    base(descriptors);
    built += 1;
    for (const kind of ['service-definition', 'service-update'] as const) {
      const configuration = descriptors[kind]['deploymentConfiguration'] as Descriptor;
      configuration['minimumHealthyPercent'] = built === 1 ? 25 : 60;
    }
    if (built > 1) descriptors['service-update']['desiredCount'] = 3;
  };
}

const minimum = () =>
  (shop.service().attributes['deploymentConfiguration'] as Descriptor)['minimumHealthyPercent'];
const desired = () => shop.service().desiredCount;
const byHand = (request: object) =>
  shop.world.simulation.updateService({ cluster: 'production', service: project, ...request });
const untag = (...keys: string[]) =>
  shop.world.simulation.untagResource(
    shop.revisions()[1]?.arn ?? '',
    keys.map((key) => `bamboo-ecs:${key}`),
  );

/** 1.0.15 is begun, and its run stopped on its way. */
async function cutOff(): Promise<void> {
  const stop = new AbortController();
  shop.after(12_000, () => stop.abort('SIGTERM'));
  expect((await shop.installUntil(stop.signal, '1.0.15')).exitCode).toBe(75);
}

describe('a rollout that is adopted and fails', () => {
  test('count and attributes are put back as the run that began it has noted them', async () => {
    await opened({ edit: grown(), scenario: crashing('1.0.15') }, '1.0.14', '1.0.15');
    await cutOff();
    expect([desired(), minimum()]).toEqual([3, 60]);
    const run = await shop.install('1.0.15');
    expect(run.log).toContain('is adopted');
    expect(run.log).toContain('its deploymentConfiguration as before');
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('hid-generator:1 (1.0.14.RELEASE) is back and steady');
    expect([shop.running(), desired(), minimum()]).toEqual(['hid-generator:1 COMPLETED', 2, 25]);
  });

  test('without the note the release before says it', async () => {
    await opened({ edit: grown(), scenario: crashing('1.0.15') }, '1.0.14', '1.0.15');
    await cutOff();
    untag('replaces-attributes');
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain(
      'What deploymentConfiguration was before is as 1.0.14.RELEASE says: nobody has noted it.',
    );
    expect([desired(), minimum()]).toEqual([2, 25]);
  });

  test('what nobody knows stays, and the log says so', async () => {
    const edit = grown();
    let built = 0;
    await opened(
      {
        edit(descriptors) {
          edit(descriptors);
          built += 1;
          if (built > 1) descriptors['service-update']['healthCheckGracePeriodSeconds'] = 90;
        },
        scenario: crashing('1.0.15'),
      },
      '1.0.14',
      '1.0.15',
    );
    await cutOff();
    untag('replaces-attributes');
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(5);
    expect(run.log).toMatch(
      /What healthCheckGracePeriodSeconds of the service was before this release is not known, so it stays as it is now: .* 1\.0\.14\.RELEASE does not set it/u,
    );
    expect(minimum()).toBe(25);
  });
});

describe('a revision to go back to that is deregistered', () => {
  const deregister = () => shop.world.simulation.deregisterTaskDefinition(`${project}:1`);

  test.each([
    ['before the installation', 0],
    ['during it', 8000],
  ])('%s: the same is registered once more', async (_when, ms) => {
    await opened({ edit: grown(), scenario: crashing('1.0.15') }, '1.0.14', '1.0.15');
    if (ms === 0) deregister();
    else shop.after(ms, deregister);
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain(
      'hid-generator:1 is deregistered, so ECS cannot go back to it: the same is registered once more as hid-generator:3',
    );
    expect(run.log).toContain('hid-generator:3 (1.0.14.RELEASE) is back and steady');
    expect(shop.running()).toBe('hid-generator:3 COMPLETED');
    expect(shop.revisions()[2]?.tags).toMatchObject({ 'bamboo-ecs:version': '1.0.14.RELEASE' });
    // And the same release as ever: nothing is to be done about it.
    expect(await shop.install('1.0.14', { bamboo_ecs_allow_downgrade: 'true' })).toMatchObject({
      exitCode: 0,
      total: 2,
    });
  });
});

describe('a desired count that somebody changes during the rollout', () => {
  test.each([
    ['of a release that sets none of its own', bare],
    ['of a release that sets another one', grown()],
  ])('%s is not reset', async (_what, edit) => {
    await opened({ edit, scenario: crashingAfter(20_000, '1.0.15') }, '1.0.14', '1.0.15');
    shop.after(15_000, () => byHand({ desiredCount: 4 }));
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('The desired count is 4 now, it was 2 and this release had set');
    expect([shop.running(), desired()]).toEqual(['hid-generator:1 COMPLETED', 4]);
  });
});

describe('when ECS goes back by itself', () => {
  test('desired count and limits, which it leaves, are put back', async () => {
    await opened({ edit: grown(withBreaker(true)), scenario: crashing('1.0.15') }, '1.0.14', '1.0.15');
    const run = await shop.install('1.0.15', { bamboo_ecs_fail_after: '99' });
    expect(run.log).toContain('by itself');
    expect(run.log).toContain(
      'ECS goes back with the revision only: deploymentConfiguration, desiredCount of hid-generator put back as before',
    );
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('As before again: deploymentConfiguration, desiredCount.');
    expect([shop.running(), desired(), minimum()]).toEqual(['hid-generator:1 COMPLETED', 2, 25]);
  });

  test('because it was told so at a PAUSE hook, count and limits are put back, too', async () => {
    const hook = { targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] };
    const edit = grown(behindTargetGroup);
    let built = 0;
    await opened(
      {
        edit(descriptors) {
          edit(descriptors);
          built += 1;
          const configuration = descriptors['service-update']['deploymentConfiguration'] as Descriptor;
          if (built > 1) Object.assign(configuration, { strategy: 'BLUE_GREEN', lifecycleHooks: [hook] });
        },
        clusters: [
          { name: 'production', instances: Array.from({ length: 6 }, () => ({ zone: 'eu-west-1a' })) },
        ],
      },
      '1.0.14',
      '1.0.15',
    );
    const paused = await shop.install('1.0.15', { bamboo_ecs_on_pause: 'stop' });
    expect(paused.log).toContain('PAUSED at POST_SCALE_UP');
    const back = await shop.install('1.0.15', {}, 'continue', '--action=rollback');
    expect(back.exitCode).toBe(0);
    expect(back.log).toContain('hid-generator:1 (1.0.14.RELEASE) is back and steady');
    expect([shop.running(), desired(), minimum()]).toEqual(['hid-generator:1 COMPLETED', 2, 25]);
  });

  test('to a release that was seen to fail: what was steady before comes back instead', async () => {
    await opened({ edit: withBreaker(true) }, '1.0.14', '1.0.15', '1.0.16');
    // 1.0.15 is COMPLETED for ECS; its bake fails, and it is left.
    shop.world.simulation.setAlarm('errors', false);
    shop.after(10 * 60_000, () => shop.world.simulation.setAlarm('errors', true));
    const bad = await shop.install('1.0.15', {
      bamboo_ecs_bake: '20m',
      bamboo_ecs_bake_alarms: 'errors',
      bamboo_ecs_on_failure: 'leave',
    });
    expect(bad.exitCode).toBe(6);
    shop.world.simulation.setScenario(crashing('1.0.16'));
    const run = await shop.install('1.0.16', { bamboo_ecs_fail_after: '99' });
    expect(run.log).toContain(
      'ECS went back to hid-generator:2, but what was steady before is hid-generator:1 (1.0.14.RELEASE): the service is updated to that.',
    );
    expect(run.exitCode).toBe(5);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });
});

describe('another deployment that begins during the roll-back', () => {
  test('is left alone, and told as what it is', async () => {
    await opened({ edit: grown(), scenario: crashing('1.0.15') }, '1.0.14', '1.0.15');
    let done = false;
    shop.world.between = (port) => ({
      ...port,
      updateService: async (request) => {
        const updated = await port.updateService(request);
        if (done || updated.taskDefinition !== shop.revisions()[0]?.arn) return updated;
        done = true;
        shop.after(5000, () => byHand({ taskDefinition: `${project}:1`, forceNewDeployment: true }));
        return updated;
      },
    });
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(6);
    expect(run.log).toContain('Another deployment');
    expect(run.log).toContain("the service is somebody else's now");
    expect(run.log).not.toContain('The version before is NOT back');
    expect(run.calls['UpdateService']).toBe(2);
  });
});

test('a DAEMON goes back with its limits, and without a desired count', async () => {
  let built = 0;
  await opened(
    {
      edit(descriptors) {
        bare(descriptors);
        built += 1;
        const { 'service-definition': create, 'service-update': update } = descriptors;
        create['schedulingStrategy'] = 'DAEMON';
        for (const one of [create, update]) {
          delete one['desiredCount'];
          delete one['placementStrategy'];
          one['deploymentConfiguration'] = {
            minimumHealthyPercent: built === 1 ? 25 : 0,
            maximumPercent: 100,
          };
        }
      },
      scenario: crashing('1.0.15'),
    },
    '1.0.14',
    '1.0.15',
  );
  const run = await shop.install('1.0.15');
  expect(run.exitCode).toBe(5);
  expect([shop.running(), minimum()]).toEqual(['hid-generator:1 COMPLETED', 25]);
  expect(run.log).not.toContain('desiredCount');
});
