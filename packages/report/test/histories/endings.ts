// Short runs of each other ending: nothing to do, planned only, not back, over in three seconds.
import type { Diagnosis, Plan } from '@bamboo-ecs/rollout';
import type { RunEvent } from '../../src/index.ts';
import type { History } from './recorder.ts';
import { start } from './recorder.ts';
import { deployment, newDeployment, poll, revision, said, service } from './service.ts';

const plan: Plan = {
  action: 'update',
  reason: 'The service runs 1.0.15.RELEASE (hid-generator:15), 1.0.16.RELEASE replaces it.',
  cluster: 'qa',
  service,
  differences: [
    {
      path: 'taskDefinition.containerDefinitions.hid-generator.image',
      from: `registry.example.com/hid-generator:1.0.15.RELEASE@sha256:${'1b'.repeat(32)}`,
      to: `registry.example.com/hid-generator:1.0.16.RELEASE@sha256:${'2c'.repeat(32)}`,
    },
    { path: 'taskDefinition.containerDefinitions.hid-generator.memory', from: 256, to: 512 },
    {
      path: 'taskDefinition.containerDefinitions.hid-generator.environment.LOG_LEVEL',
      from: 'info',
      to: 'debug',
    },
    {
      path: 'taskDefinition.containerDefinitions.hid-generator.environment.DB_PASSWORD',
      from: '********',
      to: '********',
    },
    {
      path: 'taskDefinition.containerDefinitions.hid-generator.portMappings.8080/tcp.hostPort',
      from: 1234,
      to: 0,
    },
    {
      path: 'taskDefinition.containerDefinitions.hid-generator.secrets.API_KEY',
      to: 'arn:aws:ssm:eu-west-1:123456789012:parameter/api-key',
    },
    {
      path: 'taskDefinition.containerDefinitions.proxy',
      to: {
        name: 'proxy',
        image: 'envoyproxy/envoy:v1.34',
        memory: 64,
        portMappings: [{ containerPort: 80, hostPort: 0, protocol: 'tcp' }],
        environment: [{ name: 'MODE', value: 'edge' }],
        healthCheck: { command: ['CMD', 'true'] },
      },
    },
    { path: 'taskDefinition.cpu', from: '256', to: '512' },
    { path: 'service.desiredCount', from: 2, to: 4 },
  ],
  notes: ['Auto scaling does not own the desired count.'],
  register: { request: { family: service }, tags: {} },
  request: { cluster: 'qa', service, desiredCount: 4 },
  rollbackTo: revision(15),
  rollbackDesired: 2,
  versionBefore: '1.0.15.RELEASE',
  version: '1.0.16.RELEASE',
  timeoutMs: 600_000,
  findings: [
    {
      check: 'secret',
      level: 'error',
      message: 'The parameter /api-key ($.containerDefinitions[0].secrets[0]) does not exist.',
      hint: 'Create it, or mend its name in the template.',
    },
    {
      check: 'log-group',
      level: 'warning',
      message: 'The log group /ecs/hid-generator does not exist; ECS makes it.',
    },
    {
      check: 'image',
      level: 'note',
      message: 'The registry could not be asked: registry.example.com is not reachable from here.',
    },
  ],
  forecast: {
    outcome: 'stuck',
    sentence:
      'Each of the 3 instances already holds port 1234: no new task can start before an old one stops.',
    steps: [
      { text: 'start 1 new task on i-3 (eu-west-1b)', newRunning: 1, oldRunning: 2 },
      { text: 'nothing more fits: 3 of 3 instances hold port 1234', newRunning: 1, oldRunning: 2 },
    ],
    lowest: { running: 2, desired: 4 },
    change: 'minimumHealthyPercent 50 (now 100)',
    otherChanges: ['host port 0 instead of 1234', 'one more instance'],
    expectedMs: 95_000,
  },
};

const opened: History = [
  [0, { kind: 'start', program: 'installer', command: 'install', version: '0.1.0' }],
  [0, { kind: 'phase', name: 'fetch', title: 'Fetch' }],
  [1, { kind: 'phase', name: 'plan', title: 'Plan' }],
];

const summary = (exitCode: number, outcome: string, sentence: string, todo?: string): RunEvent => ({
  kind: 'summary',
  exitCode,
  outcome,
  sentence,
  rows: [],
  ...(todo !== undefined && { todo }),
});

export const planned: History = [
  ...opened,
  [2, { kind: 'plan', plan }],
  [
    3,
    summary(
      10,
      'planned',
      'The service hid-generator in qa would be updated. Nothing was changed.',
      'Run the command install to carry it out.',
    ),
  ],
];

