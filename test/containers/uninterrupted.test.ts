// "Load balancer ensures uninterrupted service during the entire process": every request is counted while real containers are
// replaced behind a load balancer that somebody else wrote.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Wanted } from './descriptors.ts';
import { note } from './figures.ts';
import type { Built } from '../third-party/installer-shop.ts';
import { createLoadBalancer, type LoadBalancer } from './load-balancer.ts';
import { containersAreHere } from './here.ts';
import { openStage, type Case, type Stage, type Task } from './stage.ts';
import { type Counted, startTraffic } from './traffic.ts';

/** Requests a second, of both clients together. */
const rate = 220;
const isLong = process.env['LONG_RUN'] === '1';
const rollouts = isLong ? 10 : 3;

/**
 * What was lost to a container that did not listen yet. ministack makes a task a target without a health check, as soon as its
 * last container is started; a load balancer of AWS sends nothing there until a check has passed. Never one of `known`, the
 * addresses of tasks that have answered.
 */
function isNotYet(text: string, known: ReadonlySet<string | undefined>): boolean {
  const target = /^502 .*Target ([\d.]+):8080 connect error/u.exec(text)?.[1];
  return target !== undefined && !known.has(target);
}

/** Of a task with awsvpc. */
function addressOf({ attachments }: Task): string | undefined {
  return attachments[0]?.details.find(({ name }) => name === 'privateIPv4Address')?.value;
}

if (containersAreHere()) {
  describe('service during rollouts', () => {
    let stage: Stage;
    let balancer: LoadBalancer;
    let one: Case;
    let wanted: Omit<Wanted, 'image'>;
    beforeAll(async () => {
      stage = await openStage();
      balancer = await createLoadBalancer(stage.url, 'shop');
      one = await stage.newCase();
      wanted = { desired: 2, breaker: true, sidecar: true, targetGroup: balancer.targetGroup };
      await install('1.0.0');
    }, 90_000);
    afterAll(async () => stage[Symbol.asyncDispose](), 60_000);

    const serves = { kind: 'serves' } as const;
    const tag = (version: string): string => `${version}.RELEASE`;

    async function install(version: string): Promise<void> {
      const ran = await one.install(await one.publish(version, serves, wanted));
      expect([ran.exitCode, ran.log]).toEqual([0, expect.stringContaining('STEADY')]);
    }

    const addresses = async (of: Case): Promise<ReadonlySet<string | undefined>> =>
      new Set((await of.tasks('RUNNING')).map(addressOf));

    /** Nothing was lost. `known`: on a busy machine new containers may be slow to listen; the long run is for quiet ones. */
    function expectWhole(
      counted: Counted,
      known: ReadonlySet<string | undefined> | null,
      ...versions: readonly string[]
    ): void {
      const borne = isLong ? null : known;
      const lost = counted.failures.filter(({ text }) => borne === null || !isNotYet(text, borne));
      expect(lost.slice(0, 5)).toEqual([]);
      expect(Object.keys(counted.versions).toSorted()).toEqual(versions.map(tag).toSorted());
      expect(counted.perSecond).toBeGreaterThanOrEqual(200);
    }

    test(
      `${rollouts} rollouts one after the other, a start that fails, and a roll-back by hand: no request is lost`,
      async () => {
        let total = 0;
        const counted = (what: string, figures: Counted): Counted => {
          total += figures.answers;
          note('uninterrupted', what, figures);
          return figures;
        };
        await using traffic = startTraffic(balancer, rate);
        let last = '1.0.0';
        const builds: Built[] = [];
        for (let number = 1; number <= rollouts; number++) {
          const version = `1.0.${number}`;
          const built = await one.publish(version, serves, wanted);
          builds.push(built);
          const known = await addresses(one);
          expectWhole(counted(`before ${version}`, await traffic.take()), null, last);
          const ran = await one.install(built);
          expect(ran.exitCode).toBe(0);
          expectWhole(counted(`rollout of ${version}`, await traffic.take()), known, last, version);
          last = version;
        }

        // Its program is not in its image, so it never gets as far as the load balancer.
        const broken = await one.publish('2.0.0', { kind: 'has no program' }, wanted);
        await traffic.take();
        const failed = await one.install(broken);
        expect(failed.exitCode).toBe(5);
        const known = await addresses(one);
        expectWhole(counted('a start that fails', await traffic.take()), null, last);

        // Bamboo's rollback: the release before is deployed again.
        const back = await one.install(builds.at(-2)!, { bamboo_deploy_rollback: 'true' });
        expect(back.exitCode).toBe(0);
        expectWhole(counted('roll-back by hand', await traffic.take()), known, last, `1.0.${rollouts - 1}`);
        note('uninterrupted', 'all', { requests: total, rollouts });
      },
      120_000 + rollouts * 60_000,
    );

    const loops: readonly (readonly [string, number])[] = [
      ['that ends at once', 0],
      ['that is a target for a while', 0.6],
    ];
    test.each(loops)(
      'a crash loop %s: the crashed version answers nothing, and what is lost is lost at its containers only',
      async (name, after) => {
        await using other = await stage.newCase();
        const behind = await createLoadBalancer(stage.url, `crash-${after * 10}`);
        const two = { desired: 2, breaker: true, targetGroup: behind.targetGroup };
        expect((await other.install(await other.publish('1.0.0', serves, two))).exitCode).toBe(0);
        const good = await addresses(other);
        expect(good.size).toBe(2);
        const crash = { kind: 'crashes', exitCode: 3, says: 'no', after } as const;
        const bad = await other.publish('1.0.1', crash, two);
        await using traffic = startTraffic(behind, rate);
        expect((await other.install(bad)).exitCode).toBe(5);
        const { failures, ...figures } = await traffic.take();
        note('uninterrupted', `crash loop ${name}`, { ...figures, lost: failures.length });
        expect(Object.keys(figures.versions)).toEqual(['1.0.0.RELEASE']);
        expect(failures.filter(({ text }) => !isNotYet(text, good)).slice(0, 5)).toEqual([]);
      },
      240_000,
    );
  });
}
