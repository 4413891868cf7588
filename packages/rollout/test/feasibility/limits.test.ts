// The simulation against the table of limits that real containers are held to as well.
import { describe, expect, test } from '@jest/globals';
import { courseOf, type Scene } from '../../src/feasibility/index.ts';
import { differences, limitCases, nameOf, type LimitCase } from './limit-cases.ts';

function sceneOf({ desired, before = desired, minimum, maximum, port }: LimitCase): Scene {
  const host = port === 'fixed' ? 1234 : 0;
  const task = {
    containerDefinitions: [
      {
        name: 'web',
        image: 'web',
        memory: 6,
        ...(port !== undefined && { portMappings: [{ containerPort: 8080, hostPort: host }] }),
      },
    ],
  };
  const arn = 'arn:aws:ecs:eu-west-1:123456789012:container-instance/qa/1';
  return {
    instances: [
      {
        arn,
        name: 'i-1',
        zone: 'eu-west-1a',
        status: 'ACTIVE',
        agentConnected: true,
        attributes: {},
        cpu: { registered: 1024, remaining: 1024 },
        memory: { registered: 1024, remaining: 1024 - 6 * before },
        gpus: { registered: 0, remaining: 0 },
        takenPorts: port === 'fixed' && before > 0 ? ['tcp/22', 'tcp/1234'] : ['tcp/22'],
      },
    ],
    seats: Array.from({ length: before }, () => arn),
    oldTask: before === 0 ? null : task,
    newTask: task,
    daemon: false,
    desired,
    minimumPercent: minimum,
    maximumPercent: maximum,
    constraints: [],
    strategy: [],
    times: { healthSeconds: 40, drainSeconds: 0, strategySeconds: 0, parts: [] },
  };
}

describe('the limits of a rolling update, simulated', () => {
  test.each(limitCases.map((one) => ({ name: nameOf(one), one })))('$name', ({ one }) => {
    const { outcome, running } = courseOf(sceneOf(one));
    expect({ outcome, ...running }).toEqual({
      outcome: one.outcome,
      lowest: one.lowest,
      highest: one.highest,
    });
  });

  test('at least thirty cases, each of its own', () => {
    expect(new Set(limitCases.map(nameOf)).size).toBe(limitCases.length);
    expect(limitCases.length).toBeGreaterThanOrEqual(30);
  });

  test('where ministack differs it says a reason, and really differs', () => {
    const differing = limitCases.flatMap((one) => (one.ministack ? [{ one, two: one.ministack }] : []));
    expect(differing.length).toBeLessThan(limitCases.length / 5);
    for (const { one, two } of differing) {
      expect(differences[two.because]).toMatch(/\w{3}/u);
      expect({ ...two, because: '' }).not.toEqual({
        outcome: one.outcome,
        lowest: one.lowest,
        highest: one.highest,
        because: '',
      });
    }
  });
});
