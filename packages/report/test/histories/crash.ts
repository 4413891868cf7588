// 1.0.16.RELEASE crashes on start: three tasks stop, the run fails early, 1.0.15.RELEASE is brought back.
import type { Diagnosis } from '@bamboo-ecs/rollout';
import { opening } from './opening.ts';
import { start } from './recorder.ts';
import type { History } from './recorder.ts';
import { backDeployment, deployment, newDeployment, oldDeployment, poll, revision, said } from './service.ts';

const started = [
  said(4, 'has started 2 tasks: (task a1) (task a2).'),
  said(14, 'has started 1 tasks: (task a3).'),
];
const unable = said(
  25,
  'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.',
);
const back = said(33, 'has started 1 tasks: (task b1).');
const steady = said(52, 'has reached a steady state.');

const old = (running: number) =>
  deployment(oldDeployment, {
    at: -9000,
    status: 'ACTIVE',
    rolloutState: 'COMPLETED',
    taskDefinition: revision(15),
    running,
  });
const young = (pending: number, failed: number, status = 'PRIMARY') =>
  deployment(newDeployment, { at: 3, taskDefinition: revision(16), pending, failed, status });
const restored = (running: number, pending: number) =>
  deployment(backDeployment, { at: 30, taskDefinition: revision(15), running, pending });

const evidence: Diagnosis['evidence'] = [
  {
    kind: 'deployment',
    at: start + 25_000,
    text: 'ecs-svc/2222222222222222222 hid-generator:16 PRIMARY IN_PROGRESS, 0 of 2 running, 0 pending, 3 failed',
  },
  { kind: 'event', at: unable.at, text: unable.message },
  {
    kind: 'task',
    at: start + 12_000,
    text: 'a1 EssentialContainerExited: Essential container in task exited',
  },
  {
    kind: 'container',
    at: start + 12_000,
    text: 'a1 hid-generator: exit code 1 (the program reports an error), image registry.example.com/hid-generator:1.0.16.RELEASE',
  },
  {
    kind: 'task',
    at: start + 13_000,
    text: 'a2 EssentialContainerExited: Essential container in task exited',
  },
];

const diagnosis: Diagnosis = {
  cause: 'crash-loop',
  sentence: 'The container hid-generator exits with code 1 soon after it starts, in 3 tasks.',
  advice:
    "Read the container's output in the log group /ecs/hid-generator, streams web/…; mend the image and build again.",
  evidence,
};

const watched = { startedAt: 3, watch: newDeployment };
const followed = { startedAt: 30, watch: backDeployment };

export const crash: History = [
  ...opening('1.0.16.RELEASE', '1.0.15.RELEASE', 15),
  [3, { kind: 'message', level: 'info', text: 'Registered hid-generator:16' }],
  [3, { kind: 'phase', name: 'watch', title: 'Watch' }],
  poll({ at: 4, ...watched, deployments: [young(0, 0), old(2)], events: [] }),
  poll({ at: 6, ...watched, deployments: [young(2, 0), old(1)], events: started.slice(0, 1) }),
  poll({ at: 13, ...watched, deployments: [young(0, 2), old(1)], events: started.slice(0, 1) }),
  poll({ at: 16, ...watched, deployments: [young(1, 2), old(1)], events: started }),
  [
    17,
    {
      kind: 'message',
      level: 'warning',
      text: 'ECS could not be asked: Rate exceeded (ThrottlingException)',
    },
  ],
  poll({ at: 25, ...watched, deployments: [young(0, 3), old(1)], events: [...started, unable] }),
  [
    26,
    {
      kind: 'verdict',
      service: 'hid-generator',
      verdict: {
        kind: 'failed',
        reason:
          'Crash loop: 3 tasks of hid-generator:16 (1.0.16.RELEASE) stopped for the same reason, exit code 1; 0 of 2 tasks run.',
      },
    },
  ],
  [26, { kind: 'phase', name: 'diagnose', title: 'Diagnose' }],
  [27, { kind: 'diagnosis', service: 'hid-generator', diagnosis }],
  [27, { kind: 'phase', name: 'roll-back', title: 'Roll back' }],
  [
    30,
    {
      kind: 'message',
      level: 'info',
      text: 'Updated hid-generator back to hid-generator:15, deployment ecs-svc/3333333333333333333',
    },
  ],
  poll({
    at: 31,
    ...followed,
    deployments: [restored(0, 0), young(0, 3, 'ACTIVE'), old(1)],
    events: [...started, unable],
  }),
  poll({ at: 35, ...followed, deployments: [restored(0, 1), old(1)], events: [...started, unable, back] }),
  poll({ at: 48, ...followed, deployments: [restored(1, 1), old(1)], events: [...started, unable, back] }),
  poll({
    at: 55,
    ...followed,
    deployments: [
      deployment(backDeployment, {
        at: 30,
        taskDefinition: revision(15),
        running: 2,
        rolloutState: 'COMPLETED',
      }),
    ],
    events: [...started, unable, back, steady],
  }),
  [
    55,
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
    56,
    {
      kind: 'summary',
      exitCode: 5,
      outcome: 'failed',
      sentence:
        'hid-generator 1.0.16.RELEASE did not come up on QA; hid-generator is back on hid-generator:15 and steady (2 of 2 tasks)',
      todo: diagnosis.advice,
      rows: [
        ['Release', 'hid-generator 1.0.16.RELEASE (fcde2b2edba5)'],
        ['Environment', 'QA'],
        ['Service', 'hid-generator in qa'],
        [
          'Record',
          'https://artifactory.example.com/artifactory/descriptors-RELEASE-local/hid-generator/records/20160302T140500Z.html',
        ],
      ],
    },
  ],
];
