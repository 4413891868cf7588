// The answers of status and history, as text and as JSON: whatever stands in them.
import type { ServiceStatus } from '@bamboo-ecs/rollout';
import { describe, expect, test } from '@jest/globals';
import {
  createMasker,
  createReporter,
  jsonSink,
  textSink,
  type HistoryEntry,
  type RunEvent,
} from '../src/index.ts';

const at = Date.UTC(2026, 10, 24, 3, 0, 0);

const status: ServiceStatus = {
  project: 'hid-generator',
  environment: 'Production',
  cluster: 'production',
  service: 'hid-generator',
  health: 'unhealthy',
  sentence: '1.0.15.RELEASE (hid-generator:2): only 1 of 2 tasks run.',
  version: '1.0.15.RELEASE',
  identity: 'a'.repeat(64),
  build: { key: 'HID-GEN-JOB1-15', number: '15' },
  taskDefinition: 'hid-generator:2',
  deployment: 'ecs-svc/2',
  since: at - 3_600_000,
  desired: 2,
  running: 1,
  pending: 0,
  rolloutState: 'FAILED',
  rolloutStateReason: 'tasks failed to start.',
  lastEvent: { at: at - 1000, message: 'was unable\u001b[31m to place a task' },
  targets: [{ id: 'web', healthy: 1, all: 2 }],
  drift: ['service.desiredCount is 4 now, it was installed with 2.'],
  attempts: [
    {
      version: '1.0.16.RELEASE',
      taskDefinition: 'hid-generator:3',
      outcome: 'failed',
      cause: 'crash-loop',
      buildNumber: '16',
      failedAt: '2026-11-24T02:00:00.000Z',
    },
  ],
  notes: ['Something could not be asked.'],
};

const entry: HistoryEntry = {
  at,
  durationMs: 86_000,
  project: 'hid-generator',
  version: '1.0.15.RELEASE',
  environment: 'Production',
  cluster: 'production',
  services: ['hid-generator'],
  command: 'rollback',
  outcome: 'failed',
  exitCode: 5,
  sentence: 'It did not come up.',
  build: { key: null, number: '15', url: null, revision: null, branch: null },
  deploymentUrl: 'https://bamboo.example.com/deploy/4',
  rollback: null,
  cause: null,
  causeSentence: null,
  path: 'hid-generator/1.0.15.RELEASE/records/x.json',
  repository: null,
};

function printed(event: RunEvent, secrets: readonly string[] = []): { text: string; json: string } {
  const text: string[] = [];
  const json: string[] = [];
  const sinks = [
    textSink({ write: (line) => text.push(line), colour: false }),
    jsonSink({ write: (line) => json.push(line) }),
  ];
  createReporter({ sinks, now: () => at, mask: createMasker(secrets) }).emit(event);
  return { text: text.join('\n'), json: json.join('\n') };
}

