// The real installer, and what becomes of a service whose tasks are real containers.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { containersAreHere, freePort, openStage, revisionOf, until, type Case, type Stage } from './stage.ts';

const patience = 120_000;

if (containersAreHere()) {
  describe('installations of real containers', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage();
    }, 60_000);
    afterAll(async () => stage[Symbol.asyncDispose](), 60_000);

    /** A service of two tasks that runs 1.0.14; its calls are not counted. */
    async function running(
      wanted: Partial<Parameters<Case['publish']>[2]> = {},
      drain?: number,
    ): Promise<Case> {
      const one = await stage.newCase();
      const behaviour = { kind: 'serves', ...(drain === undefined ? {} : { drain }) } as const;
      const built = await one.publish('1.0.14', behaviour, { desired: 2, ...wanted });
      const ran = await one.install(built);
      expect([ran.exitCode, ran.log]).toEqual([0, expect.stringContaining('STEADY')]);
      stage.calls();
      return one;
    }

    /** What the service runs now. */
    async function state({ service }: Case): Promise<readonly [revision: number, running: number]> {
      const { deployments } = await service();
      const primary = deployments.find(({ status }) => status === 'PRIMARY');
      return [revisionOf(primary?.taskDefinition ?? ''), primary?.runningCount ?? -1];
    }

    /**
     * ministack counts tasks that are about to fail against the roll-back, and does not look again when they have failed: with
     * the usual 200 % a way back from a loop of crashes may find no room, and then stands still for ever.
     */
    const roomy = { desired: 2, maximum: 1000 };
    const serves = { kind: 'serves' } as const;
    const crash = { kind: 'crashes', exitCode: 3, says: 'no database at shop-db:5432' } as const;

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
      'a crash loop with a circuit breaker: the version before is back, and the next good one comes up',
      async () => {
        await using one = await running({ breaker: true });
        const bad = await one.publish('1.0.15', crash, { desired: 2, breaker: true });
        const failed = await one.install(bad);
        expect(failed.log).toContain('exits with code 3 soon after its start');
        expect(failed.log).toContain('by itself');
        expect(failed.exitCode).toBe(5);
        expect(stage.calls().filter((call) => call === 'UpdateService')).toHaveLength(1);
        expect(await state(one)).toEqual([1, 2]);

        const again = await one.install(bad);
        expect(again.log).toContain('failed');
        expect(again.exitCode).toBe(4);
        // The entry of the failed deployment stays in ministack's list for ever.
        expect((await one.service()).deployments.map(({ rolloutState }) => rolloutState)).toContain('FAILED');
        const good = await one.install(await one.publish('1.0.16', serves, { desired: 2, breaker: true }));
        expect(good.exitCode).toBe(0);
        expect((await one.service()).deployments.map(({ rolloutState }) => rolloutState)).toContain('FAILED');
        expect(await state(one)).toEqual([3, 2]);
        const unchanged = await one.install(await one.publish('1.0.16', null, { desired: 2, breaker: true }));
        expect([unchanged.exitCode, unchanged.log]).toEqual([0, expect.stringContaining('UNCHANGED')]);
      },
      patience,
    );

    test(
      'a crash loop without one: known long before the time-out, rolled back, and told where the output is',
      async () => {
        const logGroup = '/shop/crash';
        await stage.logs('CreateLogGroup', { logGroupName: logGroup });
        await using one = await running();
        const failed = await one.install(await one.publish('1.0.15', crash, { ...roomy, logGroup }), {
          bamboo_ecs_timeout: '60s',
        });
        expect(failed.log).toContain('FAILED. Crash loop');
        expect(failed.log).toContain('exited with code 3');
        expect(failed.exitCode).toBe(5);
        expect(await state(one)).toEqual([1, 2]);

        const [, logStreamName] = /log group \/shop\/crash, stream ([-\w/]+)\./u.exec(failed.log) ?? [];
        const { events } = await stage.logs('GetLogEvents', { logGroupName: logGroup, logStreamName });
        expect(events).toEqual([expect.objectContaining({ message: crash.says })]);

        const good = await one.install(await one.publish('1.0.16', serves, { desired: 2 }));
        expect(good.exitCode).toBe(0);
        expect(await state(one)).toEqual([3, 2]);
      },
      patience,
    );

    test(
      'a first installation that crashes: scaled to 0, nothing to go back to',
      async () => {
        await using one = await stage.newCase();
        const ran = await one.install(await one.publish('1.0.14', crash, { desired: 2 }));
        expect(ran.log).toContain('Crash loop');
        expect(ran.exitCode).toBe(6);
        expect(await one.service()).toMatchObject({ desiredCount: 0, runningCount: 0 });
      },
      patience,
    );

    test(
      'tasks that die after ECS called the rollout completed, while old ones still drain: no success',
      async () => {
        // ministack stops one old task after the other, each in 3 s: time enough to see that the new ones die meanwhile.
        const four = { ...roomy, desired: 4 };
        await using one = await running(four, 3);
        const dies = { kind: 'serves for', seconds: 2.5 } as const;
        const ran = await one.install(await one.publish('1.0.15', dies, four), { bamboo_ecs_timeout: '60s' });
        expect(ran.log).toContain('FAILED. Crash loop');
        expect(ran.log).toContain('exited with code 1');
        expect(ran.exitCode).toBe(5);
        expect(await state(one)).toEqual([1, 4]);
      },
      patience,
    );

    test.each([
      ['the image is not there', null, 'image-', true],
      ['the image is not there', null, 'image-', false],
      ['its program is not in the image', { kind: 'has no program' } as const, 'command-not-found', true],
    ])(
      '%s (%p), cause %s…, circuit breaker %p',
      async (_, behaviour, cause, breaker) => {
        await using one = await running({ breaker });
        const ran = await one.install(await one.publish('1.0.15', behaviour, { ...roomy, breaker }), {
          bamboo_ecs_timeout: '60s',
        });
        expect(ran.log).toContain(`(${cause}`);
        expect(ran.log).toContain('Verdict      failed');
        expect(ran.exitCode).toBe(5);
        expect(await state(one)).toEqual([1, 2]);
      },
      patience,
    );

    test(
      'somebody else deploys meanwhile: superseded, and left alone',
      async () => {
        await using one = await running();
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
      'minimum 100 and maximum 100: refused at publication; where the service has them, told, and in time given up',
      async () => {
        const stuck = { desired: 2, minimum: 100, maximum: 100 };
        await using one = await running();
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
        const soon = { bamboo_ecs_timeout: '3s' };
        const ran = await one.install(built, soon);
        expect(ran.log).toContain('may neither stop an old task nor start a new one');
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
        await using one = await running(gap);
        const moved = await one.install(await one.publish('1.0.15', serves, gap));
        expect(moved.exitCode).toBe(0);
        expect(await state(one)).toEqual([2, 1]);
        // The seed's percents: of one task 25 % is one, so the old one stays, and the new one finds its port taken.
        const seed = { desired: 1, minimum: 25, maximum: 200, hostPort };
        const ran = await one.install(await one.publish('1.0.16', serves, seed), {
          bamboo_ecs_timeout: '20s',
        });
        expect(ran.log).toContain('(port-allocated');
        // The way back wants the port as well. The task that has it runs all the time.
        expect(ran.exitCode).toBe(6);
        expect((await one.service()).runningCount).toBe(1);
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
