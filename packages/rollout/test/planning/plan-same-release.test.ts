// The wanted release runs already, is on its way, or has failed.
import { describe, test } from '@jest/globals';
import {
  arn,
  deployment,
  event,
  minute,
  now,
  planInput,
  revisionOf,
  service,
  wanted,
  withoutState,
} from '../builders.ts';
import type { Plan } from '../../src/index.ts';
import { expectPlan } from './plan-case.ts';
import type { PlanCase } from './plan-case.ts';

const w = wanted();
const ours = revisionOf(2, w, { replaces: 'web:1' });
const failedOurs = revisionOf(2, w, { replaces: 'web:1', outcome: 'failed' });
const rollingBack = revisionOf(2, w, { replaces: 'web:1', outcome: 'rolling-back' });
const oursPrimary = deployment({ id: 'ecs-svc/2', taskDefinition: arn(2), createdAt: now - minute });
const old = deployment({ status: 'ACTIVE' });
const runs = (primary: ReturnType<typeof deployment>, ...others: ReturnType<typeof deployment>[]) => ({
  service: service([primary, ...others]),
  latest: ours,
  current: ours,
});

const cutOff = 'An earlier run was cut off before its bake was over; bake is not set now, so it is not done.';

const cases: readonly PlanCase[] = [
  [
    'the same release runs and is COMPLETED',
    planInput(runs(oursPrimary)),
    'none',
    { deployment: 'ecs-svc/2' },
  ],
  [
    'the same, with a failed leftover without tasks',
    planInput(
      runs(
        oursPrimary,
        deployment({ id: 'ecs-svc/7', status: 'ACTIVE', rolloutState: 'FAILED', running: 0 }),
      ),
    ),
    'none',
    {},
  ],
  [
    'the same, without a rolloutState, alone and full',
    planInput(runs(withoutState(oursPrimary))),
    'none',
    {},
  ],
  [
    'the same, without a rolloutState, full but not yet steady behind its load balancer',
    planInput({
      service: service([withoutState(oursPrimary)], { events: [event('has started 2 tasks: (task 1).')] }),
      latest: ours,
      current: ours,
    }),
    'adopt',
    { deployment: 'ecs-svc/2', rollbackTo: 'web:1' },
  ],
  [
    'the same, force',
    planInput({ ...runs(oursPrimary), options: { force: true } }),
    'update',
    { adoptRevision: arn(2), rollbackTo: 'web:1' },
  ],
  [
    'the same, deregistered meanwhile, force',
    planInput({
      ...runs(oursPrimary),
      current: revisionOf(2, w, {}, { status: 'INACTIVE' }),
      latest: null,
      options: { force: true },
    }),
    'update',
    {},
  ],
  ...(
    [
      ['baking', true, 'adopt', { rollbackTo: 'web:1' }],
      ['baking', false, 'none', { notes: [cutOff] }],
      ['baked', true, 'none', { notes: [] }],
      ['retried', true, 'none', { notes: [] }],
      ['rolling-back', false, 'adopt', { rollbackTo: 'web:1' }],
    ] satisfies readonly (readonly [string, boolean, Plan['action'], Partial<Plan>])[]
  ).map(([outcome, bake, action, more]): PlanCase => {
    const current = revisionOf(2, w, { replaces: 'web:1', outcome });
    const input = planInput({ ...runs(oursPrimary), current, latest: current, options: { bake } });
    return [`the same, up, marked ${outcome}, ${bake ? 'with' : 'without'} a bake`, input, action, more];
  }),
  [
    'the same, up, not baked to its end, force',
    planInput({
      ...runs(oursPrimary),
      current: revisionOf(2, w, { replaces: 'web:1', outcome: 'baking' }),
      options: { force: true, bake: true },
    }),
    'update',
    { adoptRevision: arn(2) },
  ],
  [
    'the same, IN_PROGRESS',
    planInput(runs({ ...oursPrimary, rolloutState: 'IN_PROGRESS', running: 1 }, old)),
    'adopt',
    { rollbackTo: 'web:1', deployment: 'ecs-svc/2' },
  ],
  [
    'the same, IN_PROGRESS, force does not start it twice',
    planInput({ ...runs({ ...oursPrimary, rolloutState: 'IN_PROGRESS' }, old), options: { force: true } }),
    'adopt',
    { rollbackTo: 'web:1' },
  ],
  [
    'the same, IN_PROGRESS, full',
    planInput(runs({ ...oursPrimary, rolloutState: 'IN_PROGRESS' })),
    'adopt',
    { rollbackTo: 'web:1' },
  ],
  [
    'the same, COMPLETED, old tasks drain',
    planInput(runs(oursPrimary, { ...old, running: 1 })),
    'adopt',
    { rollbackTo: 'web:1' },
  ],
  [
    'the same, COMPLETED, but a task is lost',
    planInput(runs({ ...oursPrimary, running: 1 })),
    'adopt',
    { deployment: 'ecs-svc/2' },
  ],
  ['the same, COMPLETED, a task pending', planInput(runs({ ...oursPrimary, pending: 1 })), 'adopt', {}],
  [
    'the first deployment of it, IN_PROGRESS',
    planInput({
      ...runs({ ...oursPrimary, rolloutState: 'IN_PROGRESS', running: 0 }),
      current: revisionOf(2, w),
      latest: null,
    }),
    'adopt',
    { firstDeployment: true },
  ],
  [
    'the same, FAILED',
    planInput(runs({ ...oursPrimary, rolloutState: 'FAILED', running: 0 }, old)),
    'refuse-failed',
    {},
  ],
  [
    'the same, FAILED, force',
    planInput({
      ...runs({ ...oursPrimary, rolloutState: 'FAILED', running: 0 }, old),
      options: { force: true },
    }),
    'update',
    { rollbackTo: 'web:1', adoptRevision: arn(2) },
  ],
  [
    'the same, marked as failed, IN_PROGRESS for ever',
    planInput({
      ...runs({ ...oursPrimary, rolloutState: 'IN_PROGRESS', running: 0 }),
      current: failedOurs,
      latest: failedOurs,
    }),
    'refuse-failed',
    {},
  ],
  [
    'the same, left crashing by a run that was killed before it went back',
    planInput({
      ...runs({ ...oursPrimary, rolloutState: 'IN_PROGRESS', running: 0, failed: 4 }),
      current: rollingBack,
      latest: rollingBack,
    }),
    'adopt',
    { deployment: 'ecs-svc/2', rollbackTo: 'web:1' },
  ],
  [
    'the same, scaled to 0 by a run that was killed right after',
    planInput({
      ...runs({ ...oursPrimary, desired: 0, running: 0 }),
      current: rollingBack,
      latest: rollingBack,
    }),
    'refuse-failed',
    {},
  ],
  [
    'the same, gone back from by a run that was killed right after',
    planInput({ latest: rollingBack }),
    'refuse-failed',
    {},
  ],
  [
    'the same, marked as failed and scaled to 0',
    planInput({
      ...runs({ ...oursPrimary, desired: 0, running: 0 }),
      current: failedOurs,
      latest: failedOurs,
    }),
    'refuse-failed',
    {},
  ],
  [
    'the same, marked as failed, looks well for the moment',
    planInput({ ...runs(oursPrimary), current: failedOurs, latest: failedOurs }),
    'refuse-failed',
    {},
  ],
  ['the same, desired count 0', planInput(runs({ ...oursPrimary, desired: 0, running: 0 })), 'none', {}],
];

describe('planService', () => {
  test.each(cases)('%s', (_name, input, action, more) => {
    expectPlan(input, action, more);
  });
});
