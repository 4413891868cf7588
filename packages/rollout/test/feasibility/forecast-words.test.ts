// What a forecast says of waits that nobody can foretell, and of services that are new.
import { describe, expect, test } from '@jest/globals';
import { forecast } from '../../src/feasibility/index.ts';
import { planSteps } from '../../src/index.ts';
import { create, update } from './builders.ts';

const hook = { targetType: 'PAUSE', lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'] };
const wish = (deploymentConfiguration: object) => ({
  instances: 4,
  desired: 2,
  minimum: 50,
  service: { deploymentConfiguration: { ...deploymentConfiguration } },
});

describe('a PAUSE hook', () => {
  test.each(['BLUE_GREEN', 'LINEAR', 'CANARY', 'ROLLING'])(
    'in %s comes on top of what is expected',
    (strategy) => {
      const paused = forecast(update(wish({ strategy, lifecycleHooks: [hook] }))).forecast;
      expect(paused).toMatchObject({ outcome: 'finishes', expectedPlus: 'the wait at the PAUSE hook' });
      if (strategy !== 'ROLLING')
        expect(paused.sentence).toMatch(/takes about [\w ]+ plus the wait at the PAUSE hook\.$/u);
      const steps = planSteps({
        action: 'adopt',
        reason: '',
        cluster: 'qa',
        service: 'web',
        differences: [],
        notes: [],
        forecast: paused,
      });
      expect(steps.at(-1)?.text).toMatch(/expected plus the wait at the PAUSE hook\)$/u);
    },
  );

  test('a hook that calls a function is none', () => {
    const lambda = { ...hook, targetType: 'AWS_LAMBDA' };
    const { forecast: foretold } = forecast(
      update(wish({ strategy: 'BLUE_GREEN', lifecycleHooks: [lambda] })),
    );
    expect(foretold).not.toHaveProperty('expectedPlus');
    expect(foretold.sentence).not.toContain('wait');
  });
});

test('BLUE_GREEN beside what runs, and where nothing runs', () => {
  const said = (input: Parameters<typeof forecast>[0]) => forecast(input).forecast.sentence;
  expect(said(update(wish({ strategy: 'BLUE_GREEN' })))).toContain('2 new tasks start beside the old, and');
  expect(said(create(wish({ strategy: 'BLUE_GREEN' })))).toContain('BLUE_GREEN: 2 tasks start, and');
});
