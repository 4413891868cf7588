// The time-out: as set, else computed from the service's own settings; printed with its parts.
import type { RunContext } from '@bamboo-ecs/program';
import { duration, serviceAfter, timeBudget } from '@bamboo-ecs/rollout';
import type { PlannedService } from './planned-service.ts';

/** Milliseconds. A rollout that is adopted was not foretold: its service says how long it may take. */
export function timeoutFor(context: RunContext, { plan, service, wanted, budget }: PlannedService): number {
  const own =
    budget ??
    timeBudget({ service: serviceAfter(plan, service.definition), taskDefinition: wanted.taskDefinition });
  const set = context.settings.duration('timeout');
  if (set === undefined) {
    context.say(`Time-out ${duration(own.ms)}: ${own.parts.join(', ')}`);
    return own.ms;
  }
  context.say(`Time-out ${duration(set)} (set; the service's own settings would give ${duration(own.ms)})`);
  return set;
}
