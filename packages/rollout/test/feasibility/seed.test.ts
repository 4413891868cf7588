// The seed's own template (host port 1234, minimum 25, maximum 200) on one to four instances with one to four tasks.
import { describe, expect, test } from '@jest/globals';
import { forecast } from '../../src/feasibility/index.ts';
import { create, update } from './builders.ts';

const counts = [1, 2, 3, 4];
const grid = counts.flatMap((instances) => counts.map((desired) => ({ instances, desired })));

/** Of desired tasks 25 %, rounded up, must stay. */
const floorOf = (desired: number): number => Math.ceil(desired / 4);

describe("the seed's template is updated", () => {
  test.each(grid.filter(({ instances, desired }) => desired <= instances))(
    '$desired tasks on $instances instances',
    ({ instances, desired }) => {
      const { forecast: foretold, findings } = forecast(update({ instances, desired, minimum: 25 }));
      // One task on one instance may not stop, and a second has no port: everything else moves.
      const stuck = instances === 1;
      expect(foretold.outcome).toBe(stuck ? 'stuck' : 'finishes');
      expect(foretold.lowest).toEqual({ running: stuck ? 1 : floorOf(desired), desired });
      expect(findings.map(({ level }) => level)).toEqual(stuck ? ['error'] : []);
      if (stuck) return;
      const started = foretold.steps.filter(({ text }) => text.startsWith('start')).map(({ text }) => text);
      const total = started.reduce((sum, text) => sum + Number(/start (\d+) new/u.exec(text)?.[1]), 0);
      expect(total).toBe(desired);
    },
  );

  test('one task on one instance: why, and what would do, each tried', () => {
    const { forecast: foretold, findings } = forecast(update({ instances: 1, desired: 1, minimum: 25 }));
    expect(foretold).toMatchObject({
      sentence:
        'The only instance, i-1, already holds port 1234: no new task can start before an old one stops, and minimumHealthyPercent 25 lets none stop (1 of 1 task must stay healthy).',
      change: 'host port 0 (now 1234)',
      otherChanges: ['1 more instance (now 1)', 'minimumHealthyPercent 0 (now 25): no task serves meanwhile'],
    });
    expect(findings[0]).toMatchObject({ check: 'room', level: 'error', message: foretold.sentence });
  });

  test('behind the classic load balancer a host port of 0 is no small change', () => {
    const loadBalancers = [{ loadBalancerName: 'web', containerName: 'web', containerPort: 8080 }];
    const wish = { instances: 3, desired: 3, minimum: 100, service: { loadBalancers } };
    expect(forecast(update(wish)).forecast).toMatchObject({
      sentence: expect.stringContaining('Each of the 3 instances already holds port 1234'),
      change: 'minimumHealthyPercent 66 (now 100)',
      otherChanges: [
        '1 more instance (now 3)',
        'host port 0 (now 1234), with a target group in place of the classic load balancer',
        'desiredCount 2 (now 3)',
      ],
    });
  });

  test.each(counts.slice(1))(
    'minimum 100 on %d instances, all taken: the highest minimum that works',
    (count) => {
      const wish = { instances: count, desired: count, minimum: 100 };
      const { change } = forecast(update(wish)).forecast;
      const percent = Number(/^minimumHealthyPercent (\d+) \(now 100\)$/u.exec(change ?? '')?.[1]);
      expect(forecast(update({ ...wish, minimum: percent })).forecast.outcome).toBe('finishes');
      expect(forecast(update({ ...wish, minimum: percent + 1 })).forecast.outcome).toBe('stuck');
    },
  );

  test('the course in steps, with what serves meanwhile', () => {
    expect(forecast(update({ instances: 4, desired: 4, minimum: 25 })).forecast.steps).toEqual([
      {
        text: 'stop 3 old tasks on i-1 (eu-west-1a), i-2 (eu-west-1b), i-3 (eu-west-1a)',
        newRunning: 0,
        oldRunning: 1,
      },
      {
        text: 'start 3 new tasks on i-1 (eu-west-1a), i-2 (eu-west-1b), i-3 (eu-west-1a)',
        newRunning: 0,
        oldRunning: 1,
      },
      { text: 'stop 1 old task on i-4 (eu-west-1b)', newRunning: 3, oldRunning: 0 },
      { text: 'start 1 new task on i-4 (eu-west-1b)', newRunning: 3, oldRunning: 0 },
    ]);
  });
});

describe("the seed's template is created", () => {
  test.each(grid)('$desired tasks on $instances instances', ({ instances, desired }) => {
    const { forecast: foretold, findings } = forecast(create({ instances, desired, minimum: 25 }));
    const fits = desired <= instances;
    expect(foretold.outcome).toBe(fits ? 'finishes' : 'stuck');
    expect(foretold.lowest).toBeUndefined();
    expect(findings.map(({ level }) => level)).toEqual(fits ? [] : ['error']);
    if (!fits) expect(foretold.sentence).toContain(`only ${instances} of ${desired} tasks can start`);
  });
});
