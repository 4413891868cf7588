// The real programs against moto, which somebody else wrote: nothing progresses there, which is what a time-out needs.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ecsCall } from './aws-calls.ts';
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts';
import { type Emulator, moto } from './emulators.ts';
import { openShop } from './installer-shop.ts';
import { requires } from './requires.ts';

const patience = 90_000;
const soon = { bamboo_ecs_timeout: '2s' };

/** `running`: tasks that moto says a new service has; its first deployment is COMPLETED when they are enough. */
function withMoto(running: number) {
  let emulator: Emulator;
  let proxy: CountingProxy;
  let clusters = 0;
  beforeAll(async () => {
    emulator = await moto.start({ MOTO_ECS_SERVICE_RUNNING: String(running) });
    proxy = await startCountingProxy(emulator.url);
  }, 60_000);
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]();
    await emulator[Symbol.asyncDispose]();
  });
  return {
    open: () => openShop({ url: proxy.url }),
    calls: () => proxy.take(),
    ask: (operation: string, request: unknown) => ecsCall(emulator.url, operation, request),
    async newCluster(): Promise<string> {
      clusters += 1;
      const clusterName = `cluster-${clusters}`;
      await ecsCall(emulator.url, 'CreateCluster', { clusterName });
      return clusterName;
    },
    async serviceIn(cluster: string): Promise<Record<string, unknown>> {
      const request = { cluster, services: ['hid-generator'] };
      const { services } = await ecsCall(emulator.url, 'DescribeServices', request);
      const [service] = services as Record<string, unknown>[];
      if (service === undefined) throw new Error(`no service in ${cluster}`);
      return service;
    },
    async outcomeOf(taskDefinition: string): Promise<string | undefined> {
      const request = { taskDefinition, include: ['TAGS'] };
      const { tags } = await ecsCall(emulator.url, 'DescribeTaskDefinition', request);
      return (tags as { key: string; value: string }[]).find(({ key }) => key.endsWith('outcome'))?.value;
    },
  };
}

