import { describe, expect, test } from '@jest/globals';
import { arnParts, isShortServiceArn, plainName, revisionName, sameRevision } from '../src/index.ts';

describe('arnParts', () => {
  test('of a task definition keeps the colon of its revision', () => {
    expect(arnParts('arn:aws-cn:ecs:cn-north-1:123456789012:task-definition/web:7')).toEqual({
      partition: 'aws-cn',
      service: 'ecs',
      region: 'cn-north-1',
      account: '123456789012',
      resource: 'task-definition/web:7',
    });
  });
  test.each(['', 'web', 'web:7', 'arn:aws:ecs', 'arn:aws:ecs:r:a:', 'xarn:aws:ecs:r:a:b'])(
    'of %j is null',
    (text) => {
      expect(arnParts(text)).toBeNull();
    },
  );
  test('of a global resource has no region', () => {
    expect(arnParts('arn:aws:iam::1:role/x')).toMatchObject({ region: '', account: '1' });
  });
});

describe('names', () => {
  test.each([
    ['arn:aws:ecs:r:a:cluster/qa', 'qa'],
    ['arn:aws:ecs:r:a:service/qa/web', 'web'],
    ['arn:aws:ecs:r:a:service/web', 'web'],
    ['qa', 'qa'],
    ['', ''],
  ])('plainName of %j', (reference, name) => {
    expect(plainName(reference)).toBe(name);
  });
  test('revisions are the same by ARN or by name', () => {
    const arn = 'arn:aws:ecs:r:a:task-definition/web:7';
    expect(revisionName(arn)).toBe('web:7');
    expect(sameRevision(arn, 'web:7')).toBe(true);
    expect(sameRevision(arn, arn)).toBe(true);
    expect(sameRevision(arn, 'web:70')).toBe(false);
    expect(sameRevision(arn, 'arn:aws:ecs:r:b:task-definition/web:7')).toBe(false);
    expect(sameRevision('', '')).toBe(false);
  });
  test('short service ARNs have no cluster', () => {
    expect(isShortServiceArn('arn:aws:ecs:r:a:service/web')).toBe(true);
    expect(isShortServiceArn('arn:aws:ecs:r:a:service/qa/web')).toBe(false);
    expect(isShortServiceArn('')).toBe(false);
  });
});
