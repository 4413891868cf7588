// What the records say that ran when the last run ended.
import { describe, expect, test } from '@jest/globals';
import { lastRunOf } from '../src/places/last-run.ts';

type Entry = Parameters<typeof lastRunOf>[0][number];

const entry = (version: string, members: Partial<Entry> = {}): Entry => ({
  at: 1000,
  durationMs: 100,
  project: 'web',
  version,
  environment: 'QA',
  cluster: 'qa',
  services: ['web'],
  command: 'install',
  outcome: 'steady',
  exitCode: 0,
  sentence: '',
  build: { key: null, number: null, url: null, revision: null, branch: null },
  deploymentUrl: null,
  rollback: null,
  cause: null,
  causeSentence: null,
  path: '',
  repository: null,
  ...members,
});

describe('the version that the last run left', () => {
  test.each<[string, Entry, string | null]>([
    ['one that is steady', entry('1.0.15'), '1.0.15'],
    ['not one that was rolled back', entry('1.0.15', { outcome: 'rolled back', exitCode: 5 }), '1.0.14'],
    [
      'not one that was taken back at a PAUSE hook',
      entry('1.0.15', { command: 'continue', outcome: 'rolled back' }),
      '1.0.14',
    ],
    ['one that was gone back to', entry('1.0.15', { command: 'rollback', outcome: 'rolled back' }), '1.0.15'],
    ['none while one waits at a PAUSE hook', entry('1.0.15', { outcome: 'paused' }), null],
    ['none after an uncertain end', entry('1.0.15', { exitCode: 9 }), null],
  ])('%s', (_what, newest, version) => {
    expect(lastRunOf([newest, entry('1.0.14', { at: 1 })])).toMatchObject({ version });
  });
});
