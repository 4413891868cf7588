// kill -9 of the real installer at random moments, then the same command again: it converges, and nothing is done twice.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { note } from './figures.ts';
import { containersAreHere } from './here.ts';
import { openStage, revisionOf, type Stage } from './stage.ts';

const kills = process.env['LONG_RUN'] === '1' ? 20 : 8;
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

/** Numbers of [0, 1) that follow from the seed alone (mulberry32). */
function randomNumbers(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

if (containersAreHere()) {
  describe('killed at a random moment, then run again', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage();
    }, 60_000);
    afterAll(async () => stage[Symbol.asyncDispose](), 60_000);

    const writes = (calls: readonly string[]): string[] =>
      calls.filter((call) => /^(Register|Create|Update)/u.test(call)).toSorted();

    test(
      `${kills} times, SEED=${seed}`,
      async () => {
        await using one = await stage.newCase();
        const random = randomNumbers(seed);
        stage.calls();
        // How long a run takes here and now: a moment is a share of it.
        let whole = 0;
        const moments: string[] = [];
        for (let number = 0; number <= kills; number++) {
          const built = await one.publish(`1.0.${number}`, { kind: 'serves' }, { desired: 2 });
          const kill = new AbortController();
          const startedAt = performance.now();
          const calls: string[] = [];
          // The first one is not killed. Of the others every second at any moment, the rest soon after one of the calls that
          // lead to the change, which are a small part of the time.
          const afterCalls = number === 0 || number % 2 === 1 ? Infinity : 1 + Math.floor(random() * 4);
          const afterMs = number % 2 === 1 ? random() * whole : Infinity;
          const pause = random() * 60;
          const watch = setInterval(() => {
            calls.push(...stage.calls());
            if (performance.now() - startedAt >= afterMs) kill.abort();
            if (calls.length >= afterCalls) setTimeout(() => kill.abort(), pause);
          }, 2);
          const killed = await one.killable(built, kill.signal);
          clearInterval(watch);
          const took = performance.now() - startedAt;
          if (number === 0) whole = took;
          calls.push(...stage.calls());
          const before = calls.join(' ');
          moments.push(calls.at(-1) ?? 'no call');
          const again = await one.install(built);
          calls.push(...stage.calls());
          const told = `SEED=${seed}, version ${number}, killed after ${Math.round(took)} ms, having called ${before}`;
          expect([told, killed.exitCode === 0 || number > 0, again.exitCode]).toEqual([told, true, 0]);
          // Of both runs together one revision and one deployment.
          const write = number === 0 ? 'CreateService' : 'UpdateService';
          expect([told, writes(calls)]).toEqual([told, [write, 'RegisterTaskDefinition'].toSorted()]);
          const { deployments } = await one.service();
          expect([told, deployments.map(({ taskDefinition }) => revisionOf(taskDefinition))]).toEqual([
            told,
            [number + 1],
          ]);
          expect([told, deployments[0]?.rolloutState, deployments[0]?.runningCount]).toEqual([
            told,
            'COMPLETED',
            2,
          ]);
          expect([told, (await one.revisions()).length]).toEqual([told, number + 1]);
        }
        note('kills', `SEED=${seed}`, { kills, lastCallBefore: moments });
      },
      60_000 + kills * 40_000,
    );
  });
}
