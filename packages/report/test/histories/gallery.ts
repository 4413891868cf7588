// One page of each kind that a run can leave behind, for the browser.
import { buildRecord, historyEntry, renderHistory, renderRecordHtml } from '../../src/index.ts';
import type { RunRecord } from '../../src/index.ts';
import { crash } from './crash.ts';
import { notBack, planned, quick, unchanged } from './endings.ts';
import { extremes } from './extremes.ts';
import { installerFacts } from './facts.ts';
import { hostileRecord } from './hostile.ts';
import { large } from './large.ts';
import { statusHistory, well } from './places.ts';
import { play, start } from './recorder.ts';
import type { History } from './recorder.ts';
import { refusal } from './refusal.ts';
import { success } from './success.ts';

const record = (history: History, seconds: number, command = 'install'): RunRecord =>
  buildRecord(play(history), { ...installerFacts('1.0.16.RELEASE', seconds), command });

const records: ReadonlyMap<string, RunRecord> = new Map([
  ['success', record(success, 136)],
  ['crash', record(crash, 56)],
  ['not-back', record(notBack, 27)],
  ['unchanged', record(unchanged, 2)],
  ['plan', record(planned, 3, 'plan')],
  ['large', record(large, 10_801)],
  ['quick', record(quick, 4)],
  [
    'expander',
    buildRecord(play(refusal), {
      program: 'expander',
      programVersion: '0.1.0',
      command: 'publish',
      startedAt: start,
      finishedAt: start + 1000,
    }),
  ],
  [
    'nothing-learnt',
    buildRecord([], {
      program: 'installer',
      programVersion: '',
      command: '',
      startedAt: Number.NaN,
      finishedAt: 0,
    }),
  ],
  ['status', record(statusHistory([{ ...well, drift: ['service.desiredCount is 4 now.'] }]), 2, 'status')],
  ...['refused-twice', 'twelve-services', 'endless', 'scripts'].flatMap((name) => {
    const extreme = extremes.get(name);
    return extreme === undefined ? [] : [[name, extreme] as const];
  }),
  ['hostile', hostileRecord],
]);

const history = renderHistory(
  [...records].map(([name, one]) => historyEntry(one, `hid-generator/1.0.16.RELEASE/records/${name}.json`)),
  {
    environment: 'QA',
    project: 'hid-generator',
    repository: 'https://artifactory.example.com/artifactory/descriptors-RELEASE-local',
    now: start,
  },
);

export const pages: ReadonlyMap<string, string> = new Map([
  ...[...records].map(([name, one]) => [name, renderRecordHtml(one)] as const),
  ['history', history],
  [
    'history-empty',
    renderHistory([], { environment: null, now: start, notes: ['2 records could not be read.'] }),
  ],
]);
