// Records at the edges of what a run can leave behind: many services, many events, endless texts, other scripts, nothing at all.
import type { Diagnosis, Plan } from '@bamboo-ecs/rollout';
import { buildRecord } from '../../src/index.ts';
import type { RunEvent, RunRecord } from '../../src/index.ts';
import { installerFacts } from './facts.ts';
import { play, start } from './recorder.ts';
import type { History } from './recorder.ts';
import { backDeployment, deployment, newDeployment, oldDeployment, poll, revision, said } from './service.ts';

type Step = History[number];

const phase = (at: number, name: string, title: string): Step => [at, { kind: 'phase', name, title }];
const summary = (at: number, exitCode: number, outcome: string, sentence: string, todo?: string): Step => [
  at,
  { kind: 'summary', exitCode, outcome, sentence, rows: [], ...(todo !== undefined && { todo }) },
];

function planOf(service: string, more: Partial<Plan> = {}): Plan {
  return {
    action: 'update',
    reason: 'The service runs 1.0.15.RELEASE (hid-generator:15), 1.0.16.RELEASE replaces it.',
    cluster: 'qa',
    service,
    request: { cluster: 'qa', service },
    differences: [{ path: 'taskDefinition.containerDefinitions.web.memory', from: 256, to: 512 }],
    notes: [],
    rollbackTo: revision(15),
    versionBefore: '1.0.15.RELEASE',
    version: '1.0.16.RELEASE',
    ...more,
  };
}

/** Refused by three checks: each reason is a problem, a finding of the plan, or both. */
const refusedFor =
  'Each of the 3 instances already holds port 1234: no new task can start before an old one stops.';
const secretMissing = 'The parameter /api-key ($.containerDefinitions[0].secrets[0]) does not exist.';
const mend = 'The smallest change that works: minimumHealthyPercent 50 (now 100).';
const problem = (message: string, hint: string): RunEvent => ({
  kind: 'problems',
  problems: [{ severity: 'error', code: 'preflight', message, hint, place: {} }],
});
const refusedPlan = (secret: boolean): Plan =>
  planOf('hid-generator', {
    findings: [
      { check: 'room', level: 'error', message: refusedFor, hint: mend },
      ...(secret
        ? [{ check: 'secret', level: 'error', message: secretMissing, hint: 'Create it.' } as const]
        : []),
      { check: 'log-group', level: 'warning', message: 'The log group /ecs/web does not exist.' },
    ],
    forecast: { outcome: 'stuck', sentence: refusedFor, steps: [], change: 'minimumHealthyPercent 50' },
  });

const refusedOnce: History = [
  phase(0, 'plan', 'Plan'),
  [1, { kind: 'plan', plan: refusedPlan(false) }],
  [1, problem(refusedFor, mend)],
  summary(1, 4, 'refused', refusedFor, mend),
];
const refusedTwice: History = [
  phase(0, 'plan', 'Plan'),
  [1, { kind: 'plan', plan: refusedPlan(true) }],
  [1, problem(refusedFor, mend)],
  [1, problem(secretMissing, 'Create it.')],
  summary(1, 4, 'refused', 'hid-generator 1.0.16.RELEASE cannot be installed: 2 problems.', 'Mend them all.'),
];

