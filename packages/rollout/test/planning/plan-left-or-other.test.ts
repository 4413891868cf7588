// A revision left by a killed run, and deployments of somebody else.
import { describe, test } from '@jest/globals';
import {
  arn,
  deployment,
  minute,
  now,
  planInput,
  revision,
  revisionOf,
  service,
  wanted,
  withoutState,
} from '../builders.ts';
import { expectPlan } from './plan-case.ts';
import type { PlanCase } from './plan-case.ts';

const w = wanted();
const ours = revisionOf(2, w, { replaces: 'web:1' });
const failedOurs = revisionOf(2, w, { replaces: 'web:1', outcome: 'failed' });
const old = deployment({ status: 'ACTIVE' });
const foreign = deployment({
  id: 'ecs-svc/9',
  taskDefinition: arn(9),
  rolloutState: 'IN_PROGRESS',
  running: 1,
});
const foreignRuns = { service: service([foreign, old]), latest: revision(9), current: revision(9) };

const cases: readonly PlanCase[] = [
  [
    'our revision is there but does not run',
    planInput({ latest: ours }),
    'update',
    { adoptRevision: arn(2), rollbackTo: 'web:1' },
  ],
  ['our revision failed and was rolled back', planInput({ latest: failedOurs }), 'refuse-failed', {}],
  [
    'the same, force',
    planInput({ latest: failedOurs, options: { force: true } }),
    'update',
    { adoptRevision: arn(2), rollbackTo: 'web:1' },
  ],
  [
    'our revision failed, ECS still lists it',
    planInput({
      latest: ours,
      service: service([
        deployment(),
        deployment({
          id: 'ecs-svc/2',
          status: 'ACTIVE',
          rolloutState: 'FAILED',
          taskDefinition: arn(2),
          running: 0,
        }),
      ]),
    }),
    'refuse-failed',
    {},
  ],
  [
    'our revision is left over but deregistered',
    planInput({ latest: revisionOf(2, w, {}, { status: 'INACTIVE' }) }),
    'update',
    {},
  ],
  [
    'our failed revision, while ECS rolls back',
    planInput({ latest: failedOurs, service: service([deployment({ rolloutState: 'IN_PROGRESS' })]) }),
    'refuse-failed',
    {},
  ],
  ['somebody else deploys: wait', planInput(foreignRuns), 'wait', {}],
  [
    'somebody else deploys: refuse',
    planInput({ ...foreignRuns, options: { onOtherDeployment: 'refuse' } }),
    'refuse',
    {},
  ],
  [
    'somebody else deploys: take over',
    planInput({ ...foreignRuns, options: { onOtherDeployment: 'take-over' } }),
    'update',
    { rollbackTo: 'web:1' },
  ],
  [
    'somebody else deploys, our revision is left: wait',
    planInput({ ...foreignRuns, latest: ours }),
    'wait',
    {},
  ],
  [
    'somebody else failed and hangs',
    planInput({
      ...foreignRuns,
      service: service([{ ...foreign, rolloutState: 'FAILED', running: 0 }, old]),
    }),
    'update',
    { rollbackTo: 'web:1' },
  ],
  [
    'our release before crashes on without a breaker',
    planInput({
      service: service([{ ...foreign, running: 0 }, old]),
      latest: revision(9, { version: '1.0.14.RELEASE', outcome: 'failed', replaces: 'web:8' }),
      current: null,
    }),
    'update',
    { rollbackTo: 'web:1' },
  ],
  [
    'the same, the good one is not listed any more',
    planInput({
      service: service([{ ...foreign, running: 0 }]),
      latest: revision(9, { outcome: 'failed', replaces: 'web:8' }),
      current: null,
    }),
    'update',
    { rollbackTo: 'web:8' },
  ],
  [
    'a failed first deployment, scaled to 0',
    planInput({
      service: service([deployment({ desired: 0, running: 0 })]),
      latest: revision(1, { outcome: 'failed' }),
      current: null,
    }),
    'update',
    { firstDeployment: true },
  ],
  [
    'classic load balancer, young and not full',
    planInput({ service: service([withoutState({ running: 1, createdAt: now - minute })]) }),
    'wait',
    {},
  ],
  [
    'classic load balancer, old and not full',
    planInput({ service: service([withoutState({ running: 1 })]) }),
    'update',
    { rollbackTo: 'web:1' },
  ],
  [
    'classic load balancer, two deployments with tasks',
    planInput({
      service: service([withoutState(), withoutState({ id: 'ecs-svc/0', status: 'ACTIVE', running: 1 })]),
    }),
    'wait',
    {},
  ],
  [
    'an old one of somebody still drains',
    planInput({
      service: service([deployment(), deployment({ id: 'ecs-svc/0', status: 'ACTIVE', running: 1 })]),
    }),
    'update',
    { rollbackTo: 'web:1' },
  ],
  [
    'ACTIVE without deployments, nothing runs',
    planInput({ service: service([], { desired: 0 }) }),
    'update',
    { firstDeployment: true },
  ],
];

describe('planService', () => {
  test.each(cases)('%s', (_name, input, action, more) => {
    expectPlan(input, action, more);
  });
});
