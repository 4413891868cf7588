// One page of each kind that a run can leave behind, for the browser.
import { buildRecord, renderRecordHtml } from '../../src/index.ts';
import { crash } from './crash.ts';
import { installerFacts } from './facts.ts';
import { hostileRecord } from './hostile.ts';
import { play } from './recorder.ts';
import { success } from './success.ts';

export const pages: ReadonlyMap<string, string> = new Map([
  ['crash', renderRecordHtml(buildRecord(play(crash), installerFacts('1.0.16.RELEASE', 56)))],
  ['success', renderRecordHtml(buildRecord(play(success), installerFacts('1.0.15.RELEASE', 136)))],
  ['hostile', renderRecordHtml(hostileRecord)],
]);