describe('status', () => {
  test('is told in a block that is read at a glance', () => {
    expect(printed({ kind: 'status', status }).text).toBe(
      `
  Production: hid-generator in production
  UNHEALTHY: 1.0.15.RELEASE (hid-generator:2): only 1 of 2 tasks run.
    Release     1.0.15.RELEASE as hid-generator:2
    Built by    HID-GEN-JOB1-15, build 15
    Since       2026-11-24T02:00:00Z, for 1 h
    Deployment  ecs-svc/2 FAILED tasks failed to start.
    Targets     1 of 2 healthy in web
    Last event  2026-11-24T02:59:59Z: was unable\\x1b[31m to place a task
    Not steady  1.0.16.RELEASE (hid-generator:3, build 16): failed, crash-loop at 2026-11-24T02:00:00Z
    CHANGED: service.desiredCount is 4 now, it was installed with 2.
    Something could not be asked.`,
    );
  });

  test('of what is not there says only that', () => {
    const absent: ServiceStatus = {
      ...status,
      environment: null,
      health: 'absent',
      sentence: 'The service does not exist.',
      version: null,
      build: { key: null, number: null },
      taskDefinition: null,
      deployment: null,
      since: null,
      rolloutState: null,
      rolloutStateReason: null,
      lastEvent: null,
      targets: [],
      drift: [],
      attempts: [],
      notes: [],
    };
    expect(printed({ kind: 'status', status: absent }).text).toBe(
      '\n  hid-generator in production\n  ABSENT: The service does not exist.',
    );
  });

  test('as JSON: a warning when it is not as it should be', () => {
    const { json } = printed({ kind: 'status', status });
    expect(JSON.parse(json)).toMatchObject({
      kind: 'status',
      level: 'warning',
      status: { health: 'unhealthy' },
    });
    const well = printed({ kind: 'status', status: { ...status, health: 'healthy', drift: [] } });
    expect(JSON.parse(well.json)).toMatchObject({ level: 'info' });
  });

  test('secrets are hidden, and members stay where they are', () => {
    const { text, json } = printed({ kind: 'status', status }, ['unable', 'health', 'unhealthy', 'drift']);
    expect(text).not.toContain('unable');
    expect(JSON.parse(json)).toMatchObject({ status: { health: 'unhealthy', drift: [expect.any(String)] } });
  });
});

describe('history', () => {
  const event = (entries: readonly HistoryEntry[], total = entries.length): RunEvent => ({
    kind: 'history',
    project: 'hid-generator',
    environment: null,
    entries,
    running: ['Production: hid-generator in production runs 1.0.14.RELEASE now.'],
    total,
  });

  test('is a table with a sentence and a link under each row', () => {
    expect(printed(event([entry], 7)).text).toBe(
      `  Production: hid-generator in production runs 1.0.14.RELEASE now.

  When (UTC)            Version         Outcome               Took        Environment  Build
  2026-11-24T03:00:00Z  1.0.15.RELEASE  rollback: failed (5)  1 min 26 s  Production   build 15
      It did not come up.
      https://bamboo.example.com/deploy/4

  7 records in all; --limit shows more.`,
    );
  });

  test('what a record does not say is a dash', () => {
    const bare: HistoryEntry = {
      ...entry,
      at: 0,
      version: null,
      environment: null,
      command: '',
      outcome: 'broken off',
      exitCode: null,
      sentence: '',
      build: { key: null, number: null, url: null, revision: null, branch: null },
      deploymentUrl: null,
    };
    const row = printed(event([bare]))
      .text.split('\n')
      .at(-1);
    expect(row?.trim().split(/ {2,}/u)).toEqual(['unknown', '-', 'broken off', '1 min 26 s', '-', '-']);
  });

  test('texts of somebody else neither colour the log nor add lines', () => {
    const odd = { ...entry, version: 'a\nb\u001b[31m', outcome: 'x'.repeat(500), sentence: 'one\ntwo\u202e' };
    const { text } = printed(event([odd]));
    for (const sign of ['\u001b', '\u202e']) expect(text).not.toContain(sign);
    expect(text).toContain('      one two');
  });

  test('a sentence without end is cut, between two characters', () => {
    const endless = { ...entry, sentence: `x${'🚀'.repeat(10_000)}` };
    const { text } = printed(event([endless]));
    expect(text.length).toBeLessThan(1500);
    expect(text).toMatch(/(?:…|\.\.\.)$/mu);
    expect(text.isWellFormed()).toBe(true);
  });

  test('nothing is no table', () => {
    expect(printed(event([])).text).toBe('');
  });

  test('secrets are hidden, and members stay where they are', () => {
    const { text, json } = printed(event([entry]), ['entries', 'outcome', 'come up']);
    expect(text).toContain('It did not ********.');
    expect(JSON.parse(json)).toMatchObject({ kind: 'history', entries: [{ outcome: 'failed' }], total: 1 });
  });
});
