// A record in which every text tries to be more than a text.
import type { RunRecord } from '../../src/index.ts';
import { buildRecord } from '../../src/index.ts';
import { crash } from './crash.ts';
import { installerFacts } from './facts.ts';
import { play } from './recorder.ts';

const attacks = [
  '<script>alert(1)</script>',
  '"><img src="http://127.0.0.1:1/leak" onerror="alert(1)">',
  "' onmouseover='alert(1)",
  '</style></title></textarea><iframe src=//x>',
  '<!-- ]]> --><svg/onload=alert(1)>',
  'javascript:alert(1)',
  '\u202ereversed\u0000',
  '${7*7} {{7*7}} `',
];

/** `leak` is an address that would be called if an attack came through. */
export function hostileRecordFor(leak: string): RunRecord {
  const record = buildRecord(play(crash), installerFacts('1.0.16.RELEASE', 56));
  const attack = attacks.join(' ').replace('http://127.0.0.1:1/leak', leak);
  const text: RunRecord = poison(record, attack);
  return {
    ...text,
    schema: record.schema,
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    deployment: { environment: attack, resultsUrl: 'javascript:alert(1)' },
    build: { ...text.build, url: `data:text/html,${attack}` },
    timelines: text.timelines.map((timeline, index) =>
      Object.assign(timeline, { startedAt: record.timelines[index]?.startedAt }),
    ),
  };
}

export const hostileRecord = hostileRecordFor('http://127.0.0.1:1/leak');

function poison<T>(value: T, attack: string): T {
  if (typeof value === 'string') return `${value} ${attack}` as T;
  if (Array.isArray(value)) return value.map((entry: unknown) => poison(entry, attack)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, poison(entry, attack)])) as T;
}
