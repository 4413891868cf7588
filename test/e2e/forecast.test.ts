// A rollout is foretold before anything is changed: seen by who reads the log, refused where it cannot work.
import { afterEach, describe, expect, test } from '@jest/globals';
import { bare, openShop, type Descriptor, type Descriptors, type Shop, type ShopOptions } from './shop.ts';

let shop: Shop | null = null;
afterEach(() => {
  shop?.world.close();
  shop = null;
});

function clusterOf(count: number, memory?: number): Pick<ShopOptions, 'clusters'> {
  const instances = Array.from({ length: count }, (_, index) => ({
    zone: `eu-west-1${index % 2 === 0 ? 'a' : 'b'}`,
    ...(memory === undefined ? {} : { memory }),
  }));
  return { clusters: [{ name: 'production', instances }] };
}

/** Without a load balancer, so that a rollout is short; the percents in both requests. */
function limits(minimumHealthyPercent: number, maximumPercent = 200): (descriptors: Descriptors) => void {
  return (descriptors) => {
    bare(descriptors);
    for (const kind of ['service-definition', 'service-update'] as const)
      descriptors[kind]['deploymentConfiguration'] = { minimumHealthyPercent, maximumPercent };
  };
}

async function installed(options: ShopOptions): Promise<Shop> {
  const opened = openShop(options);
  for (const version of ['1.0.14', '1.0.15']) await opened.publish(version);
  const first = await opened.install('1.0.14');
  expect(first.exitCode).toBe(0);
  return opened;
}

describe('a fixed host port on as many instances as tasks', () => {
  test('minimum 25, as in the seed: it finishes, and the log says how', async () => {
    shop = await installed({ ...clusterOf(2), edit: limits(25) });
    const plan = await shop.install('1.0.15', {}, 'plan');
    expect(plan.log).toContain('forecast: The rollout finishes in 4 steps, its new tasks in 2 lots.');
    expect(plan.log).toContain('1. stop 1 old task on i-0');
    expect(plan.log).toContain('lowest capacity: 1 of 2 tasks (50 %)');
    expect(plan.log).toMatch(/expected duration: 3 min \d+ s/u);
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    const expected = JSON.parse(run.output('record.json')).plans[0].forecast.expectedMs as number;
    // Foretold on one simulation and carried out on the other: the same scheduler, seen by polls.
    expect(Math.abs(run.tookMs - expected)).toBeLessThan(30_000);
  });

  test('minimum 100: refused before anything is registered, with the smallest change that works', async () => {
    shop = await installed({ ...clusterOf(2), edit: limits(100) });
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(4);
    expect(shop.revisions()).toHaveLength(1);
    expect(run.log).toContain('Each of the 2 instances already holds port 1234');
    expect(run.log).toContain('The smallest change that works: minimumHealthyPercent 50 (now 100).');
    // The reason in the log and in the summary, and nothing that reads as if the plan were carried out.
    expect(run.log.match(/Each of the 2 instances already holds port 1234/gu)).toHaveLength(2);
    expect(run.log).toContain('refused (would update the service)');
    expect(run.log).not.toMatch(/steps:|on failure:|Plan +update/u);
    expect(run.log).toContain('host port 0 (now 1234); 1 more instance (now 2); desiredCount 1 (now 2)');
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });

  test('an Auto Scaling group below its maximum: warned of, and asked for only then', async () => {
    shop = await installed({ ...clusterOf(2), edit: limits(100) });
    const { neighbours } = shop.world;
    expect(neighbours.asked.instanceGroups).toBeUndefined();
    neighbours.groups = [{ name: 'ecs-production', desired: 2, maximum: 4, launches: true }];
    const plan = await shop.install('1.0.15', {}, 'plan');
    expect(plan.exitCode).toBe(0);
    expect(plan.log).toContain('The Auto Scaling group ecs-production has 2 of at most 4 instances');
    expect(neighbours.asked.instanceGroups).toBe(1);
    neighbours.groups = [{ name: 'ecs-production', desired: 4, maximum: 4, launches: true }];
    const full = await shop.install('1.0.15', {}, 'plan');
    expect(full.exitCode).toBe(4);
    expect(full.log).toContain('smallest change that works: minimumHealthyPercent 50');
    neighbours.denied.add('instanceGroups');
    const denied = await shop.install('1.0.15');
    expect(denied.exitCode).toBe(4);
    expect(denied.log).toContain('Whether an Auto Scaling group may add instances is not known');
    expect(shop.revisions()).toHaveLength(1);
  });

  test('the change that it names does work', async () => {
    shop = await installed({ ...clusterOf(2), edit: limits(50) });
    expect(await shop.install('1.0.15')).toMatchObject({ exitCode: 0 });
  });

  test('skip-checks=room installs all the same, and what was foretold comes about', async () => {
    shop = await installed({ ...clusterOf(2), edit: limits(100) });
    const run = await shop.install('1.0.15', {
      bamboo_ecs_skip_checks: 'room',
      bamboo_ecs_timeout: '10m',
      bamboo_ecs_on_failure: 'leave',
    });
    // It is known from ECS's own complaint, long before the time is up.
    expect(run.exitCode).toBe(6);
    expect(run.log).toContain('No room for hid-generator:2');
    expect(run.tookMs).toBeLessThan(2 * 60_000);
    const operations = shop.world.ecs.requests.slice(-run.total).map(({ operation }) => operation);
    expect(operations.slice(0, operations.indexOf('RegisterTaskDefinition'))).not.toContain(
      'ListContainerInstances',
    );
  });

  test('a first deployment of more tasks than instances', async () => {
    shop = openShop({ ...clusterOf(1), edit: limits(25) });
    await shop.publish('1.0.14');
    const run = await shop.install('1.0.14');
    expect(run.exitCode).toBe(4);
    expect(run.log).toContain('already holds port 1234: only 1 of 2 tasks can start');
    expect(run.log).toContain('The smallest change that works: host port 0 (now 1234)');
    expect(shop.revisions()).toHaveLength(0);
  });
});

