import { describe, expect, test } from '@jest/globals';
import { scalableTargetFindings, type ScalableTarget } from '../../src/index.ts';

const target = (members: Partial<ScalableTarget> = {}): ScalableTarget => ({
  minimum: 2,
  maximum: 10,
  suspended: [],
  ...members,
});

describe('the bounds of auto scaling', () => {
  test.each([2, 5, 10])('a count of %i within them is no finding', (after) => {
    expect(scalableTargetFindings(target(), { stated: 4, after })).toEqual([]);
  });

  test('a count below them: the next scaling out takes it to the minimum', () => {
    const [one, ...others] = scalableTargetFindings(target(), { stated: undefined, after: 1 });
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      check: 'auto-scaling',
      level: 'warning',
      message:
        'The desired count will be 1, outside of the 2 to 10 that auto scaling keeps it to: the next scaling out takes it to 2.',
    });
  });

  test('a count above them while scaling in is suspended stays', () => {
    const messages = scalableTargetFindings(target({ suspended: ['scale-in'] }), {
      stated: 12,
      after: 12,
    }).map(({ message }) => message);
    expect(messages).toEqual([
      'The desired count will be 12, outside of the 2 to 10 that auto scaling keeps it to: scaling in is suspended: it stays so.',
      'Auto scaling of the service is suspended (scale-in): the desired count of 12 does not follow the load.',
    ]);
  });

  test.each([
    [1, 2],
    [50, 10],
  ])('a release that asks for %i, which is not sent, is told that it would become %i', (stated, bound) => {
    const [one] = scalableTargetFindings(target(), { stated, after: 5 });
    expect(one?.message).toContain(`asks for desiredCount ${stated}`);
    expect(one?.message).toContain(`takes such a count to ${bound} when it scales`);
  });

  test('a server that names no maximum has set none', () => {
    const open = target({ maximum: Number.POSITIVE_INFINITY });
    expect(scalableTargetFindings(open, { stated: 9000, after: 9000 })).toEqual([]);
    expect(scalableTargetFindings(open, { stated: 1, after: 1 })[0]?.message).toContain('the 2 or more that');
  });
});
