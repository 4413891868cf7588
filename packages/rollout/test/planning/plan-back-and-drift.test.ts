// Where a plan would go back to, and what it tells of a service that needs nothing.
import { describe, expect, test } from '@jest/globals';
import { planService } from '../../src/index.ts';
import {
  arn,
  deployment,
  planInput,
  revision,
  revisionOf,
  service,
  wanted,
  withoutState,
} from '../builders.ts';

describe('where to go back to', () => {
  test('the younger of those that worked', () => {
    const others = [1, 2].map((number) =>
      deployment({
        id: `ecs-svc/${number}`,
        status: 'ACTIVE',
        taskDefinition: arn(number),
        createdAt: number,
      }),
    );
    const failed = deployment({
      id: 'ecs-svc/3',
      taskDefinition: arn(3),
      rolloutState: 'FAILED',
      running: 0,
    });
    const input = planInput({ service: service([failed, ...others]), current: revision(3), latest: null });
    expect(planService(input).rollbackTo).toBe('web:2');
  });

  const before = revision(2, { version: '1.0.14.RELEASE', replaces: 'web:1' });
  const without = (members: Parameters<typeof withoutState>[0], current = before) =>
    planService(
      planInput({
        current,
        latest: null,
        service: service([withoutState({ id: 'ecs-svc/2', taskDefinition: arn(2), running: 0, ...members })]),
      }),
    );

  test('to what the service has, although no task of it is wanted', () => {
    expect(without({ desired: 0 })).toMatchObject({ rollbackTo: 'web:2', rollbackDesired: 0 });
  });

  test('not to what has failed and was set to no tasks', () => {
    expect(without({ desired: 0 }, revision(2, { outcome: 'failed' }))).toMatchObject({
      firstDeployment: true,
    });
  });

  test('past one that lost all its tasks, and says so', () => {
    const plan = without({ desired: 2 });
    expect(plan.rollbackTo).toBe('web:1');
    expect(plan.notes.join(' ')).toContain(
      '1.0.14.RELEASE (web:2) is not steady, 0 of 2 tasks run: a failure goes back to web:1, which was.',
    );
  });

  test('not to an older one when a release that was up has lost a task', () => {
    const ours = revisionOf(1, wanted(), { replaces: 'web:0' });
    const input = planInput({ current: ours, latest: ours, service: service([deployment({ running: 1 })]) });
    expect(planService(input)).toMatchObject({ action: 'adopt' });
    expect(planService(input)).not.toHaveProperty('rollbackTo');
  });

  test('a deployment with older tasks beside it is not the first', () => {
    const ours = revisionOf(2, wanted());
    const flying = deployment({ id: 'ecs-svc/2', taskDefinition: arn(2), rolloutState: 'IN_PROGRESS' });
    const input = planInput({
      current: ours,
      latest: ours,
      service: service([flying, deployment({ status: 'ACTIVE' })]),
    });
    expect(planService(input)).toMatchObject({ action: 'adopt' });
    expect(planService(input)).not.toHaveProperty('firstDeployment');
  });
});

describe('the desired count to go back to, when a rollout is adopted', () => {
  const adopted = (before: string, options = {}, count = 3) => {
    const ours = revisionOf(2, wanted(), { replaces: 'web:1', replacesDesired: before });
    const flying = deployment({
      id: 'ecs-svc/2',
      taskDefinition: arn(2),
      rolloutState: 'IN_PROGRESS',
      desired: count,
    });
    const beside = deployment({ status: 'ACTIVE' });
    return planService(
      planInput({ current: ours, latest: ours, service: service([flying, beside]), options }),
    );
  };

  test('is the one that the run before it has noted', () => {
    expect(adopted('2')).toMatchObject({ action: 'adopt', rollbackTo: 'web:1', rollbackDesired: 2 });
    expect(adopted('0')).toMatchObject({ rollbackDesired: 0 });
  });

  test.each([
    ['auto scaling owns it', '2', { scalable: true }],
    ['it is what it was', '3', {}],
    ['the note is none', '', {}],
    ['the note is nonsense', '-1e9', {}],
    ['the note is absurd', '99999999999999999999', {}],
  ])('is not sent when %s', (_why, before, options) => {
    const plan = adopted(before, options);
    expect(plan.rollbackTo).toBe('web:1');
    expect(plan).not.toHaveProperty('rollbackDesired');
  });
});

describe('nothing to do', () => {
  const ours = revisionOf(1, wanted());
  test('tells what drifted, and leaves it', () => {
    const plan = planService(
      planInput({ current: ours, latest: ours, service: service([deployment({ desired: 3, running: 3 })]) }),
    );
    expect(plan.action).toBe('none');
    expect(plan.notes[0]).toContain('service.desiredCount: 3 → 2');
    expect(plan.notes.join()).toContain('force');
  });

  test('a count that auto scaling owns is no drift', () => {
    const scaled = service([deployment({ desired: 3, running: 3 })]);
    const plan = planService(
      planInput({ current: ours, latest: ours, service: scaled, options: { scalable: true } }),
    );
    expect(plan.notes.join()).not.toContain('differs');
  });
});
