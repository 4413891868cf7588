// Auto Scaling groups that no capacity provider names, and what room has no say in.
import { describe, expect, test } from '@jest/globals';
import { forecast } from '../../src/feasibility/index.ts';
import type { GroupRoom } from '../../src/index.ts';
import { update, type Wish } from './builders.ts';

const group = (members: Partial<GroupRoom> = {}): GroupRoom => ({
  name: 'ecs-web',
  desired: 2,
  maximum: 6,
  launches: true,
  ...members,
});
/** A task of the seed on each of two instances, none of which may stop. */
const stuck = (groups?: readonly GroupRoom[], more: Partial<Wish> = {}) =>
  forecast(update({ instances: 2, desired: 2, minimum: 100, ...more, ...(groups && { room: { groups } }) }));

describe('a rollout that finds no room', () => {
  test('is refused while nothing is known of a group, and says that more instances would help', () => {
    const { findings, moreWouldHelp } = stuck();
    expect(findings.map(({ level }) => level)).toEqual(['error']);
    expect(moreWouldHelp).toBe(true);
  });

  test('is warned of when a group is below its maximum, which is told', () => {
    const { findings, forecast: foretold } = stuck([group()]);
    expect(foretold.outcome).toBe('stuck');
    expect(findings).toMatchObject([
      {
        level: 'warning',
        message: expect.stringContaining(
          'The Auto Scaling group ecs-web has 2 of at most 6 instances and may add some, if something other than ECS makes it.',
        ),
      },
    ]);
  });

  test.each([
    ['at its maximum', { desired: 6 }, 'The Auto Scaling group ecs-web is at its maximum of 6 instances'],
    ['above it', { desired: 7 }, 'is at its maximum'],
    ['suspended', { launches: false }, 'its process Launch is suspended'],
  ])('is refused when the group is %s, with a note', (_, members, text) => {
    const { findings } = stuck([group(members)]);
    expect(findings.map(({ level }) => level)).toEqual(['error', 'note']);
    expect(findings[1]?.message).toContain(text);
  });

  test('of two groups one that may grow is enough', () => {
    const { findings } = stuck([group({ desired: 6 }), group({ name: 'other' })]);
    expect(findings.map(({ level }) => level)).toEqual(['warning', 'note']);
  });
});

describe('a rollout that its limits hold up', () => {
  test.each<readonly [string, Wish['room']]>([
    ['a group may grow', { groups: [group()] }],
    [
      'a capacity provider adds instances',
      { providers: [{ name: 'p', kind: 'auto-scaling-group', scales: true }] },
    ],
    ['it is not known whether the cluster grows', { providers: undefined as never }],
  ])('is refused, although %s: no instance helps', (_, room) => {
    const { findings, moreWouldHelp } = forecast(
      update({ instances: 2, desired: 1, minimum: 100, maximum: 100, room: room ?? {} }),
    );
    expect(moreWouldHelp).toBe(false);
    expect(findings[0]).toMatchObject({
      level: 'error',
      message: expect.stringContaining('may neither stop'),
    });
  });
});
