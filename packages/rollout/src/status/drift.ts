// Did somebody change it by hand? What runs, against what the installer left there.
import { revisionName } from '../arn.ts';
import { isInProgress, primaryOf } from '../deployments.ts';
import { isOfPlace } from '../places/place.ts';
import { tagOf } from '../planning/tags.ts';
import type { StatusInput } from './service-status.ts';

/** What the records of a place say, all together. */
export interface LastRun {
  /** Version that ran when the newest run ended whose outcome is certain; null when none says it. */
  readonly version: string | null;
  /** When that run ended, milliseconds since the epoch. */
  readonly versionAt: number | null;
  /** When the newest run of all ended. */
  readonly endedAt: number | null;
}

/** Clocks of agents and of AWS differ, and a record is written after the deployment. */
const skewMs = 2 * 60_000;

export function driftOf(input: StatusInput): readonly string[] {
  const foreign = foreignRevision(input);
  return [
    ...(foreign === null ? otherVersion(input) : [foreign]),
    ...foreignDeployment(input),
    ...input.differences,
  ];
}

/** A revision that is none of ours, or was made for another place. */
function foreignRevision({ service, running, place }: StatusInput): string | null {
  const reference = primaryOf(service)?.taskDefinition || service.taskDefinition;
  if (running === null || reference === '') return null;
  const name = revisionName(reference);
  if (tagOf(running, 'version') === undefined)
    return `${name} was not registered by the installer: somebody gave it to the service by hand.`;
  if (isOfPlace(running, place)) return null;
  const where = [tagOf(running, 'environment'), tagOf(running, 'cluster'), tagOf(running, 'service')];
  return `${name} was registered for another place (${where.map((part) => part ?? '-').join(', ')}): somebody gave it to this service by hand.`;
}

function otherVersion({ running, lastRun }: StatusInput): readonly string[] {
  const version = tagOf(running, 'version');
  if (version === undefined || !lastRun?.version || lastRun.version === version) return [];
  return [
    `The records say that ${lastRun.version} ran when the last installation ended, but ${version} runs: somebody changed it by hand, or a run was killed before it could write its record.`,
  ];
}

/** A deployment that began when no run of ours was under way; one in progress may be a run that has not ended. */
function foreignDeployment({ service, lastRun, now }: StatusInput): readonly string[] {
  const primary = primaryOf(service);
  const endedAt = lastRun?.endedAt;
  if (!primary || endedAt === null || endedAt === undefined || isInProgress(service, primary, now)) return [];
  if (primary.createdAt <= endedAt + skewMs) return [];
  return [
    `${primary.id} began after the last run that left a record: somebody deployed by hand (force new deployment, for example), ECS itself did, or a run was killed.`,
  ];
}