const words = 'loading identifiers 0123456789 from the table of the shop, which takes a while; ';
const tail = (container: string, lines: number) => ({
  container,
  task: '0f7c1b9a2d',
  where: `log group /ecs/hid-generator, stream web/${container}/0f7c1b9a2d`,
  cut: true,
  lines: Array.from({ length: lines }, (_, index) => ({
    at: start + index * 100,
    text: index % 7 === 0 ? `at com.example.${words.repeat(4)}` : `${index} ${words}`,
  })),
});
const wordy: Diagnosis = {
  cause: 'crash-loop',
  sentence: 'The container web exits with code 1 soon after it starts, in 3 tasks.',
  advice: 'Read its last words.',
  confidence: 'likely',
  evidence: Array.from({ length: 40 }, (_, index) => ({
    kind: 'event' as const,
    at: start + index * 1000,
    text: `(service hid-generator) has stopped 1 running tasks: (task ${index}).`,
  })),
  logs: ['web', 'proxy', 'agent'].map((name) => tail(name, 30)),
};
const talkative: History = [
  phase(0, 'plan', 'Plan'),
  [1, { kind: 'plan', plan: planOf('hid-generator') }],
  phase(1, 'watch', 'Watch'),
  ...[2, 4, 9].map((at) =>
    poll({
      at,
      startedAt: 1,
      watch: newDeployment,
      deployments: [
        deployment(newDeployment, { pending: 1, failed: at }),
        deployment(oldDeployment, { status: 'ACTIVE', running: 2 }),
      ],
    }),
  ),
  [9, { kind: 'verdict', service: 'hid-generator', verdict: { kind: 'failed', reason: '9 tasks stopped.' } }],
  [10, { kind: 'diagnosis', service: 'hid-generator', diagnosis: wordy }],
  summary(12, 5, 'failed', 'hid-generator 1.0.16.RELEASE did not come up on QA. 1.0.15.RELEASE is back.'),
];

/** Twelve services in one run: one of them fails, one is not known. */
const names = Array.from({ length: 12 }, (_, index) => `shop-service-${String(index + 1).padStart(2, '0')}`);
const many: History = [
  phase(0, 'plan', 'Plan'),
  ...names.map((name): Step => [1, { kind: 'plan', plan: planOf(name) }]),
  phase(1, 'watch', 'Watch'),
  ...[3, 30, 60].flatMap((at) =>
    names.map((name, index) =>
      poll({
        at,
        startedAt: 1,
        watch: newDeployment,
        name,
        deployments: [
          deployment(newDeployment, {
            running: at > 20 && index !== 4 ? 2 : 0,
            failed: index === 4 ? at : 0,
          }),
          deployment(oldDeployment, { status: 'ACTIVE', running: at > 50 && index !== 4 ? 0 : 2 }),
        ],
      }),
    ),
  ),
  ...names.map((service, index): Step => [
    61,
    {
      kind: 'verdict',
      service,
      verdict:
        index === 4
          ? { kind: 'failed', reason: '60 tasks stopped for the same reason, exit code 137.' }
          : index === 7
            ? { kind: 'unknown', reason: 'ECS could not be asked any more.' }
            : { kind: 'steady', reason: '2 of 2 tasks run the new revision, no older task is left.' },
    },
  ]),
  summary(
    62,
    6,
    'failed',
    '1 of 12 services did not come up on QA, of 1 the outcome is unknown.',
    'Look at shop-service-05.',
  ),
];

/** 200 tasks and 500 events. */
const events = Array.from({ length: 500 }, (_, index) =>
  said(5 + index * 7, `has started 1 tasks: (task ${String(index).padStart(32, '0')}).`),
);
const busy: History = [
  phase(0, 'watch', 'Watch'),
  ...Array.from({ length: 240 }, (_, index) => {
    const at = 5 + index * 15;
    const young = Math.min(200, index);
    return poll({
      at,
      startedAt: 0,
      watch: newDeployment,
      desired: 200,
      deployments: [
        deployment(newDeployment, { running: young, pending: index % 9, failed: Math.floor(index / 10) }),
        deployment(oldDeployment, { status: 'ACTIVE', running: 200 - young }),
      ],
      events: events.filter((one) => one.at <= start + at * 1000),
    });
  }),
  [
    3600,
    {
      kind: 'verdict',
      service: 'hid-generator',
      verdict: { kind: 'steady', reason: '200 of 200 tasks run.' },
    },
  ],
  summary(3601, 0, 'steady', 'hid-generator 1.0.16.RELEASE is installed: 200 of 200 tasks run.'),
];

