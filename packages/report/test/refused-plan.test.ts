import { describe, expect, test } from '@jest/globals';
import type { Forecast, Plan } from '@bamboo-ecs/rollout';
import { htmlText } from '../src/html/html.ts';
import { planSection } from '../src/html/sections/plan.ts';
import { buildRecord } from '../src/record/build-record.ts';
import { paintFor } from '../src/text/paint.ts';
import { planLines } from '../src/text/plan.ts';

const forecast: Forecast = {
  outcome: 'stuck',
  sentence: 'Each instance holds port 1234.',
  steps: [],
  change: 'host port 0 (now 1234)',
};
const refused: Plan = {
  action: 'update',
  reason: 'The service runs 1.0.14, 1.0.15 replaces it.',
  cluster: 'qa',
  service: 'web',
  request: { service: 'web' },
  differences: [],
  notes: [],
  rollbackTo: 'web:1',
  forecast,
  findings: [{ check: 'room', level: 'error', message: forecast.sentence, hint: 'Use host port 0.' }],
};

describe('a plan that a check refuses', () => {
  test('the log leaves the reason to the error that follows, and says nothing of steps', () => {
    const lines = planLines(refused, paintFor(false)).join('\n');
    expect(lines).toContain('web in qa: refused (would update the service)');
    expect(lines).toContain('forecast: it gets stuck, see the error below');
    expect(lines).not.toMatch(/port 1234|steps:|on failure|smallest change/u);
  });

  test('the page says the reason once in the plan, and no way back', () => {
    const facts = {
      program: 'installer' as const,
      programVersion: '0.1.0',
      command: 'plan',
      startedAt: 0,
      finishedAt: 0,
    };
    const record = buildRecord([{ at: 0, event: { kind: 'plan', plan: refused } }], facts);
    const page = record.plans.map((plan) => htmlText(planSection(plan))).join('');
    expect(page).toContain('refused (would update the service)');
    expect(page.match(/Each instance holds port 1234/gu)).toHaveLength(1);
    expect(page).not.toMatch(/In this order|If it fails/u);
  });
});
