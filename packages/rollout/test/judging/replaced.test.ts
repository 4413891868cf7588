// Histories in which another deployment takes the place of ours: rolled back, or superseded.
import { arn, deployment, event, minute, now } from '../builders.ts';
import { fresh, late, older, ours, startedAt } from './judge-history.ts';
import { describeCases } from './verdict-case.ts';
import type { Case } from './verdict-case.ts';

const up = ours({ rolloutState: 'COMPLETED' });
const back = deployment({ rolloutState: 'IN_PROGRESS' });
const stranger = deployment({
  id: 'ecs-svc/3',
  taskDefinition: arn(3),
  rolloutState: 'IN_PROGRESS',
  createdAt: now - minute,
});
const breaker = 'ECS deployment circuit breaker: tasks failed to start.';

const oldAnswers: readonly Case[] = [
  ['ours is not in one answer', [deployment()], null, '', { missed: 1 }],
  ['nor in the next', [deployment()], 'failed', '', { missed: 2 }],
  ['another is in its place in one answer', [stranger], null, '', { missed: 1 }],
  ['and in the next', [stranger], 'superseded', '', { missed: 2 }],
  [
    'an event says that ours failed: one answer is enough',
    [deployment()],
    'failed',
    '',
    { missed: 1 },
    { events: [event('(deployment ecs-svc/2) deployment failed: tasks failed to start.', now)] },
  ],
];

const failedCases: readonly Case[] = [
  [
    'PRIMARY before is PRIMARY again, whatever the clocks say',
    [deployment({ createdAt: now + minute })],
    'failed',
  ],
  [
    'ours is there: its own time counts, not our clock',
    [ours({ status: 'ACTIVE' }), deployment({ id: 'ecs-svc/0', createdAt: startedAt - 1 })],
    'failed',
    '',
    { startedAt: startedAt - minute },
  ],
  [
    'FAILED and still PRIMARY',
    [ours({ rolloutState: 'FAILED', running: 0, rolloutStateReason: breaker }), older()],
    'failed',
    'circuit breaker: tasks failed to start',
  ],
  [
    'FAILED and replaced by the old one',
    [ours({ status: 'ACTIVE', rolloutState: 'FAILED', running: 0 }), back],
    'failed',
  ],
  [
    'rolled back to the end, ours is gone, the service looks well',
    [deployment()],
    'failed',
    'ecs-svc/1 of web:1 is PRIMARY again',
  ],
  ['the same, known by its age only', [deployment({ id: 'ecs-svc/0' })], 'failed'],
  ['ours not FAILED but the old one is PRIMARY again', [ours({ status: 'ACTIVE' }), back], 'failed'],
  [
    'rolled back into a new deployment, ECS says so',
    [
      ours({ status: 'ACTIVE', running: 0 }),
      {
        ...stranger,
        rolloutStateReason: 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.',
      },
    ],
    'failed',
    'rolling back to deploymentId ecs-svc/1',
  ],
  [
    'the same, ours gone, an event names it',
    [stranger],
    'failed',
    'deployment failed: tasks failed to start',
    {},
    { events: [event('(deployment ecs-svc/2) deployment failed: tasks failed to start.')] },
  ],
  [
    'an alarm',
    [deployment()],
    'failed',
    'alarm detected',
    {},
    { events: [event('(deployment ecs-svc/2) deployment failed: alarm detected.')] },
  ],
  [
    'another clock: ours was created before our clock says',
    [deployment({ id: 'ecs-svc/0', createdAt: startedAt - 1000 })],
    'failed',
    '',
    { startedAt: now - minute, createdAt: startedAt },
  ],
  [
    'gone within seconds, but an event says why',
    [deployment()],
    'failed',
    '',
    fresh,
    { events: [event('(deployment ecs-svc/2) deployment failed: tasks failed to start.')] },
  ],
];

const supersededCases: readonly Case[] = [
  [
    'an older roll-back is still written on a newer one that is COMPLETED',
    [
      {
        ...stranger,
        rolloutState: 'COMPLETED',
        rolloutStateReason: 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.',
      },
    ],
    'superseded',
  ],
  [
    'a newer one is PRIMARY, ours drains',
    [ours({ status: 'ACTIVE', running: 1 }), stranger],
    'superseded',
    'ecs-svc/3 of web:3',
  ],
  ['a newer one is PRIMARY, ours is gone', [stranger], 'superseded'],
  ['ours had COMPLETED, then came another', [{ ...up, status: 'ACTIVE' }, stranger], 'superseded'],
  ['the same at the deadline', [ours({ status: 'ACTIVE' }), stranger], 'superseded', '', late],
  [
    'a forced new deployment of our revision',
    [ours({ status: 'ACTIVE' }), { ...stranger, taskDefinition: arn(2) }],
    'superseded',
  ],
  [
    'an event of an older failure does not count',
    [stranger],
    'superseded',
    '',
    {},
    { events: [event('rolling back to deployment ecs-svc/1.', now - 90 * minute)] },
  ],
  [
    'an event about an id that begins like ours',
    [stranger],
    'superseded',
    '',
    {},
    { events: [event('(deployment ecs-svc/22) deployment failed: tasks failed to start.')] },
  ],
];

const visibilityCases: readonly Case[] = [
  ['an answer from before the update', [deployment()], null, '', fresh],
  ['the same, when it was adopted', [deployment()], 'failed', '', { ...fresh, adopted: true }],
  ['no PRIMARY at all', [], null],
  ['no PRIMARY at the deadline', [], 'timed-out', 'is not there', late],
  ['no PRIMARY among them at the deadline', [ours({ status: 'ACTIVE' })], 'timed-out', '', late],
];

describeCases({
  'answers that may be old': oldAnswers,
  failedCases,
  supersededCases,
  visibilityCases,
});
