// A plan in the log, and whether it still holds.
import { describe, expect, test } from '@jest/globals';
import { changedSince, describePlan, planService } from '../../src/index.ts';
import { deployment, missing, planInput, revision, revisionOf, service, wanted } from '../builders.ts';

const lines = (input: Parameters<typeof planInput>[0]): string[] =>
  describePlan(planService(planInput(input)));

describe('describePlan', () => {
  test('of an update', () => {
    const before = revision(1, { version: '1.0.14.RELEASE' }, { definition: { family: 'web', cpu: '256' } });
    expect(
      lines({
        current: before,
        latest: before,
        wanted: wanted({ 'task-definition': { family: 'web', cpu: '512' } }),
      }),
    ).toEqual([
      'web in qa: update the service',
      'The service runs 1.0.14.RELEASE (web:1), 1.0.15.RELEASE replaces it.',
      'steps: register a revision of web, then UpdateService pinned to it',
      'differences:',
      '  taskDefinition.cpu: "256" → "512"',
      'on failure: back to web:1 with 2 tasks',
    ]);
  });

  test('of an update that differs in nothing that ECS shows', () => {
    expect(lines({})).toContain('no difference between what runs and what is wanted');
  });

  test('of a create', () => {
    expect(lines({ service: missing(), current: null, latest: null })).toEqual([
      'web in qa: create the service',
      'There is no such service in the cluster: it is created with 1.0.15.RELEASE.',
      'steps: register a revision of web, then CreateService pinned to it',
      'on failure: desired count 0, there is nothing to go back to',
    ]);
  });

  test('of an adopted revision, of a refusal, of nothing', () => {
    const ours = revisionOf(2, wanted());
    expect(lines({ latest: ours })).toContain('steps: use web:2, then UpdateService pinned to it');
    expect(lines({ latest: revisionOf(2, wanted(), { outcome: 'failed' }) })).toEqual([
      'web in qa: refused: it failed here before',
      '1.0.15.RELEASE (web:2) was installed here before and failed.',
      '→ Publish a release that mends it, or set force to try the same one again.',
    ]);
    const running = revisionOf(1, wanted());
    expect(lines({ current: running, latest: running })).toEqual([
      'web in qa: nothing to do',
      '1.0.15.RELEASE runs already: 2 of 2 tasks run web:1, nothing is in progress.',
    ]);
  });

  test('says when there is no way back', () => {
    const gone = revision(1, {}, { status: 'INACTIVE' });
    expect(lines({ current: gone, latest: null }).at(-1)).toBe(
      'on failure: left as it is, no revision to go back to is known',
    );
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
