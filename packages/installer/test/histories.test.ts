// Histories of rollouts, several of them real: the right verdict, as soon as the evidence is there, and not before.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '@bamboo-ecs/rollout/simulation';
import { watch } from '../src/index.ts';
import { HistoryPort, ours } from './history-port.ts';
import type { History } from './history.ts';

const folder = path.join(import.meta.dirname, 'histories');
const files = readdirSync(folder).map((name) => ({
  name: name.replace('.json', ''),
  histories: JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as History[],
}));
const all = files.flatMap(({ histories }) => histories);

test('they are many, each with its source', () => {
  expect(all.length).toBeGreaterThanOrEqual(110);
  expect(all.filter(({ source }) => source.includes('https://')).length).toBeGreaterThanOrEqual(35);
  expect(all.every(({ name, source }) => name !== '' && source !== '')).toBe(true);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

describe.each(files)('$name', ({ histories }) => {
  test.each(histories)('$name', async (history) => {
    const startMs = Date.UTC(2026, 10, 24, 2);
    const clock = new VirtualClock(startMs);
    const played = new HistoryPort(history, clock);
    const { failAfter, timeout = 900, auxiliaries = [] } = history.service;
    const [watched] = await watch(
      {
        ecs: played.port(),
        clock,
        signal: new AbortController().signal,
        onSnapshot: () => {},
        onTrouble: () => {},
      },
      [
        {
          ...ours,
          cluster: 'qa',
          service: 'web',
          adopted: false,
          startedAt: startMs,
          deadline: startMs + timeout * 1000,
          primaryBefore: 'ecs-svc/1',
          auxiliaries,
          ...(failAfter === undefined ? {} : { failAfter }),
        },
      ],
    );
    const { verdict, at, says = '', calls = Infinity } = history.expect;
    const took = (clock.now() - startMs) / 1000;
    expect([watched?.verdict.kind, watched?.verdict.reason]).toEqual([
      verdict,
      expect.stringContaining(says),
    ]);
    expect(took).toBeGreaterThanOrEqual(at);
    // At most 1 s + 12 % late, never more than 15 s.
    expect(took).toBeLessThanOrEqual(at + Math.min(15, 1 + at * 0.12) + 0.1);
    expect(played.calls).toBeLessThanOrEqual(calls);
  });
});
