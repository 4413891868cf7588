// Answers of ECS that are older than the ones before them, and what happens between a verdict and what is done about it.
import { afterEach, describe, expect, test } from '@jest/globals';
import type { EcsPort, ServiceSnapshot } from '@bamboo-ecs/rollout';
import { bare, behindTargetGroup, crashing, openShop, project, withBreaker, type Shop } from './shop.ts';

let shop: Shop;
afterEach(() => shop.world.close());

async function opened(options: Parameters<typeof openShop>[0]): Promise<void> {
  shop = openShop(options);
  for (const version of ['1.0.14', '1.0.15', '1.0.16']) await shop.publish(version);
  await shop.install('1.0.14');
}

/** Answers of DescribeServices that `change` makes others of, from so long after the start of this run on. */
function changed(afterMs: number, times: number, change: (now: ServiceSnapshot) => ServiceSnapshot): void {
  const from = shop.world.clock.now() + afterMs;
  let left = times;
  shop.world.between = (port: EcsPort): EcsPort => ({
    ...port,
    describeServices: async (cluster, names) => {
      const found = await port.describeServices(cluster, names);
      if (left === 0 || shop.world.clock.now() < from) return found;
      left -= 1;
      return found.map(change);
    },
  });
}

describe('an answer of ECS from before', () => {
  test('without our deployment is not taken for a roll-back', async () => {
    await opened({ edit: behindTargetGroup });
    const [before] = await shopServices();
    changed(45_000, 1, (now) => ({ ...before!, at: now.at }));
    const run = await shop.install('1.0.15');
    expect(run.log).toContain('our deployment is not there');
    expect(run).toMatchObject({ exitCode: 0 });
  });

  test('without the service is not taken for its end', async () => {
    await opened({ edit: behindTargetGroup });
    changed(45_000, 1, (now) => ({ ...now, status: 'MISSING', deployments: [], events: [] }));
    expect(await shop.install('1.0.15')).toMatchObject({ exitCode: 0 });
  });

  test('that comes again and again is believed', async () => {
    await opened({ edit: behindTargetGroup });
    changed(45_000, 100, (now) => ({ ...now, status: 'MISSING', deployments: [], events: [] }));
    const run = await shop.install('1.0.15');
    expect(run.log).toContain('ECS does not know the service any more');
    expect(run.tookMs).toBeLessThan(70_000);
  });

  test('during a bake, too', async () => {
    await opened({ edit: behindTargetGroup });
    const [before] = await shopServices();
    let baking = 0;
    shop.world.between = (port) => ({
      ...port,
      describeServices: async (cluster, names) => {
        const found = await port.describeServices(cluster, names);
        const steady =
          found[0]?.deployments.length === 1 && found[0].deployments[0]?.rolloutState === 'COMPLETED';
        const ours = found[0]?.deployments[0]?.id !== before!.deployments[0]?.id;
        if (steady && ours) baking += 1;
        return baking === 5 ? found.map(({ at }) => ({ ...before!, at })) : found;
      },
    });
    expect(await shop.install('1.0.15', { bamboo_ecs_bake: '5m' })).toMatchObject({ exitCode: 0 });
    expect(baking).toBeGreaterThan(6);
  });
});

async function shopServices(): Promise<readonly ServiceSnapshot[]> {
  const seen: ServiceSnapshot[][] = [];
  shop.world.between = (port) => ({
    ...port,
    describeServices: async (cluster, names) => {
      const found = await port.describeServices(cluster, names);
      seen.push([...found]);
      return found;
    },
  });
  await shop.install('1.0.14');
  shop.world.between = null;
  return seen.at(-1) ?? [];
}

