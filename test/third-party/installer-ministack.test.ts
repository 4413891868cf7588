// The real programs against ministack, which somebody else wrote: its tasks run at once.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ecsCall } from './aws-calls.ts';
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts';
import { type Emulator, ministack } from './emulators.ts';
import { openShop } from './installer-shop.ts';
import { requires } from './requires.ts';

const patience = 90_000;

function isChange(call: string): boolean {
  return /^(?:Create|Deregister|Put|Register|Stop|Tag|Update)/u.test(call);
}

if (requires(ministack.name, ministack.isHere, 'make third-party')) {
  describe('the installer and ministack', () => {
    let emulator: Emulator;
    let proxy: CountingProxy;
    let clusters = 0;

    beforeAll(async () => {
      emulator = await ministack.start();
      proxy = await startCountingProxy(emulator.url);
    }, 60_000);
    afterAll(async () => {
      await proxy[Symbol.asyncDispose]();
      await emulator[Symbol.asyncDispose]();
    });

    async function newCluster(): Promise<string> {
      clusters += 1;
      const clusterName = `cluster-${clusters}`;
      await ecsCall(emulator.url, 'CreateCluster', { clusterName });
      return clusterName;
    }

    async function serviceIn(cluster: string, name = 'hid-generator'): Promise<Record<string, unknown>> {
      const { services } = await ecsCall(emulator.url, 'DescribeServices', { cluster, services: [name] });
      const [service] = services as Record<string, unknown>[];
      if (service === undefined) throw new Error(`no service ${name} in ${cluster}`);
      return service;
    }

    async function revisionsOf(family: string): Promise<readonly unknown[]> {
      const found = await ecsCall(emulator.url, 'ListTaskDefinitions', { familyPrefix: family });
      return found['taskDefinitionArns'] as unknown[];
    }

    test(
      'create, again, update, again with force, an older one',
      async () => {
        using shop = openShop({ url: proxy.url });
        const cluster = await newCluster();
        const family = `hid-generator-${cluster}`;
        const old = await shop.publish('1.0.14', { cluster });
        proxy.take();

        const created = await shop.installer(old);
        expect(created.log).toContain('2 of 2 tasks run');
        expect(created.exitCode).toBe(0);
        const calls = proxy.take();
        expect(calls.slice(0, 3)).toEqual([
          'DescribeServices',
          'DescribeTaskDefinition 400',
          'DescribeClusters',
        ]);
        // Between these stands what is looked at around the service: reads, each once.
        expect(calls.filter(isChange)).toEqual(['RegisterTaskDefinition', 'CreateService']);
        const polls = calls.slice(calls.indexOf('CreateService') + 1);
        // On a slow machine a rollout that does not get on is asked for stopped tasks, too.
        expect(polls.filter((call) => !['DescribeServices', 'ListTasks'].includes(call))).toEqual([]);
        expect(await serviceIn(cluster)).toMatchObject({
          status: 'ACTIVE',
          desiredCount: 2,
          runningCount: 2,
          taskDefinition: expect.stringContaining(`${family}:1`),
        });

        const again = await shop.installer(old);
        expect(again.log).toContain('UNCHANGED');
        expect(again.exitCode).toBe(0);
        expect(proxy.take()).toEqual(['DescribeServices', 'DescribeTaskDefinition']);

        const next = await shop.publish('1.0.15', { cluster });
        const updated = await shop.installer(next);
        expect(updated.log).toMatch(/image +1\.0\.14\.RELEASE -> 1\.0\.15\.RELEASE/u);
        // What the emulator says of members that nobody set is no difference.
        expect(updated.log).not.toMatch(/""|not set\n/u);
        expect(updated.exitCode).toBe(0);
        const renewing = proxy.take();
        expect(renewing.slice(0, 2)).toEqual(['DescribeServices', 'DescribeTaskDefinition']);
        expect(renewing.filter(isChange)).toEqual(['RegisterTaskDefinition', 'UpdateService']);
        expect(await serviceIn(cluster)).toMatchObject({
          runningCount: 2,
          taskDefinition: expect.stringContaining(`${family}:2`),
          deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }],
        });

        const before = await serviceIn(cluster);
        const forced = await shop.installer(next, { bamboo_ecs_force: 'true' });
        expect(forced.exitCode).toBe(0);
        expect(proxy.take()).not.toContain('RegisterTaskDefinition');
        const after = await serviceIn(cluster);
        expect(after).toMatchObject({ taskDefinition: before['taskDefinition'], runningCount: 2 });
        expect(after['deployments']).not.toEqual(before['deployments']);

        const older = await shop.installer(old);
        expect(older.log).toContain('1.0.14.RELEASE is older than 1.0.15.RELEASE, which runs');
        expect(older.exitCode).toBe(4);
        expect(proxy.take()).toEqual(['DescribeServices', 'DescribeTaskDefinition']);
        expect(await revisionsOf(family)).toHaveLength(2);

        const wanted = await shop.installer(old, { bamboo_deploy_rollback: 'true' });
        expect(wanted.exitCode).toBe(0);
        expect(wanted.log).toContain('1.0.14.RELEASE');
        const service = await serviceIn(cluster);
        const { taskDefinition } = await ecsCall(emulator.url, 'DescribeTaskDefinition', {
          taskDefinition: service['taskDefinition'],
        });
        expect(taskDefinition).toMatchObject({
          containerDefinitions: [{ image: 'registry.example.com/hid-generator:1.0.14.RELEASE' }],
        });
      },
      patience,
    );

    test(
      'plan changes nothing and says whether there is something to do',
      async () => {
        using shop = openShop({ url: proxy.url });
        const cluster = await newCluster();
        const built = await shop.publish('1.0.14', { cluster });
        proxy.take();

        const plan = await shop.installer(built, {}, 'plan');
        expect(plan.log).toContain('create the service');
        expect(plan.exitCode).toBe(0);
        expect((await shop.installer(built, {}, 'plan', '--exit-code')).exitCode).toBe(10);
        expect(proxy.take().filter(isChange)).toEqual([]);

        expect((await shop.installer(built)).exitCode).toBe(0);
        proxy.take();
        const nothing = await shop.installer(built, {}, 'plan', '--exit-code');
        expect(nothing.log).toContain('nothing to do');
        expect(nothing.exitCode).toBe(0);
        expect(proxy.take()).toEqual(['DescribeServices', 'DescribeTaskDefinition']);
      },
      patience,
    );

    test(
      'one release into two environments, each in its own cluster',
      async () => {
        using shop = openShop({ url: proxy.url });
        const [qa, production] = [await newCluster(), await newCluster()];
        const built = await shop.publish('2.4.0', { example: 'python-service' });
        const into = (environment: string, cluster: string, desiredCount: string) => ({
          bamboo_deploy_environment: environment,
          bamboo_environment_cluster: cluster,
          bamboo_environment_desiredCount: desiredCount,
          bamboo_environment_printer: `printer-of-${cluster}`,
        });
        const [toQa, toProduction] = [into('QA', qa, '1'), into('Production', production, '3')];
        expect((await shop.installer(built, toQa)).exitCode).toBe(0);
        expect((await shop.installer(built, toProduction)).exitCode).toBe(0);
        expect(await serviceIn(qa, 'label-printer')).toMatchObject({ runningCount: 1 });
        expect(await serviceIn(production, 'label-printer')).toMatchObject({ runningCount: 3 });

        // Both share a family, whose latest revision is production's: QA is unchanged all the same.
        proxy.take();
        const again = await shop.installer(built, toQa);
        expect(again.log).toContain('UNCHANGED');
        expect(proxy.take()).toEqual([
          'DescribeServices',
          'DescribeTaskDefinition',
          'DescribeTaskDefinition',
        ]);
        const scaled = await shop.installer(built, { ...toQa, bamboo_environment_desiredCount: '2' });
        expect(scaled.exitCode).toBe(0);
        expect(await serviceIn(qa, 'label-printer')).toMatchObject({ desiredCount: 2, runningCount: 2 });
        expect(await serviceIn(production, 'label-printer')).toMatchObject({ runningCount: 3 });
      },
      patience,
    );

    test(
      'a cluster that is not there: nothing is registered',
      async () => {
        using shop = openShop({ url: proxy.url });
        const built = await shop.publish('1.0.14', { cluster: 'nowhere' });
        proxy.take();
        const ended = await shop.installer(built);
        expect(ended.log).toContain('Cluster not found');
        expect(ended.log).toContain('Nothing was changed');
        expect(ended.exitCode).toBe(4);
        expect(proxy.take()).toEqual(['DescribeServices 400']);
        expect(await revisionsOf('hid-generator-nowhere')).toEqual([]);
      },
      patience,
    );

    test(
      'the guards of account, region and cluster hold before the first installation',
      async () => {
        using shop = openShop({ url: proxy.url });
        const cluster = await newCluster();
        const built = await shop.publish('1.0.14', { cluster });
        proxy.take();
        const elsewhere = await shop.installer(built, { bamboo_ecs_cluster: 'other' });
        expect(elsewhere.log).toContain(`The cluster must be other, but the descriptors name ${cluster}`);
        expect(elsewhere.exitCode).toBe(4);
        const wrong = await shop.installer(built, {
          bamboo_ecs_account: '123456789012',
        });
        expect(wrong.log).toContain('The account must be 123456789012, but this is 000000000000');
        expect(wrong.exitCode).toBe(4);
        expect(proxy.take().filter((call) => !call.startsWith('Describe'))).toEqual([]);
        const right = await shop.installer(built, {
          bamboo_ecs_account: '000000000000',
          bamboo_ecs_region: 'eu-west-1',
          bamboo_ecs_cluster: cluster,
        });
        expect(right.exitCode).toBe(0);
      },
      patience,
    );
  });
}
