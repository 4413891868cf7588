// Every kind of deployment, from the first to the last line: traffic shifts, hooks, pauses, alarms, bake times.
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  bare,
  behindTargetGroup,
  crashing,
  openShop,
  project,
  type Descriptor,
  type Descriptors,
  type Shop,
  type ShopOptions,
} from './shop.ts';

let shop: Shop;
afterEach(() => shop.world.close());

function deployedBy(configuration: Descriptor): (descriptors: Descriptors) => void {
  return (descriptors) => {
    behindTargetGroup(descriptors);
    for (const kind of ['service-definition', 'service-update'] as const)
      Object.assign(descriptors[kind]['deploymentConfiguration'] as Descriptor, configuration);
  };
}

/** 1.0.14 is installed; the others are published. */
async function opened(configuration: Descriptor, options: ShopOptions = {}): Promise<void> {
  shop = openShop({ edit: deployedBy(configuration), ...options });
  for (const version of ['1.0.14', '1.0.15', '1.0.16']) await shop.publish(version);
  // The first one pauses, too.
  if (JSON.stringify(configuration).includes('PAUSE')) shop.after(120_000, () => continuePause());
  const run = await shop.install('1.0.14');
  expect(run.exitCode).toBe(0);
}

function newest() {
  const [found] = shop.service().serviceDeployments;
  if (!found) throw new Error('there is no service deployment');
  return found;
}

function continuePause(action: 'CONTINUE' | 'ROLLBACK' = 'CONTINUE'): void {
  const { arn, hooks } = newest();
  shop.world.simulation.continueServiceDeployment(arn, hooks[0]?.id ?? '', action);
}

const strategies: readonly (readonly [string, Descriptor, RegExp])[] = [
  ['BLUE_GREEN', { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 2 }, /stage BAKE_TIME; 100 % of the traffic/u],
  [
    'LINEAR',
    { strategy: 'LINEAR', linearConfiguration: { stepPercent: 50, stepBakeTimeInMinutes: 2 } },
    /stage PRODUCTION_TRAFFIC_SHIFT; 50 % of the traffic/u,
  ],
  [
    'CANARY',
    { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 3 } },
    /stage PRODUCTION_TRAFFIC_SHIFT; 10 % of the traffic/u,
  ],
  ['ROLLING with a bake time', { bakeTimeInMinutes: 4 }, /stage BAKE_TIME/u],
];

describe.each(strategies)('%s', (_name, configuration, progress) => {
  test('succeeds when ECS says SUCCESSFUL, not when the tasks are up', async () => {
    await opened(configuration);
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    expect(run.log).toMatch(progress);
    expect(newest().status).toBe('SUCCESSFUL');
    expect(run.calls['ListServiceDeployments']).toBe(1);
    expect(run.calls['DescribeServiceDeployments']).toBe((run.calls['DescribeServices'] ?? 0) - 1);
    expect(shop.running()).toBe('hid-generator:2 COMPLETED');
    expect(await shop.install('1.0.15')).toMatchObject({ exitCode: 0, total: 2 });
  });

  test('a crash is known after a few tasks, and gone back from', async () => {
    await opened(configuration, { scenario: crashing('1.0.15') });
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('exits with code 1');
    expect(run.tookMs).toBeLessThan(15 * 60_000);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });

  test('an alarm that rings is a failure, and the version before is back', async () => {
    const alarms = { alarmNames: ['errors'], enable: true, rollback: true };
    await opened({ ...configuration, alarms });
    shop.after(100_000, () => shop.world.simulation.setAlarm('errors', true));
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(5);
    expect(run.log).toMatch(/back: .*[Aa]larm detected/u);
    expect(run.log).toContain('hid-generator:1 (1.0.14.RELEASE) is back and steady');
  });

  test('superseded by somebody else', async () => {
    await opened(configuration);
    const taskDefinition = shop.revisions()[0]?.arn ?? '';
    shop.after(60_000, () =>
      shop.world.simulation.updateService({ cluster: 'production', service: project, taskDefinition }),
    );
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(8);
    expect(run.calls['UpdateService']).toBe(1);
  });

  test('taken back by somebody at the console', async () => {
    await opened(configuration);
    shop.after(60_000, () => shop.world.simulation.stopServiceDeployment(newest().arn));
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('rolled back by user request');
  });

  test('stopped by somebody, without a roll-back of its own', async () => {
    await opened(configuration);
    shop.after(60_000, () => shop.world.simulation.stopServiceDeployment(newest().arn, 'ABORT'));
    // Before a third set of tasks fits in, the one that was stopped has to drain.
    const run = await shop.install('1.0.15', { bamboo_ecs_timeout: '30m' });
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('stopped');
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });
});

