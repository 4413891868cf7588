import { describe, expect, test } from '@jest/globals';
import { perPoll, turnDelay, whoseTurn } from '../src/turns.ts';

describe('many services take turns', () => {
  test('a hundred are looked at in each poll', () => {
    const services = Array.from({ length: perPoll }, (_, index) => index);
    expect(whoseTurn(services, () => 0)).toBe(services);
    expect(turnDelay(0, perPoll)).toBe(1000);
    expect(turnDelay(60_000, perPoll)).toBe(7200);
  });

  test('of more, those first that were looked at longest ago, so that nobody is forgotten', () => {
    const seen = new Map<number, number>();
    const services = Array.from({ length: 1050 }, (_, index) => index);
    for (let poll = 0; poll < 11; poll++) {
      const turn = whoseTurn(services, (one) => seen.get(one) ?? -Infinity);
      expect(turn).toHaveLength(perPoll);
      for (const one of turn) seen.set(one, poll);
    }
    expect(seen.size).toBe(1050);
    // The eleventh poll saw the last fifty and the first fifty again.
    expect([...seen.values()].filter((poll) => poll === 10)).toHaveLength(100);
    expect(Math.min(...seen.values())).toBe(0);
  });

  test('never more often than once a second, also where the schedule of one would be shared by many', () => {
    expect(turnDelay(0, 1000)).toBe(1000);
    expect(turnDelay(60_000, 1000)).toBe(1000);
    expect(turnDelay(3_600_000, 1000)).toBe(1500);
    expect(turnDelay(3_600_000, 250)).toBe(5000);
  });

  test('throttled, they step back together', () => {
    expect(turnDelay(0, 1000, { throttled: 2 })).toBe(4000);
  });
});
