// What ECS says runs now, at the places that the newest records name: optional, the history is told without it, too.
import { RunStopped, type RunContext } from '@bamboo-ecs/program';
import type { HistoryEntry } from '@bamboo-ecs/report';
import { isEcsError, revisionName, tagKeys, type EcsPort } from '@bamboo-ecs/rollout';
import { placesOf, type KnownPlace } from '../places/known-places.ts';
import type { InstallerPorts } from '../ports.ts';

const mostPlaces = 5;

/** One sentence for each place. */
export async function runningNow(
  context: RunContext,
  ports: InstallerPorts,
  entries: readonly HistoryEntry[],
): Promise<readonly string[]> {
  const places = placesOf(entries).slice(0, mostPlaces);
  if (places.length === 0) return [];
  try {
    const ecs = await ports.openEcs(context);
    return await Promise.all(places.map(async (place) => running(ecs, place)));
  } catch (error) {
    // No region, no credentials, no right: the records say enough.
    if (!isEcsError(error) && !(error instanceof RunStopped)) throw error;
    context.say(`What runs now could not be asked: ${error.message}`);
    return [];
  }
}

async function running(ecs: EcsPort, { environment, cluster, service }: KnownPlace): Promise<string> {
  const where = `${environment === null ? '' : `${environment}: `}${service} in ${cluster}`;
  const [now] = await ecs.describeServices(cluster, [service]);
  if (!now || now.status === 'MISSING' || now.status === 'INACTIVE') return `${where} is not there any more.`;
  const revision = await ecs.describeTaskDefinition(now.taskDefinition);
  const version = revision?.tags[tagKeys.version] ?? 'something that the installer did not register';
  return `${where} runs ${version} (${revisionName(now.taskDefinition)}) now, ${now.running} of ${now.desired} tasks.`;
}
