import { describe, expect, test } from '@jest/globals';
import { parseScenario, ScenarioError } from '../../src/simulation/index.ts';
import { create, minutes, newSimulation, register, tasks, update } from './fixtures.ts';

describe('a scenario', () => {
  test('matches the reference, the tag, the digest or a docker label; the first rule counts', () => {
    const digest = `sha256:${'ab'.repeat(32)}`;
    const exits = { kind: 'exits', afterMs: 1, exitCode: 1 } as const;
    const match = (pattern: string) => {
      const simulation = newSimulation({
        scenario: {
          rules: [{ match: pattern, outcome: exits }],
          images: { 'registry.example/hid:1.0': digest },
        },
      });
      register(simulation, '1.0', { dockerLabels: { release: '1.0', team: 'payments' } });
      create(simulation, { desiredCount: 1 });
      simulation.advance(minutes(1));
      return tasks(simulation)[0]?.stopCode === 'EssentialContainerExited';
    };
    expect(match('registry.example/hid')).toBe(true);
    expect(match('/^1\\.\\d$/')).toBe(true);
    expect(match(digest)).toBe(true);
    expect(match('PAYMENTS')).toBe(false);
    expect(match('/PAYMENTS/i')).toBe(true);
    expect(match('2.0')).toBe(false);
  });

  test('times: only the first n tasks; counted anew when the scenario is set', () => {
    const simulation = newSimulation();
    const rule = { match: '1.0', outcome: { kind: 'exits', afterMs: 1000, exitCode: 1 }, times: 2 };
    simulation.setScenario({ rules: [rule] });
    register(simulation, '1.0');
    create(simulation, { desiredCount: 1 });
    simulation.advance(minutes(10));
    expect(tasks(simulation).map(({ stopCode }) => stopCode)).toEqual([
      'EssentialContainerExited',
      'EssentialContainerExited',
      null,
    ]);
    simulation.setScenario([rule]);
    update(simulation, { forceNewDeployment: true });
    simulation.advance(minutes(10));
    expect(tasks(simulation).filter(({ stopCode }) => stopCode === 'EssentialContainerExited')).toHaveLength(
      4,
    );
  });

  test('a moved tag arrives with the next deployment only', () => {
    const digests = [`sha256:${'11'.repeat(32)}`, `sha256:${'22'.repeat(32)}`];
    let current = 0;
    const simulation = newSimulation({ resolveImage: () => digests[current] });
    register(simulation, '1.0');
    create(simulation, { desiredCount: 1 });
    current = 1;
    simulation.advance(minutes(5));
    update(simulation, { forceNewDeployment: true });
    simulation.advance(minutes(5));
    expect(tasks(simulation).map(({ containers }) => containers[0]?.digest)).toEqual(digests);
  });

  test('mistakes are told all at once, with their paths', () => {
    const wrong = {
      rules: [
        { match: '', outcome: { kind: 'exits', afterMs: -1 } },
        { match: '/(/', outcome: { kind: 'explodes' } },
        { match: 'x', outcome: { kind: 'toString' }, times: 1.5, extra: 1 },
        null,
      ],
      images: { 'a:1': 'sha256:short' },
      other: 1,
    };
    let error: unknown;
    try {
      parseScenario(wrong);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ScenarioError);
    expect((error as ScenarioError).problems).toEqual([
      '$.other: unknown; known are rules, images',
      '$.rules[0].match: must be a text, not empty',
      '$.rules[0].outcome.afterMs: must be a number of milliseconds, 0 or more',
      '$.rules[0].outcome.exitCode: must be a whole number, 0 or more',
      expect.stringMatching(/^\$\.rules\[1\]\.match: Invalid regular expression/u),
      '$.rules[1].outcome.kind: must be one of runs, exits, cannot-pull, cannot-start, never-healthy',
      '$.rules[2].extra: unknown; known are match, outcome, times',
      '$.rules[2].times: must be a whole number, 0 or more',
      '$.rules[2].outcome.kind: must be one of runs, exits, cannot-pull, cannot-start, never-healthy',
      '$.rules[3]: must be an object',
      '$.images["a:1"]: must be sha256: and 64 hexadecimal digits',
    ]);
    for (const value of [null, 1, 'x']) expect(() => parseScenario(value)).toThrow(ScenarioError);
  });
});
