// What Bamboo says about this run, for the record: its deployment environment and its result page.
import { deploymentContext } from '@bamboo-ecs/bamboo';
import type { RunContext } from '@bamboo-ecs/program';

/** Notes it; gives the environment that this run is about: as set, else Bamboo's. */
export function noteDeployment(context: RunContext): string | null {
  const deployment = deploymentContext(context.variables);
  const environment = deployment.environment ?? null;
  const chosen = context.settings.text('environment') ?? environment;
  context.note({
    environment: chosen,
    deployment: { environment, resultsUrl: deployment.resultsUrl ?? null },
  });
  return chosen;
}
