// A rollout that finds no room, in a cluster without a capacity provider: may the Auto Scaling groups of its instances grow?
import type { RunContext } from '@bamboo-ecs/program';
import type { ClusterRoom } from '@bamboo-ecs/rollout';
import type { Prospects } from './foretell.ts';
import type { InstallerPorts } from './ports.ts';

/**
 * The room with what is known of the groups; null where nothing more is to be learnt: it is not refused for want of room, or the
 * instances are none of EC2's. Two calls, and only then.
 */
export async function askGroups(
  context: RunContext,
  ports: InstallerPorts,
  room: ClusterRoom | null,
  { findings, moreWouldHelp }: Prospects,
): Promise<ClusterRoom | null> {
  const refused = findings.some(({ check, level }) => check === 'room' && level === 'error');
  if (!refused || !moreWouldHelp || room?.instances === undefined || !ports.openPreflight) return null;
  const instances = room.instances
    .filter(({ name, capacityProvider }) => capacityProvider === undefined && /^i-[\da-f]+$/u.test(name))
    .map(({ name }) => name);
  if (instances.length === 0) return null;
  const port = await ports.openPreflight(context, []);
  const answer = await port.instanceGroups?.(instances);
  if (answer === undefined) return null;
  if (answer.known) return { ...room, groups: answer.value };
  const hint = answer.hint === undefined ? '' : ` ${answer.hint}`;
  const gap = `Whether an Auto Scaling group may add instances is not known: ${answer.reason.replace(/\.$/u, '')}.${hint}`;
  return { ...room, gaps: [...room.gaps, gap] };
}
