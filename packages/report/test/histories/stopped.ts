// Somebody stops the deployment in Bamboo while the rollout is under way.
import { opening } from './opening.ts';
import type { History } from './recorder.ts';
import { deployment, newDeployment, oldDeployment, poll, revision, said } from './service.ts';

const started = said(5, 'has started 1 tasks: (task 0f7c1b9a2d).');
const old = deployment(oldDeployment, {
  at: -86_400,
  status: 'ACTIVE',
  rolloutState: 'COMPLETED',
  running: 2,
});
const young = (pending: number) =>
  deployment(newDeployment, { at: 3, taskDefinition: revision(15), pending });
const watched = { startedAt: 3, watch: newDeployment };

export const stopped: History = [
  ...opening('1.0.15.RELEASE', '1.0.14.RELEASE', 14),
  [3, { kind: 'message', level: 'info', text: 'Registered hid-generator:15' }],
  [3, { kind: 'phase', name: 'watch', title: 'Watch' }],
  poll({ at: 4, ...watched, deployments: [young(0), old] }),
  poll({ at: 6, ...watched, deployments: [young(1), old], events: [started] }),
  [9, { kind: 'message', level: 'info', text: 'Asked for progress: in the phase Watch for 6 s; going on.' }],
  [14, { kind: 'message', level: 'warning', text: 'SIGTERM: stopping at the next safe point' }],
  [
    14,
    {
      kind: 'summary',
      exitCode: 75,
      outcome: 'stopped',
      sentence:
        'stopped by SIGTERM in the phase Watch. The deployment ecs-svc/2222222222222222222 of hid-generator is under way; ECS goes on with it.',
      todo: 'Run the same command again: it finds what is under way and goes on from there.',
      rows: [['Service', 'hid-generator in qa']],
    },
  ],
];