export const unchanged: History = [
  ...opened,
  [
    2,
    {
      kind: 'plan',
      plan: {
        action: 'none',
        reason: '1.0.16.RELEASE runs already: 2 of 2 tasks run hid-generator:16, nothing is in progress.',
        cluster: 'qa',
        service,
        differences: [],
        notes: [],
        version: '1.0.16.RELEASE',
      },
    },
  ],
  [2, { kind: 'verdict', service, verdict: { kind: 'unchanged', reason: '1.0.16.RELEASE runs already.' } }],
  [2, summary(0, 'unchanged', 'hid-generator 1.0.16.RELEASE runs already.')],
];

const diagnosis: Diagnosis = {
  cause: 'out-of-memory',
  sentence:
    'The container hid-generator is killed because it needs more than its 256 MiB of memory (exit code 137).',
  advice: 'Give it more memory (memory in the task definition), or less to do.',
  confidence: 'certain',
  evidence: [
    {
      kind: 'container',
      at: start + 9000,
      text: 'a1 hid-generator: exit code 137, OutOfMemoryError: Container killed due to memory usage',
    },
    { kind: 'target', text: '10.0.0.7:8080 unhealthy: Target.Timeout (Request timed out)' },
  ],
  logs: [
    {
      container: 'hid-generator',
      task: '0f7c1b9a2d',
      where: 'log group /ecs/hid-generator, stream web/hid-generator/0f7c1b9a2d',
      cut: true,
      lines: [
        { at: start + 6000, text: 'starting on port 8080' },
        { at: start + 8000, text: 'loading 1,000,000 identifiers …' },
        { at: start + 8500, text: `java.lang.OutOfMemoryError: ${'Java-heap-space-'.repeat(20)}` },
        { text: 'مرحبا بالعالم (a line from right to left)' },
      ],
    },
    {
      container: 'proxy',
      task: '0f7c1b9a2d',
      where: 'log driver splunk',
      lines: [],
      note: 'Its output goes to splunk, which is not asked from here.',
    },
  ],
};

const killed = said(11, 'has stopped 1 running tasks: (task 0f7c1b9a2d).');

export const notBack: History = [
  ...opened,
  [2, { kind: 'plan', plan }],
  [3, { kind: 'phase', name: 'apply', title: 'Apply' }],
  [4, { kind: 'phase', name: 'watch', title: 'Watch' }],
  ...[5, 7, 10, 14].map((at) =>
    poll({
      at,
      startedAt: 3,
      watch: newDeployment,
      deployments: [
        deployment(newDeployment, {
          taskDefinition: revision(16),
          at: 3,
          running: at === 7 ? 1 : 0,
          pending: at === 7 ? 0 : 1,
          failed: at > 9 ? at - 9 : 0,
        }),
      ],
      events: at > 10 ? [killed] : [],
    }),
  ),
  [
    15,
    {
      kind: 'verdict',
      service,
      verdict: { kind: 'failed', reason: '5 tasks stopped for the same reason, exit code 137.' },
    },
  ],
  [15, { kind: 'phase', name: 'diagnose', title: 'Diagnose' }],
  [16, { kind: 'diagnosis', service, diagnosis }],
  [17, { kind: 'phase', name: 'roll-back', title: 'Roll back' }],
  ...[18, 25].map((at) =>
    poll({
      at,
      startedAt: 17,
      watch: 'ecs-svc/3333333333333333333',
      deployments: [
        deployment('ecs-svc/3333333333333333333', {
          taskDefinition: revision(15),
          at: 17,
          pending: 2,
          failed: at - 17,
        }),
      ],
      events: [killed],
    }),
  ),
  [
    26,
    { kind: 'verdict', service, verdict: { kind: 'failed', reason: '8 tasks of hid-generator:15 stopped.' } },
  ],
  [
    27,
    summary(
      6,
      'failed',
      'hid-generator 1.0.16.RELEASE did not come up on QA. The roll-back to hid-generator:15 ended failed.',
      'The version before is NOT back: look at the service in the cluster qa now.',
    ),
  ],
];

/** One task, over in three seconds. */
export const quick: History = [
  ...opened,
  [1, { kind: 'phase', name: 'apply', title: 'Apply' }],
  [1, { kind: 'phase', name: 'watch', title: 'Watch' }],
  poll({
    at: 2,
    startedAt: 1,
    watch: newDeployment,
    desired: 1,
    deployments: [deployment(newDeployment, { pending: 1 })],
  }),
  poll({
    at: 3,
    startedAt: 1,
    watch: newDeployment,
    desired: 1,
    deployments: [deployment(newDeployment, { running: 1 })],
  }),
  poll({
    at: 4,
    startedAt: 1,
    watch: newDeployment,
    desired: 1,
    deployments: [deployment(newDeployment, { running: 1, rolloutState: 'COMPLETED' })],
  }),
  [4, { kind: 'verdict', service, verdict: { kind: 'steady', reason: '1 of 1 tasks run.' } }],
  [4, summary(0, 'steady', 'hid-generator 1.0.16.RELEASE is installed.')],
];
