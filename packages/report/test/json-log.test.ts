import { describe, expect, test } from '@jest/globals';
import { jsonSink } from '../src/index.ts';
import { crash } from './histories/crash.ts';
import { secret } from './histories/opening.ts';
import { play } from './histories/recorder.ts';

describe('jsonSink', () => {
  const lines: string[] = [];
  play(crash, [jsonSink({ write: (line) => lines.push(line) })], [secret]);
  const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>);

  test('one object on each line, with time, level and kind', () => {
    expect(objects).toHaveLength(crash.length);
    for (const [index, object] of objects.entries()) {
      expect(Object.keys(object).slice(0, 3)).toEqual(['time', 'level', 'kind']);
      expect(object['time']).toMatch(/^2016-03-02T14:0\d:\d\d\.000Z$/);
      expect(object['kind']).toBe(crash[index]?.[1].kind);
    }
    expect(lines.join('')).not.toContain('horse');
  });

  test('a snapshot in figures, with the service events that it adds', () => {
    const snapshots = objects.filter(({ kind }) => kind === 'snapshot');
    expect(snapshots[4]).toEqual({
      time: '2016-03-02T14:05:25.000Z',
      level: 'detail',
      kind: 'snapshot',
      service: 'hid-generator',
      cluster: 'qa',
      status: 'ACTIVE',
      deployment: 'ecs-svc/2222222222222222222',
      stage: 'rollout',
      t: 22_000,
      desired: 2,
      pending: 0,
      new: 0,
      restored: 0,
      old: 1,
      failed: 3,
      events: [
        {
          time: '2016-03-02T14:05:25.000Z',
          message: expect.stringContaining('is unable to consistently start tasks'),
        },
      ],
    });
  });

  test('levels tell what went wrong, verdicts of what they are one', () => {
    const verdicts = objects.filter(({ kind }) => kind === 'verdict');
    expect(verdicts.map(({ level, stage }) => [level, stage])).toEqual([
      ['error', 'rollout'],
      ['info', 'roll-back'],
    ]);
    expect(objects.at(-1)).toMatchObject({ level: 'error', kind: 'summary', exitCode: 5 });
    expect(objects.find(({ kind }) => kind === 'message')?.['level']).toBe('info');
  });
});
