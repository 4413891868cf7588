// What `installer status` finds: a place that is as it should be.
import type { ServiceStatus } from '@bamboo-ecs/rollout';
import { start } from './recorder.ts';
import type { History } from './recorder.ts';

export const well: ServiceStatus = {
  project: 'hid-generator',
  environment: 'Production',
  cluster: 'production',
  service: 'hid-generator',
  health: 'healthy',
  sentence: '1.0.15.RELEASE (hid-generator:2): 2 of 2 tasks run.',
  version: '1.0.15.RELEASE',
  identity: 'a'.repeat(64),
  build: { key: 'HID-GEN-JOB1-15', number: '15' },
  taskDefinition: 'hid-generator:2',
  deployment: 'ecs-svc/2',
  since: start - 3_600_000,
  desired: 2,
  running: 2,
  pending: 0,
  rolloutState: 'COMPLETED',
  rolloutStateReason: null,
  lastEvent: { at: start - 1000, message: '(service hid-generator) has reached a steady state.' },
  targets: [
    {
      id: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/hid-generator/0123456789abcdef',
      healthy: 2,
      all: 2,
    },
  ],
  drift: [],
  attempts: [
    {
      version: '1.0.16.RELEASE',
      taskDefinition: 'hid-generator:3',
      outcome: 'failed',
      cause: 'crash-loop',
      buildNumber: '16',
      failedAt: '2016-03-02T13:00:00.000Z',
    },
  ],
  notes: [],
};

export function statusHistory(statuses: readonly ServiceStatus[]): History {
  return [
    [0, { kind: 'start', program: 'installer', command: 'status', version: '0.1.0' }],
    [0, { kind: 'phase', name: 'status', title: 'Status' }],
    ...statuses.map((status): History[number] => [1, { kind: 'status', status }]),
    [2, { kind: 'summary', exitCode: 10, outcome: 'looked', sentence: 'It was looked at.', rows: [] }],
  ];
}
