// The real installer, and what becomes of a service whose tasks are real containers.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { running, serves, state } from './running.ts';
import { containersAreHere } from './here.ts';
import { freePort, openStage, revisionOf, until, type Stage } from './stage.ts';

const patience = 120_000;

if (containersAreHere()) {
  describe('installations of real containers', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage();
    }, 60_000);
    afterAll(async () => stage[Symbol.asyncDispose](), 60_000);

    test(
      'create, the same again, update',
      async () => {
        await using one = await stage.newCase();
        const old = await one.publish('1.0.14', serves, { desired: 2 });
        stage.calls();
        const created = await one.install(old);
        expect(created.log).toContain('2 of 2 tasks run');
        expect(created.exitCode).toBe(0);
        expect(stage.calls().filter((call) => /^(Register|Create|Update)/u.test(call))).toEqual([
          'RegisterTaskDefinition',
          'CreateService',
        ]);

        const again = await one.install(old);
        expect(again.log).toContain('UNCHANGED');
        expect(again.exitCode).toBe(0);
        expect(stage.calls()).toEqual(['DescribeServices', 'DescribeTaskDefinition']);

        const updated = await one.install(await one.publish('1.0.15', serves, { desired: 2 }));
        expect(updated.log).toContain('old 2 running');
        expect(updated.log).toContain('no older task is left');
        expect(updated.exitCode).toBe(0);
        const { deployments } = await one.service();
        expect(deployments).toHaveLength(1);
        const tasks = await one.tasks('RUNNING');
        expect(tasks.map(({ containers }) => containers[0]?.image)).toEqual([
          `${one.image}:1.0.15.RELEASE`,
          `${one.image}:1.0.15.RELEASE`,
        ]);
      },
      patience,
    );

    test(
      'somebody else deploys meanwhile: superseded, and left alone',
      async () => {
        await using one = await running(stage);
        const { taskDefinition } = await one.service();
        const late = { kind: 'serves late', seconds: 5 } as const;
        const built = await one.publish('1.0.15', late, { desired: 2, minimum: 50 });
        const ours = one.install(built);
        await until(async () => revisionOf((await one.service()).taskDefinition) === 2);
        const request = {
          cluster: one.cluster,
          service: 'hid-generator',
          taskDefinition,
          forceNewDeployment: true,
        };
        await stage.ask('UpdateService', request);
        const ran = await ours;
        expect(ran.log).toContain('SUPERSEDED');
        expect(ran.exitCode).toBe(8);
        expect(stage.calls().filter((call) => call === 'UpdateService')).toHaveLength(1);
        expect(revisionOf((await one.service()).taskDefinition)).toBe(1);
      },
      patience,
    );

    test(
      'desired count 0: said that nothing is proven; from 2 to 0 and back',
      async () => {
        await using one = await stage.newCase();
        const empty = await one.install(await one.publish('1.0.14', serves, { desired: 0 }));
        expect(empty.log).toContain('nothing is proven');
        expect(empty.exitCode).toBe(0);
        const up = await one.install(await one.publish('1.0.15', serves, { desired: 2 }));
        expect(up.exitCode).toBe(0);
        expect(await state(one)).toEqual([2, 2]);
        const down = await one.install(await one.publish('1.0.16', serves, { desired: 0 }));
        expect(down.log).toContain('nothing is proven');
        expect(down.exitCode).toBe(0);
        expect(await state(one)).toEqual([3, 0]);
        expect(await one.tasks('RUNNING')).toEqual([]);
      },
      patience,
    );

    test(
      'minimum 100 and maximum 100: refused at publication, and before the change where the service has them; with that check left out, given up in time',
      async () => {
        const stuck = { desired: 2, minimum: 100, maximum: 100 };
        await using one = await running(stage);
        await expect(one.publish('1.0.15', serves, stuck)).rejects.toThrow('no deployment can ever move');
        const { taskDefinition } = await one.service();
        const request = { cluster: one.cluster, service: 'hid-generator', taskDefinition };
        const percents = (maximumPercent: number): Promise<unknown> =>
          stage.ask('UpdateService', {
            ...request,
            deploymentConfiguration: { maximumPercent, minimumHealthyPercent: 100 },
          });
        await percents(100);
        const built = await one.publish('1.0.16', serves, { desired: 2, updatesPercents: false });
        const refused = await one.install(built);
        expect(refused.exitCode).toBe(4);
        expect(refused.log).toContain('may neither stop an old task nor start a new one');
        expect(refused.log).toContain('The smallest change that works: minimumHealthyPercent 50 (now 100).');
        expect(revisionOf((await one.service()).taskDefinition)).toBe(1);
        expect(await one.revisions()).toHaveLength(1);
        const ran = await one.install(built, { bamboo_ecs_timeout: '3s', bamboo_ecs_skip_checks: 'room' });
        expect(ran.log).toContain('percent-deadlock');
        // The way back is a deployment as well, and as stuck; the old tasks run all the time.
        expect(ran.exitCode).toBe(6);
        expect(await one.service()).toMatchObject({ runningCount: 2 });
        expect(revisionOf((await one.service()).taskDefinition)).toBe(1);
      },
      patience,
    );

    test(
      'a fixed port of the one machine: a gap where it is allowed, else told that the port is taken',
      async () => {
        const hostPort = await freePort();
        const gap = { desired: 1, minimum: 0, maximum: 100, hostPort };
        await using one = await running(stage, gap);
        const moved = await one.install(await one.publish('1.0.15', serves, gap));
        expect(moved.exitCode).toBe(0);
        expect(await state(one)).toEqual([2, 1]);
        // The seed's percents: of one task 25 % is one, so the old one stays, and the new one finds its port taken.
        const seed = { desired: 1, minimum: 25, maximum: 200, hostPort };
        const ran = await one.install(await one.publish('1.0.16', serves, seed), {
          bamboo_ecs_timeout: '30s',
        });
        expect(ran.log).toContain('(port-allocated');
        // The way back restores the percents of before, too: with them the old task may stop and give its port up.
        expect(ran.exitCode).toBe(5);
        expect(await state(one)).toEqual([2, 1]);
      },
      patience,
    );

    test(
      'what ministack does not look at: the health of a container',
      async () => {
        await using one = await stage.newCase();
        const ran = await one.install(await one.publish('1.0.14', { kind: 'unhealthy' }, { desired: 1 }));
        // A rollout whose health never comes is tried on our stand-in. When this fails, ministack has learnt it: try it here.
        expect(ran.exitCode).toBe(0);
        expect((await one.tasks('RUNNING')).map(({ healthStatus }) => healthStatus)).toEqual(['UNKNOWN']);
      },
      patience,
    );
  });
}
