// Which revisions may go: never one in use, the way back, or somebody else's.
import { describe, expect, test } from '@jest/globals';
import { planCleanUp, tagKeys, type CleanUpInput, type TaskDefinitionSnapshot } from '../src/index.ts';
import { deployment, service, task } from './builders.ts';

const prefix = 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:';
const place = { environment: 'Production', cluster: 'production', service: 'web' };

function revision(number: number, tags: Record<string, string> = {}): TaskDefinitionSnapshot {
  return {
    arn: `${prefix}${number}`,
    family: 'web',
    revision: number,
    status: 'ACTIVE',
    definition: {},
    tags: {
      [tagKeys.version]: `1.0.${number}.RELEASE`,
      [tagKeys.environment]: 'Production',
      [tagKeys.cluster]: 'production',
      [tagKeys.service]: 'web',
      ...(number > 1 && { [tagKeys.replaces]: `web:${number - 1}` }),
      ...tags,
    },
  };
}

function input(more: Partial<CleanUpInput> = {}, running = 9): CleanUpInput {
  const taskDefinition = `${prefix}${running}`;
  return {
    place,
    service: service([deployment({ taskDefinition })], { taskDefinition }),
    revisions: [9, 8, 7, 6, 5, 4, 3, 2, 1].map((number) => revision(number)),
    tasks: [],
    keep: 3,
    most: 10,
    ...more,
  };
}

function gone(more: Partial<CleanUpInput> = {}, running = 9): string {
  const { deregister, left } = planCleanUp(input(more, running));
  const numbers = deregister.map((arn) => arn.slice(prefix.length)).join(' ');
  return left > 0 ? `${numbers} and ${left}` : numbers;
}

describe('clean-up', () => {
  test.each([
    ['the newest stay', {}, 9, '1 2 3 4 5 6'],
    ['more are kept than there are', { keep: 20 }, 9, ''],
    ['keep 1 keeps the way back, too', { keep: 1 }, 9, '1 2 3 4 5 6 7'],
    ['capped, the oldest first', { most: 2 }, 9, '1 2 and 4'],
    ['after a roll-back by hand an old one runs', { keep: 2 }, 4, '1 2 5 6 7 8 9'],
    ['none of ours', { place: { ...place, environment: 'QA' } }, 9, ''],
    ['no environment is an environment of its own', { place: { ...place, environment: null } }, 9, ''],
    ['another cluster', { place: { ...place, cluster: 'other' } }, 9, ''],
    [
      'the cluster as ARN',
      { place: { ...place, cluster: 'arn:aws:ecs:eu-west-1:123456789012:cluster/production' } },
      9,
      '1 2 3 4 5 6',
    ],
  ] as const)('%s', (_what, more, running, expected) => {
    expect(gone(more, running)).toBe(expected);
  });

  test('what a task of anybody runs stays', () => {
    expect(gone({ tasks: [task({ taskDefinition: `${prefix}2` })] })).toBe('1 3 4 5 6 7');
  });

  test('what an older deployment still has stays', () => {
    const old = deployment({ id: 'ecs-svc/1', status: 'ACTIVE', taskDefinition: `${prefix}2` });
    const now = deployment({ taskDefinition: `${prefix}9` });
    const both = service([now, old], { taskDefinition: `${prefix}9` });
    // The way back of the older one stays, too: 9, 8, 2 and 1.
    expect(gone({ service: both, keep: 1 })).toBe('3 4 5 6 7');
  });

  test('the way back leads past what failed and what was withdrawn', () => {
    const revisions = input().revisions.map((one) => {
      if (one.revision === 8) return revision(8, { [tagKeys.outcome]: 'failed' });
      return one.revision === 7 ? revision(7, { [tagKeys.outcome]: 'withdrawn' }) : one;
    });
    expect(gone({ revisions, keep: 1 })).toBe('1 2 3 4 5');
  });

  test('revisions of others in the same family neither go nor count', () => {
    const revisions = input().revisions.map((one) =>
      one.revision % 2 === 0 ? revision(one.revision, { [tagKeys.environment]: 'QA' }) : one,
    );
    expect(gone({ revisions, keep: 2 })).toBe('1 3 5');
    const foreign = { ...revision(1), tags: {} };
    expect(gone({ revisions: [...input().revisions.slice(0, -1), foreign] })).toBe('2 3 4 5 6');
  });

  test('a chain that leads back to itself ends', () => {
    const revisions = [
      revision(2, { [tagKeys.replaces]: 'web:1', [tagKeys.outcome]: 'failed' }),
      revision(1, { [tagKeys.replaces]: 'web:2', [tagKeys.outcome]: 'failed' }),
    ];
    expect(gone({ revisions, keep: 1 }, 2)).toBe('');
  });
});
