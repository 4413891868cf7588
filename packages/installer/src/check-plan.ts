// Can the plan work? What surrounds the service and the room for its tasks, looked at before anything is registered.
import { refused, type RunContext } from '@bamboo-ecs/program';
import type { Problem } from '@bamboo-ecs/release';
import type { EcsPort, Finding, Plan } from '@bamboo-ecs/rollout';
import { askGroups } from './ask-groups.ts';
import { lookAtAlarms } from './bake/bake-alarms.ts';
import type { LookAround } from './look-around.ts';
import { lookAtNeighbours } from './look-at-neighbours.ts';
import { askRoom, prospectsOf } from './foretell.ts';
import type { PlannedService } from './planned-service.ts';
import type { InstallerPorts } from './ports.ts';

/** Every look that is taken before a service is created or updated, beside the one at the cluster's room. */
const looksAround: readonly LookAround[] = [lookAtNeighbours, lookAtAlarms];

/** The plan with what was found; a plan that rolls nothing out is given back as it is, and nobody is asked. */
export async function checkPlan(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  planned: PlannedService,
): Promise<PlannedService> {
  const { plan } = planned;
  if (plan.action !== 'create' && plan.action !== 'update') return planned;
  const asked = askRoom(context, ecs, planned);
  const [room, ...seen] = await Promise.all([
    asked,
    ...looksAround.map(async (look) => look(context, ports, ecs, planned, asked)),
  ]);
  const delays = seen.flatMap((one) => one.deregistrationDelaySeconds ?? []);
  const delay = delays.length > 0 ? Math.max(...delays) : undefined;
  const first = await prospectsOf(context, planned, room, delay);
  const more = await askGroups(context, ports, room, first);
  const prospects = more === null ? first : await prospectsOf(context, planned, more, delay);
  const { forecast, findings, timeoutMs, budget } = prospects;
  return {
    ...planned,
    plan: {
      ...plan,
      findings: [...(plan.findings ?? []), ...seen.flatMap((one) => one.findings), ...findings],
      forecast,
      timeoutMs,
    },
    budget,
  };
}

/** With an error among the findings the installation is refused, with all of them at once; the plan shows the rest. */
export function refuseFindings({ findings = [] }: Plan, before = 'the installation'): void {
  const errors = findings.filter(({ level }) => level === 'error').map(problemOf);
  if (errors.length > 0) throw refused(`the checks before ${before}`, errors);
}

function problemOf({ check, message, hint }: Finding): Problem {
  return { severity: 'error', code: check, message, ...(hint === undefined ? {} : { hint }) };
}