describe('limits that let no task move', () => {
  test('set on the service by hand: refused, and the higher maximum comes first: it costs no capacity', async () => {
    shop = await installed({
      edit: (descriptors) => {
        bare(descriptors);
        descriptors['service-definition']['desiredCount'] = 1;
        // The release leaves them as they are.
        delete descriptors['service-update']['deploymentConfiguration'];
        delete descriptors['service-update']['desiredCount'];
      },
    });
    const deploymentConfiguration = { minimumHealthyPercent: 100, maximumPercent: 150 };
    shop.world.simulation.updateService({
      cluster: 'production',
      service: 'hid-generator',
      deploymentConfiguration,
    });
    shop.world.clock.advance(600_000);
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(4);
    expect(run.log).toContain(
      'With minimumHealthyPercent 100, maximumPercent 150 and desired count 1 ECS may neither stop an old task nor start a new one.',
    );
    expect(run.log).toContain('The smallest change that works: maximumPercent 200 (now 150).');
    expect(run.log).toContain('minimumHealthyPercent 0 (now 100): no task serves meanwhile');
  });
});

describe('where nothing is certain', () => {
  test('a capacity provider with managed scaling: warned, not refused', async () => {
    const [cluster] = clusterOf(2).clusters ?? [];
    if (cluster === undefined) throw new Error('no cluster');
    const capacityProviders = [{ name: 'large', managedScaling: true }];
    shop = await installed({ clusters: [{ ...cluster, capacityProviders }], edit: limits(100) });
    const plan = await shop.install('1.0.15', {}, 'plan');
    expect(plan.exitCode).toBe(0);
    expect(plan.log).toContain('forecast: it gets stuck. Each of the 2 instances already holds port 1234');
    expect(plan.log).toContain(
      'warning (room): The capacity provider large adds instances when tasks do not fit.',
    );
    expect(JSON.parse(plan.output('record.json')).plans[0]).toMatchObject({
      forecast: { outcome: 'stuck', change: 'minimumHealthyPercent 50 (now 100)' },
      findings: expect.arrayContaining([expect.objectContaining({ check: 'room', level: 'warning' })]),
    });
  });

  test('a role that may not look at instances: told, and installed', async () => {
    shop = await installed({ ...clusterOf(4), edit: limits(100) });
    shop.world.ecs.faults.set([
      { operation: 'ListContainerInstances', kind: 'deny' },
      { operation: 'DescribeClusters', kind: 'deny' },
      { operation: 'ListTasks', kind: 'deny' },
    ]);
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    expect(run.log).toMatch(
      /note \(room\): ListContainerInstances|note \(room\): DescribeContainerInstances/u,
    );
    expect(run.log).toContain('the container instances of the cluster could not be read');
  });

  test('no free memory, but an instance that is being drained may come back: warned, not refused', async () => {
    shop = await installed({ ...clusterOf(3, 300), edit: limits(100) });
    const [, , third] = shop.world.simulation.state.clusters.get('production')?.instances ?? [];
    if (third === undefined) throw new Error('no third instance');
    shop.world.simulation.setInstanceStatus('production', third.id, 'DRAINING');
    shop.world.clock.advance(600_000);
    const run = await shop.install('1.0.15', {}, 'plan');
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('warning (room)');
    expect(run.log).toContain('may come back');
  });
});

describe('the time-out', () => {
  test('below the expected duration: warned of, with both figures and what it is made of', async () => {
    shop = await installed({ ...clusterOf(4), edit: behindClassic });
    const run = await shop.install('1.0.15', { bamboo_ecs_timeout: '5m' }, 'plan');
    expect(run.log).toContain(
      'warning (timeout): The time-out is set to 5 min, but the rollout is expected to take 10 min',
    );
    expect(run.log).toContain(
      '300 s until the load balancer finds a task healthy, 300 s deregistration delay',
    );
  });

  test('follows from what the rollout needs: two lots instead of one', async () => {
    shop = await installed({ ...clusterOf(2), edit: limits(25) });
    const run = await shop.install('1.0.15');
    expect(run.log).toMatch(/Time-out [\d.]+ min: 2 waves/u);
  });
});

function behindClassic({ 'service-definition': create }: Descriptors): void {
  const balancers = create['loadBalancers'] as Descriptor[];
  expect(balancers[0]).toHaveProperty('loadBalancerName');
}
