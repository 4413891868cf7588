// What forbids an installation.
import { describe, expect, test } from '@jest/globals';
import { checkGuards, checkTag, downgradeOf, parseEnvironments, tagKeys } from '../../src/index.ts';
import type { GuardsInput } from '../../src/index.ts';
import { serviceArn } from '../builders.ts';

const release = { major: 1, minor: 0, patch: 15, tag: 'RELEASE' } as const;
const milestone = { ...release, tag: 'MILESTONE' } as const;
const map = 'QA=MILESTONE|RELEASE, Production=RELEASE';

function codes(more: Partial<GuardsInput> = {}): string[] {
  return checkGuards({
    version: release,
    environment: 'QA',
    environments: null,
    expected: { account: null, region: null, cluster: null },
    cluster: 'qa',
    serviceArn,
    installedVersion: null,
    installedBuildNumber: null,
    buildNumber: '229',
    rollback: false,
    allowDowngrade: false,
    ...more,
  }).map(({ code }) => code);
}
const expected = (more: Partial<GuardsInput['expected']>): Partial<GuardsInput> => ({
  expected: { account: null, region: null, cluster: null, ...more },
});

describe('checkGuards', () => {
  type Case = readonly [name: string, more: Partial<GuardsInput>, codes: readonly string[]];
  const cases: readonly Case[] = [
    ['nothing set', {}, []],
    ['tag allowed', { environments: map, environment: 'Production' }, []],
    [
      'tag not allowed',
      { environments: map, environment: 'Production', version: milestone },
      ['tag-not-allowed'],
    ],
    ['environment not named', { environments: map, environment: 'production' }, ['tag-not-allowed']],
    ['environment unknown', { environments: map, environment: null }, ['tag-not-allowed']],
    [
      'environment called like a member of objects',
      { environments: map, environment: 'constructor' },
      ['tag-not-allowed'],
    ],
    ['a parsed map', { environments: new Map([['QA', ['RELEASE']]]) }, []],
    ['an empty setting allows nothing', { environments: '' }, ['tag-not-allowed']],
    [
      'entries that cannot be read',
      { environments: 'QA=RELEASE,Prod,=RELEASE,X=FINAL' },
      Array.from({ length: 3 }, () => 'environments-unreadable'),
    ],
    ['account and region right', expected({ account: '123456789012', region: 'eu-central-1' }), []],
    ['account wrong', expected({ account: '210987654321' }), ['wrong-account']],
    ['region wrong', expected({ region: 'us-east-1' }), ['wrong-region']],
    [
      'account not to be learnt',
      { ...expected({ account: '123456789012' }), serviceArn: null },
      ['wrong-account'],
    ],
    [
      'account from the cluster',
      {
        ...expected({ account: '123456789012' }),
        serviceArn: null,
        clusterArn: 'arn:aws:ecs:eu-central-1:123456789012:cluster/qa',
      },
      [],
    ],
    [
      'account from a cluster named by ARN',
      { ...expected({ account: '1' }), serviceArn: null, cluster: 'arn:aws:ecs:eu-central-1:2:cluster/qa' },
      ['wrong-account'],
    ],
    ['cluster right', expected({ cluster: 'qa' }), []],
    ['cluster wrong', expected({ cluster: 'production' }), ['wrong-cluster']],
    [
      'cluster by ARN',
      { ...expected({ cluster: 'qa' }), cluster: 'arn:aws:ecs:eu-central-1:1:cluster/qa' },
      [],
    ],
    [
      'two cluster ARNs of one name',
      { ...expected({ cluster: 'arn:aws:ecs:r:1:cluster/qa' }), clusterArn: 'arn:aws:ecs:r:2:cluster/qa' },
      ['wrong-cluster'],
    ],
    ['newer than what runs', { installedVersion: '1.0.14.RELEASE' }, []],
    ['the same', { installedVersion: '1.0.15.RELEASE' }, []],
    ['older than what runs', { installedVersion: '1.0.16.RELEASE' }, ['downgrade']],
    ['a RELEASE over the MILESTONE of the same numbers', { installedVersion: '1.0.15.MILESTONE' }, []],
    [
      'a MILESTONE over the RELEASE of the same numbers',
      { version: milestone, installedVersion: '1.0.15.RELEASE' },
      ['downgrade'],
    ],
    ['older, on purpose', { installedVersion: '1.0.16.RELEASE', allowDowngrade: true }, []],
    ['older, a rollback of Bamboo', { installedVersion: '1.0.16.RELEASE', rollback: true }, []],
    ['what runs says nothing readable', { installedVersion: 'latest' }, []],
    [
      'an older build of one MILESTONE',
      { version: milestone, installedVersion: '1.0.15.MILESTONE', installedBuildNumber: '230' },
      ['downgrade'],
    ],
    [
      'build numbers are numbers',
      { version: milestone, installedVersion: '1.0.15.MILESTONE', installedBuildNumber: '99' },
      [],
    ],
    [
      'an older build of one RELEASE is the same release',
      { installedVersion: '1.0.15.RELEASE', installedBuildNumber: '230' },
      [],
    ],
    [
      'builds of different plans',
      {
        version: milestone,
        installedVersion: '1.0.15.MILESTONE',
        installedBuildNumber: '230',
        installedBuildKey: 'HID-GEN0-230',
        buildKey: 'HID-GEN-JOB1-229',
      },
      [],
    ],
    [
      'builds of one plan',
      {
        version: milestone,
        installedVersion: '1.0.15.MILESTONE',
        installedBuildNumber: '230',
        installedBuildKey: 'HID-GEN-230',
        buildKey: 'HID-GEN-JOB1-229',
      },
      ['downgrade'],
    ],
    [
      'a build number that is none',
      { version: milestone, installedVersion: '1.0.15.MILESTONE', installedBuildNumber: '23x' },
      [],
    ],
    [
      'everything at once',
      {
        environments: map,
        environment: 'Production',
        version: milestone,
        installedVersion: '2.0.0.RELEASE',
        ...expected({ account: '1', region: 'x', cluster: 'y' }),
      },
      ['tag-not-allowed', 'wrong-account', 'wrong-region', 'wrong-cluster', 'downgrade'],
    ],
  ];
  test.each(cases)('%s', (_name, more, wantedCodes) => {
    expect(codes(more)).toEqual(wantedCodes);
  });

  test('every problem says which setting it is about and what to do', () => {
    const problems = checkTag('MILESTONE', 'Production', map);
    expect(problems).toEqual([
      expect.objectContaining({
        severity: 'error',
        place: { variable: 'bamboo_ecs_environments' },
        hint: expect.stringContaining('Production=RELEASE'),
      }),
    ]);
  });
});

