import { describe, expect, test } from '@jest/globals';
import {
  buildRecord,
  historyEntry,
  readHistoryEntry,
  recordJson,
  renderHistory,
  sortHistory,
} from '../src/index.ts';
import { crash } from './histories/crash.ts';
import { installerFacts } from './histories/facts.ts';
import { hostileRecord } from './histories/hostile.ts';
import { play, start } from './histories/recorder.ts';

const record = buildRecord(play(crash), installerFacts('1.0.16.RELEASE', 56));
const path = 'hid-generator/1.0.16.RELEASE/records/2016-03-02T14-05-56-000Z-QA.json';
const entry = historyEntry(record, path);

describe('historyEntry', () => {
  test('says what a table of runs needs', () => {
    expect(entry).toEqual({
      at: start,
      durationMs: 56_000,
      project: 'hid-generator',
      version: '1.0.16.RELEASE',
      environment: 'QA',
      cluster: 'qa',
      services: ['hid-generator'],
      command: 'install',
      outcome: 'failed',
      exitCode: 5,
      sentence: record.sentence,
      build: record.build,
      deploymentUrl: record.deployment.resultsUrl,
      rollback: null,
      cause: 'crash-loop',
      causeSentence: record.diagnoses[0]?.sentence,
      path,
      repository: null,
    });
  });

  test('is the same when read back from the file', () => {
    expect(readHistoryEntry(recordJson(record), path)).toEqual(entry);
  });

  test.each(['', '{', 'null', '[]', '7', '"x"', '{}', '{"schema":"1","outcome":"steady"}', '{"schema":1}'])(
    'the text %j is no record',
    (text) => {
      expect(readHistoryEntry(text, path)).toBeNull();
    },
  );

  test('a record of another version: what is missing or strange is null', () => {
    const strange = {
      schema: 2,
      outcome: 7,
      startedAt: 'once',
      finishedAt: 12,
      exitCode: '0',
      services: ['web', 3, null],
      build: [],
      deployment: 'x',
      diagnoses: { length: 1 },
      version: { toString: 'x' },
      ['__proto__']: { project: 'stolen' },
    };
    expect(readHistoryEntry(JSON.stringify(strange), path)).toMatchObject({
      at: 0,
      durationMs: 0,
      project: null,
      version: null,
      exitCode: null,
      outcome: 'unknown',
      services: ['web'],
      deploymentUrl: null,
      cause: null,
    });
  });

  test('a clock that went back gives no negative time', () => {
    const text = recordJson({ ...record, finishedAt: record.startedAt.replace('14:05', '14:04') });
    expect(readHistoryEntry(text, path)?.durationMs).toBe(0);
  });
});

test('the newest comes first, and equal times have an order', () => {
  const at = (moment: number, name: string) => ({ ...entry, at: moment, path: name });
  const sorted = sortHistory([at(1, 'a'), at(3, 'b'), at(3, 'c'), at(2, 'd')]);
  expect(sorted.map((one) => one.path)).toEqual(['c', 'b', 'd', 'a']);
});

describe('renderHistory', () => {
  const about = { environment: 'QA', project: 'hid-generator', now: start } as const;
  const address = 'https://artifactory.example.com/artifactory/descriptors-RELEASE-local/';

  test('links each run to its page, when the repository is on the web', () => {
    const html = renderHistory([entry], { ...about, repository: address });
    expect(html).toContain(`href="${address}${path.replace('.json', '.html')}"`);
    expect(html).toContain('Failed, the version before is back');
    const own = renderHistory([{ ...entry, repository: 'https://other.example.com/milestones' }], {
      ...about,
      repository: address,
    });
    expect(own).toContain('href="https://other.example.com/milestones/hid-generator/');
    const file = renderHistory([entry], { ...about, repository: 'file:/releases' });
    expect(file).not.toContain('href="file:');
    expect(file).toContain('file:/releases/hid-generator/');
  });

  test('nothing, and what could not be read', () => {
    const html = renderHistory([], {
      environment: null,
      now: start,
      notes: ['2 records could not be read.'],
    });
    expect(html).toContain('No installation is recorded here.');
    expect(html).toContain('2 records could not be read.');
  });

  test('what others wrote stays text', () => {
    const html = renderHistory([historyEntry(hostileRecord, path)], about);
    expect(/<(script|img|iframe)|href="(?!https?:|data:,")/i.exec(html)?.[0]).toBeUndefined();
  });
});