/** Two sets of tasks beside each other, a bake, and an alarm in it: the roll-back is a turn of the traffic. */
const blueGreen: History = [
  phase(0, 'plan', 'Plan'),
  [1, { kind: 'plan', plan: planOf('hid-generator') }],
  phase(2, 'watch', 'Watch'),
  ...[3, 40, 90, 150].map((at) =>
    poll({
      at,
      startedAt: 2,
      watch: newDeployment,
      deployments: [
        deployment(newDeployment, { running: at > 30 ? 2 : 0, pending: at > 30 ? 0 : 2 }),
        deployment(oldDeployment, { status: 'ACTIVE', running: at < 140 ? 2 : 0 }),
      ],
    }),
  ),
  phase(151, 'bake', 'Bake'),
  poll({
    at: 200,
    startedAt: 2,
    watch: newDeployment,
    deployments: [deployment(newDeployment, { running: 2 })],
  }),
  [
    240,
    {
      kind: 'verdict',
      service: 'hid-generator',
      verdict: { kind: 'failed', reason: 'The alarm errors rings, 1 min 29 s after it was steady.' },
    },
  ],
  phase(240, 'roll-back', 'Roll back'),
  poll({
    at: 260,
    startedAt: 240,
    watch: backDeployment,
    deployments: [
      deployment(backDeployment, { at: 240, taskDefinition: revision(15), running: 2 }),
      deployment(newDeployment, { status: 'ACTIVE', running: 2 }),
    ],
  }),
  [
    300,
    { kind: 'verdict', service: 'hid-generator', verdict: { kind: 'steady', reason: '2 of 2 tasks run.' } },
  ],
  summary(
    301,
    5,
    'failed',
    'hid-generator 1.0.16.RELEASE does not hold on QA: the alarm errors rings. 1.0.15.RELEASE is back.',
  ),
];

const endless = (text: string): string => `${text}-${'x'.repeat(4000)}`;
const reason = `CannotPullContainerError: ${'pull image manifest has been retried 7 time(s): failed to resolve ref; '.repeat(80)}`;

/** Every text absurdly long, without a blank and with. */
function long(record: RunRecord): RunRecord {
  return {
    ...record,
    project: endless('project'),
    environment: endless('environment'),
    cluster: endless('cluster'),
    services: Array.from({ length: 3 }, () => endless('service')),
    sentence: reason,
    todo: reason,
    releaseUrl: `https://artifactory.example.com/${endless('release')}`,
    deployment: { environment: endless('QA'), resultsUrl: `https://bamboo.example.com/?x=${endless('y')}` },
    plans: record.plans.map((plan) => ({ ...plan, reason, service: endless('service'), notes: [reason] })),
    diagnoses: record.diagnoses.map((one) => ({ ...one, sentence: reason, advice: reason })),
    verdicts: record.verdicts.map((one) => ({ ...one, reason })),
    timelines: record.timelines.map((one) => ({ ...one, service: endless('service') })),
    settings: [{ name: endless('setting'), value: reason, origin: endless('origin') }],
  };
}

/** From right to left, combined signs, characters of four bytes, half of one. */
function scripts(record: RunRecord): RunRecord {
  const text = 'خدمة الدفع 🚀👩‍👩‍👧‍👦 \u{1f3f4}\u{e0067}\u{e0062} e\u0301 支付服务 \ud83d';
  return {
    ...record,
    project: `دفع-🚀`,
    environment: 'الإنتاج',
    sentence: `${text}: 2 of 2 tasks did not come up (exit code 137). ${text}`,
    todo: `${text}?`,
    diagnoses: record.diagnoses.map((one) => ({
      ...one,
      sentence: `${text}: 137!`,
      evidence: [{ kind: 'event', text }],
    })),
    verdicts: record.verdicts.map((one) => ({ ...one, reason: `(${text})` })),
    build: { ...record.build, branch: 'ميزة/דגל', key: '构建-15' },
  };
}

const facts = installerFacts('1.0.16.RELEASE', 62);
const talked = buildRecord(play(talkative), facts);

export const extremes: ReadonlyMap<string, RunRecord> = new Map([
  ['refused-once', buildRecord(play(refusedOnce), { ...facts, command: 'plan' })],
  ['refused-twice', buildRecord(play(refusedTwice), facts)],
  ['log-tails', talked],
  ['twelve-services', buildRecord(play(many), { ...facts, services: names })],
  ['two-hundred-tasks', buildRecord(play(busy), installerFacts('1.0.16.RELEASE', 3601))],
  ['blue-green', buildRecord(play(blueGreen), installerFacts('1.0.16.RELEASE', 301))],
  ['endless', long(talked)],
  ['scripts', scripts(talked)],
]);
