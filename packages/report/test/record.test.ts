import { describe, expect, test } from '@jest/globals';
import { buildRecord, createMasker, recordJson } from '../src/index.ts';
import type { RunRecord } from '../src/index.ts';
import { crash } from './histories/crash.ts';
import { installerFacts } from './histories/facts.ts';
import { play, start } from './histories/recorder.ts';
import { refusal } from './histories/refusal.ts';
import { deployment, newDeployment, poll } from './histories/service.ts';
import { success } from './histories/success.ts';

function recordOf(history: Parameters<typeof play>[0]): RunRecord {
  return buildRecord(play(history), installerFacts('1.0.15.RELEASE', 136));
}

describe('buildRecord', () => {
  test('says what was done, in JSON that can be read back', () => {
    const record = recordOf(success);
    expect(JSON.parse(recordJson(record))).toEqual(record);
    expect(recordJson(record).endsWith('}\n')).toBe(true);
    expect(record).toMatchObject({
      schema: 1,
      program: 'installer',
      project: 'hid-generator',
      version: '1.0.15.RELEASE',
      startedAt: '2016-03-02T14:05:00.000Z',
      finishedAt: '2016-03-02T14:07:16.000Z',
      exitCode: 0,
      outcome: 'steady',
      build: { key: 'HID-GEN-15', branch: 'master' },
      verdicts: [{ service: 'hid-generator', stage: 'rollout', kind: 'steady', t: 132_000 }],
    });
    expect(record.plans[0]?.differences).toHaveLength(4);
    expect(record.plans[0]).not.toHaveProperty('request');
  });

  test('the timeline has each change once, and the first and last of a quiet time', () => {
    const [timeline] = recordOf(success).timelines;
    expect(
      timeline?.samples.map(({ t, new: young, old, pending }) => [t / 1000, young, old, pending]),
    ).toEqual([
      [1, 0, 2, 0],
      [3, 0, 2, 1],
      [4, 0, 2, 1],
      [19, 1, 2, 0],
      [24, 1, 1, 1],
      [105, 1, 1, 1],
      [120, 2, 1, 0],
      [132, 2, 0, 0],
    ]);
    expect(timeline?.events.map(({ t }) => t / 1000)).toEqual([2, 18, 21, 23, 128]);
  });

  test('a roll-back goes on the same timeline, its tasks are told apart, and failures do not vanish', () => {
    const record = recordOf(crash);
    const samples = record.timelines[0]?.samples ?? [];
    expect(samples.at(-1)).toEqual({
      t: 52_000,
      desired: 2,
      pending: 0,
      new: 0,
      restored: 2,
      old: 0,
      failed: 3,
    });
    expect(samples.map(({ failed }) => failed)).toEqual([0, 0, 2, 2, 3, 3, 3, 3, 3]);
    expect(record.verdicts.map(({ stage, kind }) => [stage, kind])).toEqual([
      ['rollout', 'failed'],
      ['roll-back', 'steady'],
    ]);
    expect(record.diagnoses[0]?.cause).toBe('crash-loop');
    expect(record.warnings).toHaveLength(1);
  });

  test('an early failure has problems, no timeline, and nothing made up', () => {
    const record = buildRecord(play(refusal), {
      program: 'expander',
      programVersion: '0.1.0',
      command: 'publish',
      startedAt: start,
      finishedAt: start,
    });
    expect(record.problems).toHaveLength(5);
    expect(record.timelines).toEqual([]);
    expect([record.project, record.cluster, record.build.key, record.rollback]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(record.checks).toEqual([
      { suite: 'version', name: 'hid-generator 1.0.15.RELEASE', failure: null, seconds: 0.01 },
    ]);
  });

  test('a run without a summary broke off', () => {
    const record = buildRecord([], installerFacts('1.0.15.RELEASE', 1));
    expect([record.exitCode, record.outcome]).toEqual([null, 'broken off']);
  });

  test('facts are masked, too', () => {
    const facts = {
      ...installerFacts('1.0.15.RELEASE', 1),
      build: { url: 'https://me:pw@host/?a=hunter2!' },
    };
    expect(buildRecord([], facts, createMasker(['hunter2!'])).build.url).toBe(
      'https://me:********@host/?a=********',
    );
    expect(buildRecord([], facts).build.url).toBe('https://me:********@host/?a=hunter2!');
  });

  test('a server that leaves figures and times out spoils nothing', () => {
    const strange = deployment(newDeployment, { running: Number.NaN, createdAt: Number.NaN });
    const history = [
      poll({
        at: Number.NaN,
        startedAt: 0,
        watch: newDeployment,
        deployments: [strange],
        desired: Number.NaN,
      }),
    ];
    const [timeline] = recordOf(history).timelines;
    expect(timeline?.samples).toEqual([
      { t: 0, desired: 0, pending: 0, new: 0, restored: 0, old: 0, failed: 0 },
    ]);
  });
});

describe('the promise of schema 1: what was there stays there', () => {
  const record = recordOf(crash);
  const members: Readonly<Record<string, readonly [object | undefined, string]>> = {
    'the record': [
      record,
      'schema program programVersion command project version identity manifestSha256 environment cluster region account services build deployment startedAt finishedAt exitCode exitMeaning outcome sentence todo leftRunning rollback summary plans timelines verdicts diagnoses problems checks warnings settings',
    ],
    build: [record.build, 'key number url revision branch'],
    deployment: [record.deployment, 'environment resultsUrl'],
    plans: [
      record.plans[0],
      'service cluster action reason hint versionBefore version rollbackTo differences notes',
    ],
    timelines: [record.timelines[0], 'service startedAt samples events'],
    samples: [record.timelines[0]?.samples[0], 't desired pending new restored old failed'],
    events: [record.timelines[0]?.events[0], 't message'],
    verdicts: [record.verdicts[0], 'service stage kind reason t'],
    diagnoses: [record.diagnoses[0], 'service cause sentence advice evidence'],
    checks: [record.checks[0], 'suite name failure seconds'],
    warnings: [record.warnings[0], 'at level text'],
    settings: [record.settings[0], 'name value origin'],
  };

  test.each(Object.entries(members))('%s', (_, [value, names]) => {
    expect(names.split(' ').filter((name) => !Object.hasOwn(value ?? {}, name))).toEqual([]);
  });
});
