// Somebody else at the same service: before, during and instead of our rollout.
import { afterEach, describe, expect, test } from '@jest/globals';
import { bare, behindTargetGroup, crashing, openShop, project, type Shop, type ShopOptions } from './shop.ts';

let shop: Shop;
afterEach(() => shop.world.close());

async function opened(options: ShopOptions, ...versions: string[]): Promise<void> {
  shop = openShop(options);
  for (const version of versions) await shop.publish(version);
  await shop.install(versions[0] ?? '');
}

/** Somebody at the console: the running task definition anew. */
function deployByHand(): void {
  shop.world.simulation.updateService({ cluster: 'production', service: project, forceNewDeployment: true });
}

describe('another deployment in progress', () => {
  test('is waited for', async () => {
    await opened({ edit: behindTargetGroup }, '1.0.14', '1.0.15');
    deployByHand();
    const theirs = shop.service().deployments[0]?.id ?? '';
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain(`${theirs} of 1.0.14.RELEASE (hid-generator:1)`);
    expect(run.log).toContain('it is waited for');
    expect(run.calls['RegisterTaskDefinition']).toBe(1);
  });

  test('that does not end in time is told, and nothing is changed', async () => {
    await opened({ edit: behindTargetGroup }, '1.0.14', '1.0.15');
    deployByHand();
    const run = await shop.install('1.0.15', { bamboo_ecs_timeout: '20s' });
    expect(run.exitCode).toBe(4);
    expect(run.log).toContain('It did not end in time. Nothing was changed.');
    expect(shop.revisions()).toHaveLength(1);
  });

  test('is refused', async () => {
    await opened({ edit: behindTargetGroup }, '1.0.14', '1.0.15');
    deployByHand();
    const run = await shop.install('1.0.15', { bamboo_ecs_on_other_deployment: 'refuse' });
    expect(run).toMatchObject({ exitCode: 4, total: 2 });
  });

  test('is taken over', async () => {
    await opened({ edit: behindTargetGroup }, '1.0.14', '1.0.15');
    deployByHand();
    const run = await shop.install('1.0.15', { bamboo_ecs_on_other_deployment: 'take-over' });
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('is taken over');
    expect(shop.running()).toBe('hid-generator:2 COMPLETED');
  });
});

describe('our rollout', () => {
  test('is superseded by somebody else, and nothing is rolled back or marked', async () => {
    await opened({ edit: behindTargetGroup }, '1.0.14', '1.0.15');
    const other = shop.revisions()[0]?.arn ?? '';
    shop.after(40_000, () =>
      shop.world.simulation.updateService({
        cluster: 'production',
        service: project,
        taskDefinition: other,
      }),
    );
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(8);
    expect(run.log).toContain('somebody else changed the service meanwhile');
    expect(run.calls['UpdateService']).toBe(1);
    expect(shop.revisions()[1]?.tags).not.toHaveProperty('bamboo-ecs:outcome');
  });

  test('under way from an earlier run is adopted: nothing is sent', async () => {
    await opened({ edit: behindTargetGroup }, '1.0.14', '1.0.15');
    const stop = new AbortController();
    shop.after(30_000, () => stop.abort('SIGTERM'));
    const stopped = await shop.installUntil(stop.signal, '1.0.15');
    expect(stopped.exitCode).toBe(75);
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('is adopted: it is watched, nothing is sent');
    expect(run.calls).not.toHaveProperty('UpdateService');
    expect(run.calls).not.toHaveProperty('RegisterTaskDefinition');
  });

  test('adopted while it crashes is explained by what happened before, and gone back from', async () => {
    await opened({ edit: behindTargetGroup, scenario: crashing('1.0.15') }, '1.0.14', '1.0.15');
    const stop = new AbortController();
    shop.after(60_000, () => stop.abort('SIGTERM'));
    await shop.installUntil(stop.signal, '1.0.15');
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('exits with code 1');
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });

  test('is refused when somebody deployed between the plan and the change', async () => {
    await opened({ edit: behindTargetGroup }, '1.0.14', '1.0.15');
    // Registering takes its time: it is throttled for as long as the deployment by hand needs to come.
    shop.world.ecs.faults.set([{ operation: 'RegisterTaskDefinition', kind: 'throttle', times: 5 }]);
    shop.after(2000, deployByHand);
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(4);
    expect(run.log).toContain('Since the plan was made somebody else deployed');
    expect(run.log).toContain('Run it again: it plans anew.');
    expect(run.calls).not.toHaveProperty('UpdateService');
    // The revision that was registered is used by the next run.
    const next = await shop.install('1.0.15');
    expect(next).toMatchObject({ exitCode: 0 });
    expect(shop.revisions()).toHaveLength(2);
  });
});

describe('what is not ours to change', () => {
  test('the desired count, when auto scaling owns it', async () => {
    await opened({ edit: bare }, '1.0.14', '1.0.15');
    shop.world.simulation.updateService({ cluster: 'production', service: project, desiredCount: 3 });
    await shop.world.clock.sleep(300_000);
    shop.world.simulation.state.scalableTargets = [
      {
        ServiceNamespace: 'ecs',
        ResourceId: `service/production/${project}`,
        ScalableDimension: 'ecs:service:DesiredCount',
        MinCapacity: 1,
        MaxCapacity: 2,
        SuspendedState: { DynamicScalingInSuspended: true },
      },
    ];
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('Auto scaling owns the desired count');
    expect(run.log).toContain('warning (auto-scaling): The desired count will be 3, outside of the 1 to 2');
    expect(run.log).toContain('scaling in is suspended: it stays so');
    expect(shop.service().desiredCount).toBe(3);
  });

  test('a service of CodeDeploy', async () => {
    shop = openShop({ edit: bare });
    await shop.publish('1.0.15');
    shop.world.simulation.registerTaskDefinition({
      family: 'other',
      containerDefinitions: [{ name: 'a', image: 'a:1', memory: 16 }],
    });
    shop.world.simulation.createService({
      cluster: 'production',
      serviceName: project,
      taskDefinition: 'other',
      desiredCount: 1,
      deploymentController: { type: 'CODE_DEPLOY' },
      loadBalancers: [],
    });
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(4);
    expect(run.log).toContain('AWS CodeDeploy');
    expect(run.calls).not.toHaveProperty('RegisterTaskDefinition');
  });
});
