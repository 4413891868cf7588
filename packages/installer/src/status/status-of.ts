// One place, looked at: ECS, the tags, the release behind them, the records, the health of the targets.
import { RunStopped, type RunContext } from '@bamboo-ecs/program';
import type { HistoryEntry } from '@bamboo-ecs/report';
import {
  driftFrom,
  healthSources,
  isEcsError,
  serviceStatus,
  tagKeys,
  type EcsPort,
  type LastRun,
  type Place,
  type ServiceSnapshot,
  type ServiceStatus,
  type TaskDefinitionSnapshot,
} from '@bamboo-ecs/rollout';
import { primaryOf } from '../apply-plan.ts';
import type { FoundPlaces } from '../places/find-places.ts';
import { entriesOf, type KnownPlace } from '../places/known-places.ts';
import { lastRunOf } from '../places/last-run.ts';
import { releasedAs } from '../places/released-as.ts';
import type { InstallerPorts } from '../ports.ts';
import { isLater, othersThan } from './others-than.ts';
import { pausesOf, stageOf } from './pauses.ts';

export async function statusOf(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  place: KnownPlace,
  found: FoundPlaces,
): Promise<ServiceStatus> {
  const notes: string[] = [];
  const [seen] = await ecs.describeServices(place.cluster, [place.service]);
  if (!seen) throw new Error(`DescribeServices gave no answer for ${place.service}`);
  const reference = revisionOf(seen);
  const here = seen.status !== 'MISSING' && seen.status !== 'INACTIVE' && reference !== '';
  const running = here ? await ecs.describeTaskDefinition(reference) : null;
  if (here && running === null) notes.push(`${reference} could not be read: its tags say what it is.`);
  const [withHealth, serviceDeployment, others, differences] = await Promise.all([
    withTargets(context, ports, seen, notes),
    stageOf(ecs, seen, context.now(), notes),
    othersThan(ecs, running, notes),
    running ? compared({ context, ports, ecs }, seen, { running, stores: found.stores, notes }) : [],
  ]);
  const known = placeOf(place, found, running);
  const service = serviceDeployment ? { ...withHealth, serviceDeployment } : withHealth;
  const pauses = pausesOf(service, running, { project: place.project, environment: known.environment });
  const status = serviceStatus({
    now: context.now(),
    project: place.project,
    place: known,
    service,
    running,
    later: others.filter((other) => isLater(other, running)),
    earlier: others.filter((other) => !isLater(other, running)),
    lastRun: lastRun(entriesOf(found.entries, known)),
    differences,
    notes,
  });
  return pauses.length > 0 ? { ...status, pauses } : status;
}

/** Named by cluster and service alone, the environment is what the tags say. */
function placeOf(
  { environment, cluster, service }: KnownPlace,
  { entries }: FoundPlaces,
  running: TaskDefinitionSnapshot | null,
): Place {
  const isSure = environment !== null || entries.some((entry) => entry.environment === null);
  return {
    cluster,
    service,
    environment: isSure ? environment : (running?.tags[tagKeys.environment] ?? null),
  };
}

function lastRun(entries: readonly HistoryEntry[]): LastRun | null {
  return entries.length > 0 ? lastRunOf(entries) : null;
}

export function revisionOf(service: ServiceSnapshot): string {
  const primary = service.deployments.find(({ id }) => id === primaryOf(service));
  return primary?.taskDefinition || service.taskDefinition;
}

/** What runs against what was applied: only what is exactly known is called a change by hand. */
async function compared(
  { context, ports, ecs }: { context: RunContext; ports: InstallerPorts; ecs: EcsPort },
  service: ServiceSnapshot,
  {
    running,
    stores,
    notes,
  }: { running: TaskDefinitionSnapshot; notes: string[] } & Pick<FoundPlaces, 'stores'>,
): Promise<readonly string[]> {
  const released = await releasedAs(context, ports, running, stores);
  if (released.kind === 'unknown') {
    notes.push(`Whether the service's attributes were changed is not known. ${released.why}`);
    return [];
  }
  if (!released.exact) {
    notes.push(
      'The variables of the deployment environment are others now than when this was installed: the attributes of the service are not compared.',
    );
    return [];
  }
  const update = released.wanted.serviceUpdate;
  const all = driftFrom(service, update, { keepsCount: false });
  const others = driftFrom(service, update, { keepsCount: true });
  // A count that auto scaling owns is no change by hand; asking costs a call.
  if (all.length === others.length) return all;
  const scalable = await ecs.hasScalableTarget(service.cluster, service.name);
  return scalable === true ? others : all;
}

async function withTargets(
  context: RunContext,
  ports: InstallerPorts,
  service: ServiceSnapshot,
  notes: string[],
): Promise<ServiceSnapshot> {
  const sources = healthSources(service.definition);
  if (sources.length === 0 || !ports.openHealth || service.status !== 'ACTIVE') return service;
  try {
    const port = await ports.openHealth(context);
    const { groups, notes: said } = await port.healthOf(sources);
    notes.push(...said);
    return groups.length > 0 ? { ...service, targets: groups } : service;
  } catch (error) {
    if (!isEcsError(error) && !(error instanceof RunStopped)) throw error;
    notes.push(`The health of the targets could not be asked: ${error.message}.`);
    return service;
  }
}
