// Histories whose deployment stays ours: steady, on its way, timed out.
import type { DeploymentSnapshot } from '../../src/index.ts';
import { event, minute, now, withoutState } from '../builders.ts';
import { fresh, late, older, ours, startedAt } from './judge-history.ts';
import { describeCases } from './verdict-case.ts';
import type { Case } from './verdict-case.ts';

const up = ours({ rolloutState: 'COMPLETED' });
const classic = (members: Partial<DeploymentSnapshot> = {}): DeploymentSnapshot =>
  withoutState(ours(members));
const steadyEvent = event('has reached a steady state.', now - 1000);
const startedEvent = event('has started 2 tasks: (task 1) (task 2).', now - 4 * minute);

const steadyCases: readonly Case[] = [
  ['COMPLETED, alone', [up], 'steady', '2 of 2 tasks run web:2 (1.0.15.RELEASE), no older task is left'],
  ['COMPLETED, the old one is listed without tasks', [up, older({ running: 0 })], 'steady'],
  ['COMPLETED, a failed leftover for ever', [up, older({ rolloutState: 'FAILED', running: 0 })], 'steady'],
  ['COMPLETED at the deadline', [up], 'steady', '', late],
  ['COMPLETED, one old task drains', [up, older({ running: 1 })], null],
  ['COMPLETED, one old task is still pending', [up, older({ running: 0, pending: 1 })], null],
  [
    'COMPLETED, drains at the deadline',
    [up, older({ running: 1 })],
    'timed-out',
    '1 task of older deployments still drain',
    late,
  ],
  [
    'COMPLETED, a container is unhealthy at the deadline',
    [up],
    'timed-out',
    'but the containers of 1 task are UNHEALTHY.',
    late,
    { containerHealth: { healthy: 1, unhealthy: 1, unknown: 0 } },
  ],
  ['COMPLETED, but one of ours has died', [{ ...up, running: 1 }], null],
  ['the same at the deadline', [{ ...up, running: 1 }], 'timed-out', '1 of 2', late],
  ['COMPLETED, more than wanted while scaling in', [{ ...up, running: 3 }], 'steady'],
  ['COMPLETED, one task, singular', [{ ...up, desired: 1, running: 1 }], 'steady', '1 of 1 task runs'],
  ['COMPLETED, desired 0', [{ ...up, desired: 0, running: 0 }], 'steady', 'nothing is proven'],
  ['desired 0, old tasks still there', [{ ...up, desired: 0, running: 0 }, older()], null],
  [
    'early success: enough of them',
    [{ ...up, desired: 4, running: 3 }],
    'steady',
    '3 of 4',
    {},
    {
      definition: { deploymentConfiguration: { earlySuccessCriteria: { enable: true, healthyPercent: 75 } } },
    },
  ],
  ['adopted and COMPLETED, a task is lost', [{ ...up, running: 1 }], null, '', { adopted: true }],
];

const progressCases: readonly Case[] = [
  ['nothing started yet', [ours({ running: 0 }), older()], null],
  ['half of it runs', [ours({ running: 1, pending: 1 }), older()], null],
  ['all run, not COMPLETED', [ours()], null],
  [
    'IN_PROGRESS at the deadline',
    [ours({ running: 1, failed: 1 }), older()],
    'timed-out',
    'After 5 min 1 of 2 tasks run web:2 (1.0.15.RELEASE), 0 pending, 1 failed, 2 tasks of older deployments left, the rollout is IN_PROGRESS',
    late,
  ],
  ['a moment before the deadline', [ours()], null, '', { deadline: now + 1 }],
  [
    'never any progress, no events, as one emulator does',
    [ours({ running: 0, pending: 2 })],
    'timed-out',
    '0 of 2',
    late,
  ],
];

const classicCases: readonly Case[] = [
  ['full and ECS says steady', [classic()], 'steady', '2 of 2', {}, { events: [steadyEvent, startedEvent] }],
  ['full, started, not yet steady', [classic()], null, '', {}, { events: [startedEvent] }],
  [
    'steady before the last start',
    [classic()],
    null,
    '',
    {},
    { events: [event('has started 1 tasks: (task 3).', now - 500), steadyEvent] },
  ],
  ['full, no events, old enough', [classic()], 'steady'],
  [
    'full, no events, young',
    [classic({ createdAt: now - 30_000, updatedAt: now - 30_000 })],
    null,
    '',
    fresh,
  ],
  [
    'steady of before our deployment',
    [classic()],
    null,
    '',
    {},
    { events: [startedEvent, event('has reached a steady state.', startedAt - 1)] },
  ],
  ['full, an old one has tasks', [classic(), older({ running: 1 })], null, '', {}, { events: [steadyEvent] }],
  ['not full', [classic({ running: 1 })], null, '', {}, { events: [steadyEvent] }],
  ['pending', [classic({ pending: 1 })], null, '', {}, { events: [steadyEvent] }],
  ['not full at the deadline', [classic({ running: 1 })], 'timed-out', '1 of 2', late],
];

describeCases({ steadyCases, progressCases, classicCases });