if (requires(moto.name, moto.isHere, 'make third-party')) {
  describe('moto, where no task ever starts', () => {
    const aws = withMoto(0);

    test(
      'a first installation times out: scaled to 0, told, and tried again only with force',
      async () => {
        using shop = aws.open();
        const cluster = await aws.newCluster();
        const built = await shop.publish('1.0.14', { cluster });
        aws.calls();

        const ended = await shop.installer(built, soon);
        expect(ended.log).toContain('TIMED-OUT. After 2 s 0 of 2 tasks run');
        expect(ended.log).toContain('scaled to 0');
        expect(ended.exitCode).toBe(7);
        const calls = aws.calls();
        expect(calls.filter((call) => call === 'CreateService')).toHaveLength(1);
        expect(calls.filter((call) => call === 'UpdateService')).toHaveLength(1);
        expect(await aws.serviceIn(cluster)).toMatchObject({ desiredCount: 0 });

        const again = await shop.installer(built, soon);
        expect(again.log).toContain('was installed here before and failed');
        expect(again.log).toContain('set force');
        expect(again.exitCode).toBe(4);
        expect(aws.calls().filter((call) => !call.startsWith('Describe'))).toEqual([]);

        const forced = await shop.installer(built, { ...soon, bamboo_ecs_force: 'true' });
        expect(forced.log).toContain('Apply');
        expect(forced.exitCode).toBe(7);
        const tried = aws.calls();
        expect(tried).not.toContain('RegisterTaskDefinition');
        // Up again, and, when the time was up, down again.
        expect(tried.filter((call) => call === 'UpdateService')).toHaveLength(2);
      },
      patience,
    );

    test(
      'with on-failure=leave nothing is touched after the time-out',
      async () => {
        using shop = aws.open();
        const cluster = await aws.newCluster();
        const built = await shop.publish('1.0.14', { cluster });
        aws.calls();
        const ended = await shop.installer(built, { ...soon, bamboo_ecs_on_failure: 'leave' });
        expect(ended.exitCode).toBe(7);
        expect(aws.calls()).not.toContain('UpdateService');
        expect(await aws.serviceIn(cluster)).toMatchObject({ desiredCount: 2 });
      },
      patience,
    );

    test(
      'a deployment of somebody else that does not end is waited for, and nothing is changed',
      async () => {
        using shop = aws.open();
        const cluster = await aws.newCluster();
        const containerDefinitions = [{ name: 'x', image: 'x:1', memory: 64 }];
        await aws.ask('RegisterTaskDefinition', { family: 'foreign', containerDefinitions });
        await aws.ask('CreateService', {
          cluster,
          serviceName: 'hid-generator',
          taskDefinition: 'foreign',
          desiredCount: 1,
        });
        const built = await shop.publish('1.0.14', { cluster });
        aws.calls();
        const waited = await shop.installer(built, soon);
        expect(waited.log).toContain('foreign:1');
        expect(waited.log).toContain('in progress');
        expect(waited.exitCode).toBe(4);
        const refused = await shop.installer(built, { ...soon, bamboo_ecs_on_other_deployment: 'refuse' });
        expect(refused.exitCode).toBe(4);
        expect(aws.calls().filter((call) => !call.startsWith('Describe'))).toEqual([]);
      },
      patience,
    );

    test(
      'a cluster that is not there, and the wrong account',
      async () => {
        using shop = aws.open();
        const lost = await shop.publish('1.0.13', { cluster: 'nowhere' });
        aws.calls();
        const ended = await shop.installer(lost);
        expect(ended.log).toContain('Cluster not found');
        expect(ended.exitCode).toBe(4);
        expect(aws.calls()).toEqual(['DescribeServices 400']);

        const cluster = await aws.newCluster();
        const built = await shop.publish('1.0.14', { cluster });
        const guarded = await shop.installer(built, { bamboo_ecs_account: '000000000000' });
        expect(guarded.log).toContain('The account must be 000000000000, but this is 123456789012');
        expect(guarded.exitCode).toBe(4);
        expect(aws.calls().filter((call) => !call.startsWith('Describe'))).toEqual([]);
      },
      patience,
    );
  });

  describe('moto, where new services run at once', () => {
    const aws = withMoto(2);

    test(
      'create, again, and an update that never comes: back to the revision before',
      async () => {
        using shop = aws.open();
        const cluster = await aws.newCluster();
        const old = await shop.publish('1.0.14', { cluster });
        const created = await shop.installer(old, soon);
        expect(created.log).toContain('2 of 2 tasks run');
        expect(created.exitCode).toBe(0);
        aws.calls();
        expect((await shop.installer(old, soon)).log).toContain('UNCHANGED');
        expect(aws.calls()).toEqual(['DescribeServices', 'DescribeTaskDefinition']);

        // UpdateService names the new revision on the service and starts no deployment: that must never read as success.
        const next = await shop.publish('1.0.15', { cluster, variables: { desiredCount: '3' } });
        const updated = await shop.installer(next, soon);
        expect(updated.log).toContain('TIMED-OUT. After 2 s the running deployment');
        expect(updated.log).toContain(`still has hid-generator-${cluster}:1`);
        expect(updated.log).toContain('no deployment of it was started');
        expect(updated.log).toContain('back on');
        expect(updated.exitCode).toBe(5);
        const calls = aws.calls();
        expect(calls.filter((call) => call === 'RegisterTaskDefinition')).toHaveLength(1);
        expect(calls.filter((call) => call === 'UpdateService')).toHaveLength(2);
        expect(await aws.serviceIn(cluster)).toMatchObject({
          desiredCount: 2,
          taskDefinition: expect.stringMatching(/:1$/u),
        });
        expect(await aws.outcomeOf(`hid-generator-${cluster}:2`)).toBe('failed');

        const again = await shop.installer(next, soon);
        expect(again.log).toContain('failed');
        expect(again.exitCode).toBe(4);
        expect((await shop.installer(old, soon)).log).toContain('UNCHANGED');
      },
      patience,
    );
  });
}