describe('between the verdict and the roll-back', () => {
  /** `action` once, when the stopped tasks are read for the diagnosis: after the verdict. */
  function whileDiagnosing(action: () => void): void {
    let known = 0;
    let done = false;
    shop.world.between = (port) => ({
      ...port,
      listTasks: async (cluster, service, status, limit) => {
        if (known >= 3 && !done) {
          done = true;
          action();
        }
        const found = await port.listTasks(cluster, service, status, limit);
        if (status === 'STOPPED')
          known = found.filter(({ stopCode }) => stopCode === 'EssentialContainerExited').length;
        return found;
      },
    });
  }

  function byHand(): void {
    const { simulation } = shop.world;
    const container = {
      name: project,
      image: 'by-hand:1',
      memory: 16,
      portMappings: [{ containerPort: 8080 }],
    };
    simulation.registerTaskDefinition({ family: project, containerDefinitions: [container] });
    simulation.updateService({ cluster: 'production', service: project, taskDefinition: `${project}:3` });
  }

  test('somebody else deploys: nothing is sent over it', async () => {
    await opened({ edit: behindTargetGroup, scenario: crashing('1.0.15') });
    whileDiagnosing(byHand);
    const run = await shop.install('1.0.15');
    expect(run.log).toContain(
      "Nothing is rolled back, the service is somebody else's now. Another deployment,",
    );
    expect(run.exitCode).toBe(6);
    expect(shop.running()).toMatch(/^hid-generator:3 /u);
    expect(shop.revisions()[1]?.tags['bamboo-ecs:outcome']).toBe('failed');
  });

  test('somebody else deploys while ECS rolls back: what runs then is not called the version before', async () => {
    await opened({ edit: behindTargetGroup, scenario: crashing('1.0.15') });
    shop.world.between = (port) => ({
      ...port,
      stopDeployment: async (cluster, service, deployment) => {
        const stopped = await port.stopDeployment(cluster, service, deployment);
        byHand();
        return stopped;
      },
    });
    const run = await shop.install('1.0.15');
    expect(run.log).toContain(
      "The roll-back was overtaken, the service is somebody else's now: another deployment,",
    );
    expect(run.exitCode).toBe(6);
    expect(shop.running()).toMatch(/^hid-generator:3 /u);
  });

  test('ECS begins to roll back by itself: that is watched', async () => {
    await opened({ edit: withBreaker(true), scenario: crashing('1.0.15') });
    whileDiagnosing(() => shop.world.simulation.advance(120_000));
    const run = await shop.install('1.0.15');
    expect(run.log).toMatch(/ECS rolls back to hid-generator:1 by itself/u);
    expect(run.exitCode).toBe(5);
    expect(run.calls).not.toHaveProperty('StopServiceDeployment');
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });
});

test('what stopped before a bake is not held against it, though it could be read only later', async () => {
  await opened({ edit: bare });
  let reads = 0;
  shop.world.between = (port) => ({
    ...port,
    listTasks: async (cluster, service, status, limit) => {
      if (status !== 'STOPPED') return port.listTasks(cluster, service, status, limit);
      reads += 1;
      if (reads === 1)
        throw Object.assign(new Error('ListTasks: Rate exceeded'), {
          name: 'EcsError',
          kind: 'throttled',
          operation: 'ListTasks',
        });
      const startedBy = shop.service().deployments[0]!.id;
      const early = {
        arn: 'arn:aws:ecs:eu-west-1:123456789012:task/production/early',
        taskDefinition: shop.service().deployments[0]!.taskDefinition,
        lastStatus: 'STOPPED',
        desiredStatus: 'STOPPED',
        startedBy,
        stopCode: 'EssentialContainerExited',
        stoppedReason: 'Essential container in task exited',
        stoppedAt: shop.world.clock.now() - 120_000,
        containers: [{ name: project, exitCode: 1 }],
      };
      return [early];
    },
  });
  const run = await shop.install('1.0.15', { bamboo_ecs_bake: '5m' });
  expect(reads).toBeGreaterThan(1);
  expect(run.log).not.toContain('does not hold');
  expect(run.exitCode).toBe(0);
});

describe('told to stop after it was steady', () => {
  test('the ending says that it was steady, and not that something is under way', async () => {
    await opened({ edit: bare });
    const stop = new AbortController();
    shop.after(4 * 60_000, () => stop.abort('SIGTERM'));
    const run = await shop.installUntil(stop.signal, '1.0.15', { bamboo_ecs_bake: '30m' });
    expect(run.exitCode).toBe(75);
    expect(run.log).toContain(
      'stopped by SIGTERM in the phase Bake. hid-generator runs hid-generator:2: it was steady, but its bake is not over.',
    );
  });
});

test('a service that is being deleted for too long: what to do is about that', async () => {
  await opened({ edit: bare });
  changed(0, Infinity, (now) => ({ ...now, status: 'DRAINING', deployments: [] }));
  const run = await shop.install('1.0.15', { bamboo_ecs_timeout: '1m' });
  expect(run.exitCode).toBe(4);
  expect(run.log).toContain('Run the installation again once the service is INACTIVE');
  expect(run.log).not.toContain('take-over');
});
