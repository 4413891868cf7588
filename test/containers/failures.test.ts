// Releases whose containers do not come up: what the real installer says of them, and what runs afterwards.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { running, serves, state } from './running.ts';
import { containersAreHere } from './here.ts';
import { openStage, type Stage } from './stage.ts';

const patience = 120_000;

if (containersAreHere()) {
  describe('releases that do not come up', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage();
    }, 60_000);
    afterAll(async () => stage[Symbol.asyncDispose](), 60_000);

    /**
     * ministack counts tasks that are about to fail against the roll-back, and does not look again when they have failed: with
     * the usual 200 % a way back from a loop of crashes may find no room, and then stands still for ever. A roll-back restores the
     * percents of the version before, so that one has them, too.
     */
    const roomy = { desired: 2, maximum: 1000 };
    const crash = { kind: 'crashes', exitCode: 3, says: 'no database at shop-db:5432' } as const;

    test(
      'a crash loop with a circuit breaker: the version before is back, and the next good one comes up',
      async () => {
        await using one = await running(stage, { ...roomy, breaker: true });
        const bad = await one.publish('1.0.15', crash, { ...roomy, breaker: true });
        const failed = await one.install(bad);
        expect(failed.log).toContain('exits with code 3 soon after its start');
        // On a busy machine three stopped tasks may be seen before ECS has made up its mind: then the installer goes back itself.
        const byItself = failed.log.includes('by itself');
        expect(byItself || failed.log.includes('Updated hid-generator back to')).toBe(true);
        expect(failed.exitCode).toBe(5);
        const updates = stage.calls().filter((call) => call === 'UpdateService');
        expect(updates).toHaveLength(byItself ? 1 : 2);
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
      'a crash loop without one: known long before the time-out, rolled back, and told in its own last words',
      async () => {
        const logGroup = '/shop/crash';
        await stage.logs('CreateLogGroup', { logGroupName: logGroup });
        await using one = await running(stage, roomy);
        const failed = await one.install(await one.publish('1.0.15', crash, { ...roomy, logGroup }), {
          bamboo_ecs_timeout: '60s',
        });
        expect(failed.log).toContain('FAILED. Crash loop');
        expect(failed.log).toContain('exited with code 3');
        expect(failed.exitCode).toBe(5);
        expect(await state(one)).toEqual([1, 2]);

        const tail =
          /Last words of hid-generator \(task [-\w]+\), log group \/shop\/crash, stream ([-\w/]+):\n +\| (?:[+-]\d+:\d+ )?(.*)/u;
        expect(failed.log).toMatch(tail);
        const [, logStreamName, line] = tail.exec(failed.log) ?? [];
        expect(line).toBe(crash.says);
        expect(failed.log).toContain(`the program said: "${crash.says}"`);
        const { events } = await stage.logs('GetLogEvents', { logGroupName: logGroup, logStreamName });
        expect(events).toEqual([expect.objectContaining({ message: crash.says })]);

        const good = await one.install(await one.publish('1.0.16', serves, { desired: 2 }));
        expect(good.exitCode).toBe(0);
        expect(await state(one)).toEqual([3, 2]);
      },
      patience,
    );

    test(
      'a first installation that never starts: scaled to 0, nothing to go back to',
      async () => {
        await using one = await stage.newCase();
        // A program that ends at once may on a busy machine live for ministack's second, after which a task is healthy.
        const none = { kind: 'has no program' } as const;
        const ran = await one.install(await one.publish('1.0.14', none, { desired: 2 }));
        expect(ran.log).toContain('(command-not-found');
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
        await using one = await running(stage, four, 3);
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
        await using one = await running(stage, { ...roomy, breaker });
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
  });
}
