import { describe, expect, test } from '@jest/globals';
import type { DeploymentSnapshot, ServiceSnapshot } from '@bamboo-ecs/rollout';
import { FailureWatch } from '../src/failure-watch.ts';

const since = 1_000_000;

function ours(failed = 0, running = 0, desired = 2, pending = 0): DeploymentSnapshot {
  return {
    id: 'ecs-svc/1',
    status: 'PRIMARY',
    taskDefinition: 'web:1',
    desired,
    running,
    pending,
    failed,
    createdAt: since,
    updatedAt: since,
  };
}

/** Newest first, as ECS gives them; each text is its own id. */
function seen(...messages: readonly string[]): ServiceSnapshot {
  return {
    at: since,
    cluster: 'qa',
    name: 'web',
    arn: '',
    status: 'ACTIVE',
    taskDefinition: 'web:1',
    controller: 'ECS',
    desired: 2,
    running: 0,
    pending: 0,
    deployments: [],
    events: messages.map((message, index) => ({ id: message, at: since + messages.length - index, message })),
    definition: {},
  };
}

const started = (number: number): string =>
  `(service web) has started 2 tasks: (task ${number}a) (task ${number}b).`;

describe('stopped tasks are asked for', () => {
  test('when the failures of the deployment rise, and not again before they rise again', () => {
    const watch = new FailureWatch();
    const asked = [0, 1, 1, 3, 0, 3, 4].map((failed) => watch.mayHaveFailed(seen(), ours(failed), since));
    expect(asked).toEqual([false, true, false, true, false, false, true]);
  });

  test('when they rise again after ECS has set them back, which two looks in a row tell', () => {
    const watch = new FailureWatch();
    const asked = [2, 0, 0, 1].map((failed) => watch.mayHaveFailed(seen(), ours(failed), since));
    expect(asked).toEqual([true, false, false, true]);
  });

  test('when ECS starts more tasks than are wanted, though it counts no failure', () => {
    const watch = new FailureWatch();
    const polls = [[started(1)], [started(1)], [started(2), started(1)], [started(2), started(1)]];
    const asked = polls.map((events) => watch.mayHaveFailed(seen(...events), ours(), since));
    expect(asked).toEqual([false, false, true, false]);
    expect(watch.mayHaveFailed(seen(started(3), started(2)), ours(), since)).toBe(true);
  });

  test('not because of what the service is called', () => {
    const watch = new FailureWatch();
    const message = '(service failover) has begun draining connections on 1 tasks.';
    expect(watch.mayHaveFailed(seen(message), ours(), since)).toBe(false);
  });

  test('when an event speaks of a failure, once', () => {
    const watch = new FailureWatch();
    const unhealthy = '(service web) (port 8080) is unhealthy in (target-group x)';
    expect(watch.mayHaveFailed(seen(unhealthy), ours(), since)).toBe(true);
    expect(watch.mayHaveFailed(seen(unhealthy), ours(), since)).toBe(false);
  });

  test('when tasks that ran run no more, though nothing is counted or told', () => {
    const watch = new FailureWatch();
    const asked = [0, 2, 2, 1, 1, 0, 2, 0].map((running) =>
      watch.mayHaveFailed(seen(), ours(0, running), since),
    );
    expect(asked).toEqual([false, false, false, true, false, true, false, true]);
    expect(watch.mayHaveFailed(seen(), ours(0, 2), since)).toBe(false);
    expect(watch.mayHaveFailed(seen(), ours(0, 1, 1), since)).toBe(false);
    expect(watch.mayHaveFailed(seen(), ours(0, 0, 0), since)).toBe(false);
  });

  const waits: readonly (readonly [string, number, readonly number[]])[] = [
    ['a minute, then for two, then for four', 1, [60, 180, 420]],
    ['ten seconds while none is pending either, then for twenty, then for forty', 0, [10, 30, 70]],
  ];

  test.each(waits)('when not one more task runs for %s', (_, pending, seconds) => {
    const watch = new FailureWatch();
    const asked = (running: number, second: number): boolean =>
      watch.mayHaveFailed({ ...seen(), at: since + second * 1000 }, ours(0, running, 2, pending), since);
    const polls = [0, ...seconds.flatMap((second) => [second - 1, second, second + 1])];
    expect(polls.filter((second) => asked(0, second))).toEqual(seconds);
    expect(asked(1, 2000)).toBe(false);
    expect(asked(2, 9000)).toBe(false);
    expect(asked(2, 99_000)).toBe(false);
  });

  test('not for what happened before our deployment', () => {
    const watch = new FailureWatch();
    expect(watch.mayHaveFailed(seen(started(1), 'was unable to place a task'), ours(), since + 60_000)).toBe(
      false,
    );
  });
});
