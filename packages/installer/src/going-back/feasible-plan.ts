// A roll-back that can get to its end: foretold as an installation is, with what the release of then sends, else with what the service has now.
import type { RunContext } from '@bamboo-ecs/program';
import {
  isRefused,
  otherWaysBack,
  planGoingBack,
  type ClusterRoom,
  type EcsPort,
  type GoingBackInput,
} from '@bamboo-ecs/rollout';
import { askGroups } from '../ask-groups.ts';
import { askRoom, prospectsOf } from '../foretell.ts';
import type { PlannedService } from '../planned-service.ts';
import type { InstallerPorts } from '../ports.ts';

/** `planned` is of `input`. Where every way gets stuck, the first one, with what refuses it. */
export async function feasiblePlan(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  planned: PlannedService,
  input: GoingBackInput,
): Promise<PlannedService> {
  const asked = await askRoom(context, ecs, planned);
  const first = await prospectsOf(context, planned, asked, undefined, true);
  const room = (await askGroups(context, ports, asked, first)) ?? asked;
  const asReleased = await foretold(context, planned, room);
  if (!isRefused(asReleased.plan)) return asReleased;
  for (const other of otherWaysBack(input)) {
    const plan = planGoingBack(other);
    const tried = await foretold(context, { ...planned, plan }, room);
    if (!isRefused(tried.plan)) return tried;
  }
  return asReleased;
}

async function foretold(
  context: RunContext,
  planned: PlannedService,
  room: ClusterRoom | null,
): Promise<PlannedService> {
  const { forecast, findings, timeoutMs, budget } = await prospectsOf(
    context,
    planned,
    room,
    undefined,
    true,
  );
  return { ...planned, plan: { ...planned.plan, forecast, findings, timeoutMs }, budget };
}
