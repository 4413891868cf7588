// One row of the tables of plans.
import { expect } from '@jest/globals';
import { planService } from '../../src/index.ts';
import type { Plan, PlanInput } from '../../src/index.ts';

export type PlanCase = readonly [name: string, input: PlanInput, action: Plan['action'], more: Partial<Plan>];

export function expectPlan(input: PlanInput, action: Plan['action'], more: Partial<Plan>): void {
  const plan = planService(input);
  expect(plan).toMatchObject({ action, cluster: 'qa', service: 'web', ...more });
  expect(plan.reason).toMatch(/\S.*\.$/u);
  const writes = action === 'create' || action === 'update';
  expect(plan.request !== undefined).toBe(writes);
  expect(plan.adoptRevision !== undefined || plan.register !== undefined).toBe(writes);
  const refuses = action === 'refuse' || action === 'refuse-failed';
  expect(plan.hint !== undefined).toBe(refuses || input.service.status === 'DRAINING');
}