describe('downgradeOf', () => {
  const installed = (version: string, buildNumber = '1'): Record<string, string> => ({
    [tagKeys.version]: version,
    [tagKeys.buildNumber]: buildNumber,
  });
  test('says by what it is older', () => {
    expect(
      downgradeOf({ installed: installed('1.0.16.RELEASE'), version: release, buildNumber: '9' }),
    ).toEqual({
      by: 'version',
      installed: '1.0.16.RELEASE',
      wanted: '1.0.15.RELEASE',
    });
    expect(
      downgradeOf({ installed: installed('1.0.15.MILESTONE', '10'), version: milestone, buildNumber: '9' }),
    ).toEqual({
      by: 'build',
      installed: '10',
      wanted: '9',
    });
    expect(downgradeOf({ installed: {}, version: release, buildNumber: '9' })).toBeNull();
  });
});

describe('parseEnvironments', () => {
  test('names may hold an equals sign, tags are read in any case', () => {
    expect([...parseEnvironments('a=b = release | Milestone ,').map]).toEqual([
      ['a=b', ['RELEASE', 'MILESTONE']],
    ]);
  });
  test('a name said twice cannot be read', () => {
    expect(parseEnvironments('QA=RELEASE,QA=MILESTONE').unreadable).toEqual(['QA=MILESTONE']);
  });
});
