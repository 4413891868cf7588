// What the attempts that failed say of what runs now.
import { describe, expect, test } from '@jest/globals';
import { serviceStatus, type StatusInput } from '../src/index.ts';
import { deployment, now, revision, service } from './builders.ts';

const place = { environment: 'QA', cluster: 'qa', service: 'web' };
const own = { version: '1.0.15.RELEASE', environment: 'QA', cluster: 'qa', service: 'web' } as const;
const old = { createdAt: now - 3_600_000, updatedAt: now - 3_600_000 };
const failedAt = new Date(now - 60_000).toISOString();

type Tags = NonNullable<Parameters<typeof revision>[1]>;

function input(members: Partial<StatusInput>): StatusInput {
  return {
    now,
    project: 'web',
    place,
    service: service([deployment(old)]),
    running: revision(1, own),
    later: [],
    lastRun: null,
    differences: [],
    notes: [],
    ...members,
  };
}

describe('a roll-back past the release that was installed last', () => {
  const failed: Tags = { ...own, version: '1.0.17.RELEASE', outcome: 'failed', replaces: 'web:1', failedAt };
  const past = (tags: Tags): readonly string[] =>
    serviceStatus(
      input({
        lastRun: { version: '1.0.16.RELEASE', versionAt: now - 600_000, endedAt: now },
        later: [revision(3, { ...failed, ...tags })],
        differences: ['service.desiredCount is 2 now, it was installed with 4.'],
      }),
    ).drift;

  test('is no change by hand, nor is the desired count that was kept', () => {
    expect(past({ replacesDesired: '2' })).toEqual([]);
  });

  test.each<[string, Tags, number]>([
    ['another count than was kept is one', { replacesDesired: '3' }, 1],
    [
      'one that failed before the last installation explains nothing',
      { failedAt: '2026-11-01T00:00:00Z' },
      2,
    ],
    ['one without a time explains nothing', { failedAt: 'x' }, 2],
    ['one that replaced another revision explains nothing', { replaces: 'web:2' }, 2],
    ['one of another place explains nothing', { environment: 'Production' }, 2],
  ])('%s', (_what, tags, count) => {
    expect(past(tags)).toHaveLength(count);
  });
});

describe('an older revision that failed', () => {
  const running = revision(5, { ...own, version: '1.0.19.RELEASE' });
  const lastRun = { version: '1.0.19.RELEASE', versionAt: now - 600_000, endedAt: now };
  const failed: Tags = { ...own, outcome: 'failed', failedAt };
  const told = (tags: Tags, members: Partial<StatusInput> = {}): readonly string[] =>
    serviceStatus(
      input({ running, lastRun, earlier: [revision(3, { ...failed, ...tags })], ...members }),
    ).attempts.map(({ taskDefinition }) => taskDefinition);

  test.each<[string, Tags, Partial<StatusInput>, boolean]>([
    ['since what runs was steady', {}, {}, true],
    ['before it was', { failedAt: '2026-11-01T00:00:00Z', replaces: 'web:5' }, {}, false],
    ['at a time nobody noted, instead of what runs', { failedAt: '', returnedFrom: 'web:5' }, {}, true],
    ['at a time nobody noted, instead of another', { failedAt: '', replaces: 'web:2' }, {}, false],
    ['without records, instead of what runs', { replaces: 'web:5' }, { lastRun: null }, true],
    ['without records, instead of another', { replaces: 'web:2' }, { lastRun: null }, false],
    ['at another place', { environment: 'Production' }, {}, false],
    ['not at all: it was withdrawn', { outcome: 'withdrawn' }, {}, false],
    ['of a service that cannot be read', {}, { running: null }, false],
  ])('%s', (_what, tags, members, isTold) => {
    expect(told(tags, members)).toEqual(isTold ? ['web:3'] : []);
  });

  test('stands before a later one that failed before it', () => {
    const earlierFailure = new Date(now - 120_000).toISOString();
    const later = [6, 7].map((number) => revision(number, { ...failed, failedAt: earlierFailure }));
    expect(told({}, { later })).toEqual(['web:3', 'web:7', 'web:6']);
  });
});
