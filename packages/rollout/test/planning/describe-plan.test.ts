// A plan in the log, and whether it still holds.
import { describe, expect, test } from '@jest/globals';
import { changedSince, planService, planSteps, planTitle, pollsWithin, wayBack } from '../../src/index.ts';
import type { Plan } from '../../src/index.ts';
import { deployment, missing, planInput, revision, revisionOf, service, wanted } from '../builders.ts';

const plan = (input: Parameters<typeof planInput>[0]): Plan => planService(planInput(input));
const steps = (input: Parameters<typeof planInput>[0]): string[] =>
  planSteps(plan(input)).map(({ text }) => text);

describe('planSteps', () => {
  const before = revision(1, { version: '1.0.14.RELEASE' }, { definition: { family: 'web', cpu: '256' } });
  const cpu = wanted({ 'task-definition': { family: 'web', cpu: '512' } });

  test('of an update: each call that changes something, once, and the watch', () => {
    const update = plan({ current: before, latest: before, wanted: cpu });
    expect(planTitle(update)).toBe('web in qa: update the service');
    expect(wayBack(update)).toBe('back to web:1 with 2 tasks');
    expect(planSteps(update)).toEqual([
      { text: 'register a revision of web', operation: 'RegisterTaskDefinition', calls: 1 },
      {
        text: 'update the service web, pinned to that revision',
        operation: 'UpdateService',
        calls: 1,
      },
      { text: 'ECS replaces every running task' },
      { text: 'watch until it is steady', operation: 'DescribeServices' },
    ]);
  });

  test('with a time-out the polls are counted', () => {
    const update = { ...plan({ current: before, latest: before, wanted: cpu }), timeoutMs: 300_000 };
    expect(planSteps(update).at(-1)).toEqual({
      text: 'watch until it is steady (time-out 5 min)',
      operation: 'DescribeServices',
      calls: pollsWithin(300_000),
    });
  });

  test('only the desired count differs: the tasks are replaced nevertheless, and that is said', () => {
    const two = wanted({ 'service-update': { cluster: 'qa', service: 'web', desiredCount: 5 } });
    const scaled = plan({
      wanted: two,
      options: { force: false, onOtherDeployment: 'wait', scalable: false },
    });
    expect(scaled.differences).toEqual([{ path: 'service.desiredCount', from: 2, to: 5 }]);
    expect(planSteps(scaled)[2]?.text).toBe(
      'ECS replaces every running task and goes from 2 to 5 tasks: only the desired count differs, but a new revision is a new deployment',
    );
  });

  test('desired count 0: nothing is replaced', () => {
    const none = wanted({ 'service-update': { cluster: 'qa', service: 'web', desiredCount: 0 } });
    const options = { force: false, onOtherDeployment: 'wait', scalable: false } as const;
    expect(steps({ wanted: none, options })).toContain(
      'ECS stops every running task; none is started, the desired count is 0',
    );
  });

  test('nothing differs that ECS shows', () => {
    expect(steps({})).toContain(
      'ECS replaces every running task: nothing differs, and yet it is a new deployment',
    );
  });

  test('of a create', () => {
    const create = plan({ service: missing(), current: null, latest: null });
    expect(planTitle(create)).toBe('web in qa: create the service');
    expect(wayBack(create)).toBe('desired count 0, there is nothing to go back to');
    expect(planSteps(create).map(({ operation }) => operation)).toEqual([
      'RegisterTaskDefinition',
      'CreateService',
      undefined,
      'DescribeServices',
    ]);
    expect(planSteps(create)[2]?.text).toMatch(/^ECS starts /u);
  });

  test('of an adopted revision, of a refusal, of nothing', () => {
    const ours = revisionOf(2, wanted());
    expect(steps({ latest: ours })[0]).toBe('use web:2, which is registered already');
    const refused = plan({ latest: revisionOf(2, wanted(), { outcome: 'failed' }) });
    expect(planTitle(refused)).toBe('web in qa: refused: it failed here before');
    expect([planSteps(refused), wayBack(refused)]).toEqual([[], null]);
    const running = revisionOf(1, wanted());
    const none = plan({ current: running, latest: running });
    expect(planTitle(none)).toBe('web in qa: nothing to do');
    expect([planSteps(none), wayBack(none)]).toEqual([[], null]);
  });

  test('says when there is no way back', () => {
    const stuck = service([deployment({ rolloutState: 'FAILED' })]);
    expect(wayBack(plan({ service: stuck }))).toBe('left as it is, no revision to go back to is known');
  });
});

describe('pollsWithin', () => {
  test('a rollout of five minutes takes at most 44 polls, one of no length at least one', () => {
    expect(pollsWithin(300_000)).toBeLessThanOrEqual(44);
    expect(pollsWithin(0)).toBe(1);
    expect(pollsWithin(3_600_000)).toBeGreaterThan(240);
  });
  test('ends for absurd figures', () => {
    expect(pollsWithin(Number.POSITIVE_INFINITY)).toBeGreaterThan(40_000);
    expect(pollsWithin(Number.NaN)).toBe(0);
  });
});

describe('changedSince', () => {
  const update = planService(planInput());
  const create = planService(planInput({ service: missing(), current: null, latest: null }));
  test('is null while the plan holds', () => {
    expect(changedSince(update, service())).toBeNull();
    expect(changedSince(create, missing())).toBeNull();
    expect(changedSince(create, missing('INACTIVE'))).toBeNull();
  });
  test('tells another PRIMARY deployment', () => {
    expect(changedSince(update, service([deployment({ id: 'ecs-svc/5' })]))).toContain(
      'PRIMARY is ecs-svc/5, it was ecs-svc/1',
    );
  });
  test('tells a service that came or went', () => {
    expect(changedSince(create, service())).toContain('somebody else created');
    expect(changedSince(update, missing('DRAINING'))).toContain('DRAINING');
  });
});

test('a plan that a check refuses: nothing in it reads as if it were carried out', () => {
  const findings = [{ check: 'room', level: 'error', message: 'No room.' }] as const;
  const refused = { ...plan({}), findings };
  expect(refused.action).toBe('update');
  expect(planTitle(refused)).toBe('web in qa: refused (would update the service)');
  expect([planSteps(refused), wayBack(refused)]).toEqual([[], null]);
  const warned = { ...refused, findings: [{ ...findings[0], level: 'warning' }] as const };
  expect(planTitle(warned)).toBe('web in qa: update the service');
  expect(planSteps(warned)).not.toEqual([]);
});