const lambda = {
  hookTargetArn: 'arn:aws:lambda:eu-west-1:123456789012:function:smoke-test',
  roleArn: 'arn:aws:iam::123456789012:role/hooks',
  lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'],
};
const pause = { targetType: 'PAUSE', lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'] };
const blueGreen = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1 };

describe('a lifecycle hook', () => {
  test('that says no takes the release back, and is named', async () => {
    await opened({ ...blueGreen, lifecycleHooks: [lambda] });
    shop.world.simulation.setHook('smoke-test', 'FAILED', 5000);
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('Lifecycle hook smoke-test failed');
  });

  test('that runs is shown', async () => {
    await opened({ ...blueGreen, lifecycleHooks: [lambda] });
    shop.world.simulation.setHook('smoke-test', 'SUCCEEDED', 60_000);
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('hook smoke-test IN_PROGRESS');
  });
});

describe('a PAUSE hook', () => {
  const paused = { ...blueGreen, lifecycleHooks: [pause] };

  test('is told with the command that ends it, and waited for longer than the time-out', async () => {
    await opened(paused);
    shop.after(3_600_000, () => continuePause());
    const run = await shop.install('1.0.15', { bamboo_ecs_timeout: '15m' });
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('PAUSED at POST_TEST_TRAFFIC_SHIFT');
    expect(run.log).toContain(
      'To go on: installer continue --project=hid-generator --release=1.0.15.RELEASE --environment=Production',
    );
    expect(run.log).toContain('aws ecs continue-service-deployment --service-deployment-arn arn:aws:ecs:');
    expect(run.tookMs).toBeGreaterThan(3_600_000);
    // The plan says it before; an hour of waiting does not fill the log.
    expect(run.log).toContain('at POST_TEST_TRAFFIC_SHIFT it waits for somebody to decide');
    expect(run.log.split('\n').filter((line) => line.includes('(no change for'))).not.toHaveLength(0);
    expect(run.log.split('\n').filter((line) => line.includes('(no change for')).length).toBeLessThan(25);
  });

  test('in which a signal comes: the way on is the decision, not the same command again', async () => {
    await opened(paused);
    const stop = new AbortController();
    shop.after(30 * 60_000, () => stop.abort('SIGTERM'));
    const run = await shop.installUntil(stop.signal, '1.0.15');
    expect(run.exitCode).toBe(75);
    expect(run.log).toMatch(
      /What to do: +The deployment waits at a PAUSE hook\. To go on: "installer continue --project=hid-generator --release=1\.0\.15\.RELEASE --environment=Production"; to go back: "installer continue .* --action=rollback"/u,
    );
  });

  test('that nobody ends is rolled back by ECS, which is a failure', async () => {
    await opened({
      ...blueGreen,
      lifecycleHooks: [{ ...pause, timeoutConfiguration: { timeoutInMinutes: 30 } }],
    });
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('timed out');
  });

  test('ends the run when asked so: paused, exit 0; continue goes on to the verdict', async () => {
    await opened(paused);
    const first = await shop.install('1.0.15', { bamboo_ecs_on_pause: 'stop' });
    expect(first.exitCode).toBe(0);
    expect(first.log).toContain('PAUSED: hid-generator 1.0.15.RELEASE is NOT installed in Production yet');
    expect(first.tookMs).toBeLessThan(10 * 60_000);
    expect(JSON.parse(first.output('record.json'))).toMatchObject({ outcome: 'paused', exitCode: 0 });
    expect(newest().productionWeight).toBe(0);
    const again = await shop.install('1.0.15', { bamboo_ecs_on_pause: 'stop' });
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.calls).not.toHaveProperty('UpdateService');

    const on = await shop.install('1.0.15', { bamboo_ecs_on_pause: 'stop' }, 'continue');
    expect(on.exitCode).toBe(0);
    expect(on.calls['ContinueServiceDeployment']).toBe(1);
    expect(on.log).toContain('STEADY: hid-generator 1.0.15.RELEASE is installed in Production');
    expect(newest().status).toBe('SUCCESSFUL');
    expect(await shop.install('1.0.15', {}, 'continue')).toMatchObject({ exitCode: 0, total: 2 });
  });

  test('continue --action rollback takes it back, which is what was asked for', async () => {
    await opened(paused);
    await shop.install('1.0.15', { bamboo_ecs_on_pause: 'stop' });
    const back = await shop.install('1.0.15', {}, 'continue', '--action', 'rollback');
    expect(back.log).toContain('was taken back in Production, as asked');
    expect(back.exitCode).toBe(0);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
    expect(await shop.install('1.0.15')).toMatchObject({ exitCode: 4 });
  });

  test('a lost answer is not sent again when it was carried out', async () => {
    await opened(paused);
    await shop.install('1.0.15', { bamboo_ecs_on_pause: 'stop' });
    shop.world.ecs.faults.set([{ operation: 'ContinueServiceDeployment', kind: 'drop-after', times: 1 }]);
    const on = await shop.install('1.0.15', {}, 'continue');
    expect(on).toMatchObject({ exitCode: 0 });
    expect(on.calls['ContinueServiceDeployment']).toBe(1);
  });

  test('continue with nothing that waits changes nothing', async () => {
    await opened(paused);
    const other = await shop.install('1.0.15', {}, 'continue');
    expect(other.exitCode).toBe(4);
    expect(other.log).toContain('is not rolling out 1.0.15.RELEASE');
    expect(other.calls).not.toHaveProperty('UpdateService');
  });

  test('a crash during the pause is a failure at once', async () => {
    const timeoutConfiguration = { timeoutInMinutes: 60 };
    const hour = { ...blueGreen, lifecycleHooks: [{ ...pause, timeoutConfiguration }] };
    await opened(hour, {
      scenario: {
        rules: [{ match: '1.0.15', outcome: { kind: 'exits', afterMs: 240_000, exitCode: 1 } }],
      },
    });
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('PAUSED at');
    expect(run.tookMs).toBeLessThan(40 * 60_000);
  });
});

