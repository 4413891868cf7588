// Tasks that the load balancer has found unhealthy and that ECS has not stopped yet.
import { describe, expect, test } from '@jest/globals';
import type { ServiceEventSnapshot } from '../../src/index.ts';
import { now } from '../builders.ts';
import { judged, older, ours, startedAt, type More } from './judge-history.ts';

const texts = {
  started: (...ids: readonly string[]) =>
    `(service web) has started ${ids.length} tasks: ${ids.map((id) => `(task ${id})`).join(' ')}.`,
  unhealthy: (id: string, code: number) =>
    `(service web) (task ${id}) (port 8080) is unhealthy in (target-group arn:x) due to (reason Health checks failed with these codes: [${code}]).`,
};

function verdictOn(messages: readonly string[], from = startedAt + 5000, more: More = {}) {
  const events: readonly ServiceEventSnapshot[] = messages
    .map((message, index) => ({ id: `${index}`, at: from + index, message }))
    .toReversed();
  return judged([ours({ running: 2, failed: 3 }), older()], more, { events });
}

const three = ['a', 'b', 'c'];
const all = (code: number, ids = three) => [
  texts.started(...ids),
  ...ids.map((id) => texts.unhealthy(id, code)),
];

describe('judge: found unhealthy and not yet stopped', () => {
  test.each([404, 401, 403, 405])('three that answer %d are enough', (code) => {
    expect(verdictOn(all(code))).toEqual({
      kind: 'failed',
      reason: expect.stringMatching(
        new RegExp(`^Never healthy: 3 tasks .* were found unhealthy, .*\\[${code}\\]`, 'u'),
      ),
    });
  });

  test.each([500, 502, 503, 408, 425, 429])(
    'three that answer %d are not: it may be a slow start',
    (code) => {
      expect(verdictOn(all(code))).toBeNull();
      expect(verdictOn(all(code, ['a', 'b', 'c', 'd', 'e', 'f']))?.kind).toBe('failed');
    },
  );

  test('two are not, nor one that is told three times', () => {
    expect(verdictOn(all(404, ['a', 'b']))).toBeNull();
    expect(verdictOn([texts.started('a'), ...three.map(() => texts.unhealthy('a', 404))])).toBeNull();
  });

  test('tasks from before do not count: of the release before, or before ECS put it back in its place', () => {
    expect(verdictOn(three.map((id) => texts.unhealthy(id, 404)))).toBeNull();
    expect(verdictOn(all(404), startedAt - 60_000)).toBeNull();
    const putBack: More = { adopted: true, startedAt: now - 1000, createdAt: startedAt - 3_600_000 };
    expect(verdictOn(all(404), startedAt, putBack)).toBeNull();
  });
});
