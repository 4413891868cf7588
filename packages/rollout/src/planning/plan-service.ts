// Current × wanted → plan: a ladder of rules, the first that applies decides.
import type { Plan } from '../plan.ts';
import { createRule } from './create.ts';
import type { PlanInput } from './options.ts';
import { otherDeploymentRule } from './other-deployment.ts';
import { controllerRule, drainingRule, tagsRule } from './refusals.ts';
import { leftRevisionRule, sameReleaseRule } from './same-release.ts';
import { situationOf } from './situation.ts';
import type { Situation } from './situation.ts';
import { updatePlan } from './update.ts';

type Rule = (situation: Situation) => Plan | null;

const rules: readonly Rule[] = [
  drainingRule,
  controllerRule,
  tagsRule,
  createRule,
  // What failed here before stays refused even while somebody else deploys.
  sameReleaseRule,
  leftRevisionRule,
  otherDeploymentRule,
];

/** What to do with one service. Pure: the input is one look at ECS, the answer changes nothing. */
export function planService(input: PlanInput): Plan {
  const situation = situationOf(input);
  for (const rule of rules) {
    const plan = rule(situation);
    if (plan) return plan;
  }
  return updatePlan(situation);
}
