// When to look, how long, and what of it is ours.
import { describe, expect, test } from '@jest/globals';
import { describeProgress, nextPollDelay, ownEvents, ownStoppedTasks } from '../../src/index.ts';
import { arn, deployment, event, minute, missing, now, service, task } from '../builders.ts';

describe('nextPollDelay', () => {
  const pollsWithin = (ms: number): number => {
    let elapsed = 0;
    let polls = 0;
    for (;;) {
      elapsed += nextPollDelay(elapsed);
      if (elapsed > ms) return polls;
      polls += 1;
    }
  };

  test('a rollout of 5 minutes takes at most 44 polls', () => {
    const polls = pollsWithin(5 * minute);
    expect(polls).toBeLessThanOrEqual(44);
    expect(polls).toBeGreaterThan(35);
  });

  test('is at most 1 s + 12 % late, and never more than 15 s', () => {
    for (let elapsed = 0; elapsed < 60 * minute; elapsed += 777) {
      const delay = nextPollDelay(elapsed);
      expect(delay).toBeGreaterThanOrEqual(1000);
      expect(delay).toBeLessThanOrEqual(Math.min(15_000, 1000 + elapsed * 0.12));
    }
  });

  test('is slower when throttled, but bounded', () => {
    expect(nextPollDelay(0, { throttled: 0 })).toBe(1000);
    expect([1, 2, 3].map((throttled) => nextPollDelay(0, { throttled }))).toEqual([2000, 4000, 8000]);
    expect(nextPollDelay(5 * minute, { throttled: 1 })).toBe(30_000);
    expect(nextPollDelay(5 * minute, { throttled: 1000 })).toBe(60_000);
  });

  test.each([Number.NaN, -5, Number.POSITIVE_INFINITY])('takes %d for the beginning', (elapsed) => {
    expect(nextPollDelay(elapsed)).toBe(1000);
  });
});

describe('ownStoppedTasks', () => {
  const own = { deployment: 'ecs-svc/2', taskDefinition: arn(2), startedAt: now - minute };
  const names = (tasks: readonly { arn: string }[]): string[] => tasks.map((one) => one.arn);

  test('are those that our deployment started', () => {
    const ours = task();
    const theirs = [
      task({ startedBy: 'ecs-svc/22' }),
      task({ startedBy: 'ecs-svc/1', taskDefinition: arn(1) }),
    ];
    expect(ownStoppedTasks([...theirs, ours], own)).toEqual([ours]);
  });

  test('where the server says the service: our revision, since our start', () => {
    const { startedBy: _, ...anonymous } = task();
    const startedAt = now - minute + 600;
    const inItsSecond = task({ startedBy: 'web', stoppedAt: now - minute });
    const ours = [inItsSecond, task({ startedBy: 'web' }), anonymous];
    const theirs = [
      task({ startedBy: 'web', taskDefinition: arn(1) }),
      task({ startedBy: 'web', stoppedAt: now - minute - 1000 }),
    ];
    expect(names(ownStoppedTasks([...theirs, ...ours], { ...own, startedAt }))).toEqual(names(ours));
  });

  test('are given once, the oldest first', () => {
    const [late, early] = [task({ stoppedAt: now }), task({ stoppedAt: now - 500 })];
    expect(names(ownStoppedTasks([late, early, late], own))).toEqual(names([early, late]));
  });

  test('know which of their containers they can do without', () => {
    const containers = [{ name: 'web' }, { name: 'migrate', exitCode: 0 }];
    const [found] = ownStoppedTasks([task({ containers })], { ...own, auxiliaries: ['migrate'] });
    expect(found?.containers).toEqual([
      { name: 'web', essential: true },
      { name: 'migrate', exitCode: 0, essential: false },
    ]);
  });

  test('of an update without a deployment go by revision', () => {
    const ours = task({ startedBy: 'ecs-svc/1' });
    expect(ownStoppedTasks([ours, task({ taskDefinition: arn(1) })], { ...own, deployment: null })).toEqual([
      ours,
    ]);
  });
});

describe('ownEvents', () => {
  const started = event('has started 1 tasks: (task 1).', now - 3000);
  const before = event('has reached a steady state.', now - minute);
  const unable = event('was unable to place a task.', now - 2000, 'a');
  const messages = (
    events: readonly ReturnType<typeof event>[],
    baseline: readonly string[] = [],
  ): string[] => ownEvents(service(undefined, { events }), new Set(baseline)).map(({ message }) => message);

  test('are those that were not there before, the oldest first', () => {
    expect(messages([unable, started, before], [before.id])).toEqual([started.message, unable.message]);
  });
  test('keep the order of ECS where the time is the same', () => {
    const second = event('has stopped 1 running tasks: (task 0).', now - 3000);
    expect(messages([second, started])).toEqual([started.message, second.message]);
  });
  test('come without noise and without repetition', () => {
    const noise = event('registered 1 targets in (target-group arn:x)');
    const again = { ...unable, id: 'b', at: now };
    expect(messages([again, noise, unable])).toEqual([unable.message]);
  });
  test('may be none', () => {
    expect(messages([])).toEqual([]);
  });
});

describe('describeProgress', () => {
  const ours = deployment({ id: 'ecs-svc/2', rolloutState: 'IN_PROGRESS', running: 1, pending: 1 });
  const old = deployment({ status: 'ACTIVE' });
  test.each([
    [
      'both',
      service([ours, old]),
      'ecs-svc/2',
      'new 1/2 running (50 %), 1 pending, 0 failed · old 2 running · capacity 150 %',
    ],
    [
      'drain',
      service([
        { ...ours, running: 2, pending: 0, rolloutState: 'COMPLETED' as const },
        { ...old, running: 1 },
      ]),
      'ecs-svc/2',
      'new 2/2 running (100 %), 0 pending, 0 failed · old 1 running, draining · capacity 150 %',
    ],
    ['alone', service([ours]), 'ecs-svc/2', 'new 1/2 running (50 %), 1 pending, 0 failed · capacity 50 %'],
    [
      'desired 0',
      service([{ ...ours, desired: 0, running: 0, pending: 0 }]),
      'ecs-svc/2',
      'new 0/0 running, 0 pending, 0 failed',
    ],
    ['attributes only', service(), null, '2/2 running (100 %), 0 pending, 0 failed · capacity 100 %'],
    [
      'gone',
      service(),
      'ecs-svc/2',
      'our deployment is not there · PRIMARY is ecs-svc/1: 2/2 running (100 %), 0 pending, 0 failed',
    ],
    ['missing', missing(), 'ecs-svc/2', 'the service is not visible'],
    [
      'deleted',
      { ...service([ours]), status: 'DRAINING' as const },
      'ecs-svc/2',
      'service DRAINING · new 1/2 running (50 %), 1 pending, 0 failed · capacity 50 %',
    ],
    [
      'rolled back',
      service([deployment(), { ...ours, status: 'ACTIVE' }]),
      'ecs-svc/2',
      'new 1/2 running (50 %), 1 pending, 0 failed · old 2 running · capacity 150 % · PRIMARY is ecs-svc/1',
    ],
  ] as const)('%s', (_name, snapshot, id, line) => {
    expect(describeProgress(snapshot, id)).toBe(line);
  });
});