describe('servers and roles without service deployments', () => {
  test.each([
    ['an error page', { kind: 'html-500' }, 1],
    ['an unknown operation', { kind: 'error', code: 'UnknownOperationException', message: '' }, 1],
  ])('%s: judged by the deployments, asked once, without a word', async (_name, fault, calls) => {
    await opened({ bakeTimeInMinutes: 2 });
    shop.world.ecs.faults.set([{ operation: 'ListServiceDeployments', ...fault }]);
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    expect(run.calls['ListServiceDeployments']).toBe(calls);
    expect(run.log).not.toContain('ListServiceDeployments');
  });

  test('denied: told once, with the permission', async () => {
    await opened({ bakeTimeInMinutes: 2 });
    shop.world.ecs.faults.set([{ operation: 'ListServiceDeployments', kind: 'deny' }]);
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    expect(run.calls['ListServiceDeployments']).toBe(1);
    expect(run.log.split('ListServiceDeployments').length - 1).toBeGreaterThan(0);
  });

  test('a rolling update that goes well asks for none', async () => {
    shop = openShop({ edit: bare });
    for (const version of ['1.0.14', '1.0.15']) await shop.publish(version);
    await shop.install('1.0.14');
    const run = await shop.install('1.0.15');
    expect(run.calls).not.toHaveProperty('ListServiceDeployments');
    expect(run.calls).not.toHaveProperty('DescribeServiceDeployments');
  });
});
