// Services that are not there, go away, or belong to another controller.
import { describe, test } from '@jest/globals';
import { arn, missing, planInput, revision, revisionOf, service, wanted } from '../builders.ts';
import { expectPlan } from './plan-case.ts';
import type { PlanCase } from './plan-case.ts';

const w = wanted();
const ours = revisionOf(2, w, { replaces: 'web:1' });
const failedOurs = revisionOf(2, w, { replaces: 'web:1', outcome: 'failed' });

const cases: readonly PlanCase[] = [
  [
    'a service that is not there',
    planInput({ service: missing(), current: null, latest: null }),
    'create',
    { firstDeployment: true },
  ],
  [
    'a deleted service',
    planInput({ service: missing('INACTIVE'), current: null, latest: null }),
    'create',
    { firstDeployment: true },
  ],
  [
    'not there, our revision left by a killed run',
    planInput({ service: missing(), current: null, latest: ours }),
    'create',
    { adoptRevision: arn(2) },
  ],
  [
    'not there, our revision failed before',
    planInput({ service: missing(), current: null, latest: failedOurs }),
    'refuse-failed',
    {},
  ],
  [
    'not there, failed before, force',
    planInput({ service: missing(), current: null, latest: failedOurs, options: { force: true } }),
    'create',
    { adoptRevision: arn(2) },
  ],
  ['DRAINING', planInput({ service: missing('DRAINING') }), 'wait', {}],
  [
    'DRAINING, take over',
    planInput({ service: missing('DRAINING'), options: { onOtherDeployment: 'take-over' } }),
    'wait',
    {},
  ],
  [
    'DRAINING, refuse',
    planInput({ service: missing('DRAINING'), options: { onOtherDeployment: 'refuse' } }),
    'refuse',
    {},
  ],
  ['CODE_DEPLOY', planInput({ service: service([], { controller: 'CODE_DEPLOY' }) }), 'refuse', {}],
  ['EXTERNAL', planInput({ service: service([], { controller: 'EXTERNAL' }) }), 'refuse', {}],
  [
    'to be created under CODE_DEPLOY',
    planInput({
      service: missing(),
      latest: null,
      current: null,
      wanted: wanted({
        'service-definition': {
          serviceName: 'web',
          cluster: 'qa',
          deploymentController: { type: 'CODE_DEPLOY' },
        },
      }),
    }),
    'refuse',
    {},
  ],
  ['another release runs', planInput(), 'update', { rollbackTo: 'web:1', rollbackDesired: 2 }],
  [
    'a revision that is not ours runs',
    planInput({ current: revision(1), latest: revision(1) }),
    'update',
    { rollbackTo: 'web:1' },
  ],
  [
    'the running revision cannot be read',
    planInput({ current: null, latest: null }),
    'update',
    { rollbackTo: 'web:1' },
  ],
  [
    'the same release for another environment',
    planInput({ current: revisionOf(1, wanted({}, { environment: 'Production' })), latest: null }),
    'update',
    {},
  ],
  [
    'the same release for another service',
    planInput({ current: revisionOf(1, w, { service: 'other' }), latest: null }),
    'update',
    {},
  ],
  [
    'the same release in another cluster',
    planInput({ current: revisionOf(1, w, { cluster: 'other' }), latest: null }),
    'update',
    {},
  ],
];

describe('planService', () => {
  test.each(cases)('%s', (_name, input, action, more) => {
    expectPlan(input, action, more);
  });
});
