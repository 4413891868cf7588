import type { Difference, Place, Problem } from '@bamboo-ecs/release';
import type { Diagnosis, Finding, Plan } from '@bamboo-ecs/rollout';
import { maskDeep } from './masker.ts';
import type { Mask } from './masker.ts';

/** Code and severity stay. */
export function maskProblem(problem: Problem, mask: Mask): Problem {
  return {
    ...problem,
    message: mask(problem.message),
    ...(problem.hint !== undefined && { hint: mask(problem.hint) }),
    ...(problem.place !== undefined && { place: maskPlace(problem.place, mask) }),
  };
}

function maskPlace(place: Place, mask: Mask): Place {
  return {
    ...place,
    ...(place.file !== undefined && { file: mask(place.file) }),
    ...(place.path !== undefined && { path: mask(place.path) }),
    ...(place.segments !== undefined && { segments: maskDeep(place.segments, mask) }),
    ...(place.variable !== undefined && { variable: mask(place.variable) }),
  };
}

/** The action stays. `register` holds a request and its tags, which are masked with their keys. */
export function maskPlan(plan: Plan, mask: Mask): Plan {
  const { action, differences, register, findings, forecast, ...rest } = plan;
  const texts = Object.entries(rest).map(([name, value]) => [name, maskDeep(value, mask)]);
  return {
    ...(Object.fromEntries(texts) as typeof rest),
    action,
    differences: differences.map((difference) => maskDifference(difference, mask)),
    ...(findings !== undefined && { findings: findings.map((finding) => maskFinding(finding, mask)) }),
    ...(forecast !== undefined && {
      forecast: { ...maskDeep(forecast, mask), outcome: forecast.outcome },
    }),
    ...(register !== undefined && {
      register: { request: maskDeep(register.request, mask), tags: maskDeep(register.tags, mask) },
    }),
  };
}

/** Check and level stay: they are words of ours. */
function maskFinding(finding: Finding, mask: Mask): Finding {
  return {
    ...finding,
    message: mask(finding.message),
    ...(finding.hint !== undefined && { hint: mask(finding.hint) }),
  };
}

function maskDifference({ path, from, to }: Difference, mask: Mask): Difference {
  return {
    path: mask(path),
    ...(from !== undefined && { from: maskDeep(from, mask) }),
    ...(to !== undefined && { to: maskDeep(to, mask) }),
  };
}

/** The cause, the kinds of evidence and how sure it is stay. */
export function maskDiagnosis(diagnosis: Diagnosis, mask: Mask): Diagnosis {
  return {
    ...diagnosis,
    sentence: mask(diagnosis.sentence),
    advice: mask(diagnosis.advice),
    evidence: diagnosis.evidence.map((entry) => ({ ...entry, text: mask(entry.text) })),
    ...(diagnosis.logs !== undefined && { logs: maskDeep(diagnosis.logs, mask) }),
  };
}
