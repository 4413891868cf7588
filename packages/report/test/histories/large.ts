// 400 tasks behind a load balancer, rolled over in three hours, found under way by a second run; two of them stay unhealthy for a while.
import type { TargetGroupSnapshot } from '@bamboo-ecs/rollout';
import { opening } from './opening.ts';
import type { History } from './recorder.ts';
import { deployment, newDeployment, oldDeployment, poll, revision, said } from './service.ts';

const desired = 400;
const minutes = 180;

function targets(healthy: number, unhealthy: number, initial: number): readonly TargetGroupSnapshot[] {
  const states = [
    ...Array<string>(healthy).fill('healthy'),
    ...Array<string>(unhealthy).fill('unhealthy'),
    ...Array<string>(initial).fill('initial'),
  ];
  return [
    {
      id: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef',
      kind: 'target-group',
      targets: states.map((state, index) => ({
        id: `10.0.${Math.floor(index / 250)}.${index % 250}:8080`,
        state,
      })),
    },
  ];
}

const events = Array.from({ length: 60 }, (_, index) =>
  said(1500 + index * 150, `has started 20 tasks: (task ${String(index).padStart(4, '0')}) and others.`),
);

export const large: History = [
  ...opening('2.0.0.RELEASE', '1.9.7.RELEASE', 14),
  [3, { kind: 'phase', name: 'watch', title: 'Watch' }],
  ...Array.from({ length: 41 }, (_, index) => {
    const minute = 20 + index * 4;
    const young = Math.min(desired, Math.floor((minute / minutes) * (desired + 8)));
    const starting = young < desired ? Math.min(6, desired - young) : 0;
    const sick = minute > 80 && minute < 110 ? 40 : 0;
    return poll({
      at: minute * 60,
      startedAt: 0,
      watch: newDeployment,
      desired,
      deployments: [
        deployment(newDeployment, {
          taskDefinition: revision(15),
          running: young,
          pending: starting,
          desired,
        }),
        deployment(oldDeployment, { status: 'ACTIVE', running: desired - young }),
      ],
      events: events.filter(({ at }) => at <= events[0]!.at + minute * 60_000).slice(0, minute - 19),
      targets: targets(desired - sick - starting, sick, starting),
    });
  }),
  [
    minutes * 60,
    {
      kind: 'verdict',
      service: 'hid-generator',
      verdict: { kind: 'steady', reason: '400 of 400 tasks run hid-generator:15, no older task is left.' },
    },
  ],
  [
    minutes * 60 + 1,
    {
      kind: 'summary',
      exitCode: 0,
      outcome: 'steady',
      sentence: 'hid-generator 2.0.0.RELEASE is installed: 400 of 400 tasks run hid-generator:15.',
      rows: [],
    },
  ],
];
