// 1.0.15.RELEASE rolls over 1.0.14.RELEASE: two tasks, one after the other, a quiet minute between.
import { opening } from './opening.ts';
import type { History } from './recorder.ts';
import { deployment, newDeployment, oldDeployment, poll, revision, said } from './service.ts';

const before = said(-3600, 'has reached a steady state.');
const started = said(5, 'has started 1 tasks: (task 0f7c1b9a2d).');
const registered = said(21, 'registered 1 instances in (elb hid-generator)');
const stopped = said(24, 'has stopped 1 running tasks: (task 77aa01).');
const second = said(26, 'has started 1 tasks: (task 5d1e88c0aa).');
const steady = said(131, 'has reached a steady state.');

const watch = newDeployment;
const startedAt = 3;
const old = (running: number) =>
  deployment(oldDeployment, { at: -86_400, status: 'ACTIVE', rolloutState: 'COMPLETED', running });
const young = (running: number, pending: number) =>
  deployment(newDeployment, { at: 3, taskDefinition: revision(15), running, pending });

const quiet = Array.from({ length: 7 }, (_, index) =>
  poll({
    at: 36 + index * 12,
    startedAt,
    watch,
    deployments: [young(1, 1), old(1)],
    events: [before, started, registered, stopped, second],
  }),
);

export const success: History = [
  ...opening('1.0.15.RELEASE', '1.0.14.RELEASE', 14),
  [3, { kind: 'message', level: 'info', text: 'Registered hid-generator:15' }],
  [
    3,
    { kind: 'message', level: 'info', text: 'Updated hid-generator, deployment ecs-svc/2222222222222222222' },
  ],
  [3, { kind: 'phase', name: 'watch', title: 'Watch' }],
  poll({ at: 4, startedAt, watch, deployments: [young(0, 0), old(2)], events: [before] }),
  poll({ at: 6, startedAt, watch, deployments: [young(0, 1), old(2)], events: [before, started] }),
  poll({ at: 7, startedAt, watch, deployments: [young(0, 1), old(2)], events: [before, started] }),
  poll({
    at: 22,
    startedAt,
    watch,
    deployments: [young(1, 0), old(2)],
    events: [before, started, registered],
  }),
  poll({
    at: 27,
    startedAt,
    watch,
    deployments: [young(1, 1), old(1)],
    events: [before, started, registered, stopped, second],
  }),
  ...quiet,
  poll({
    at: 123,
    startedAt,
    watch,
    deployments: [young(2, 0), old(1)],
    events: [before, started, registered, stopped, second],
  }),
  poll({
    at: 135,
    startedAt,
    watch,
    deployments: [
      deployment(newDeployment, {
        at: 3,
        taskDefinition: revision(15),
        running: 2,
        rolloutState: 'COMPLETED',
      }),
    ],
    events: [before, started, registered, stopped, second, steady],
  }),
  [
    135,
    {
      kind: 'verdict',
      service: 'hid-generator',
      verdict: {
        kind: 'steady',
        reason: '2 of 2 tasks run hid-generator:15 (1.0.15.RELEASE), no older task is left.',
      },
    },
  ],
  [
    136,
    {
      kind: 'summary',
      exitCode: 0,
      outcome: 'steady',
      sentence:
        'hid-generator 1.0.15.RELEASE is installed: 2 of 2 tasks run hid-generator:15 (1.0.15.RELEASE), no older task is left.',
      rows: [
        ['Release', 'hid-generator 1.0.15.RELEASE (2c26b46b68ff)'],
        ['Environment', 'QA'],
        ['Service', 'hid-generator in qa'],
        ['Outputs', 'target/bamboo-ecs'],
      ],
    },
  ],
];
