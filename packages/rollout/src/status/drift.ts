// Did somebody change it by hand? What runs, against what the installer left there.
import { revisionName, sameRevision } from '../arn.ts';
import { isInProgress, primaryOf } from '../deployments.ts';
import { isOfPlace, isOfService } from '../places/place.ts';
import { isMarkedFailed, replacedDesired, tagOf } from '../planning/tags.ts';
import type { TaskDefinitionSnapshot } from '../snapshot.ts';
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
  const cause = isOtherVersion(input) ? goneBackFrom(input) : undefined;
  // The count of the release that was skipped was kept on the way back: that is no change by hand.
  const kept = cause !== undefined && replacedDesired(cause) === input.service.desired;
  return [
    ...(foreign === null ? otherVersion(input, cause) : [foreign]),
    ...foreignDeployment(input),
    ...input.differences.filter((line) => !(kept && line.startsWith('service.desiredCount '))),
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
  // Two environments that name one service: each takes it from the other.
  if (isOfService(running, place))
    return `${name} was installed for ${tagOf(running, 'environment') ?? 'no environment'}, which has the same service: one of the two environments names the wrong cluster or service.`;
  const where = [tagOf(running, 'environment'), tagOf(running, 'cluster'), tagOf(running, 'service')];
  return `${name} was registered for another place (${where.map((part) => part ?? '-').join(', ')}): somebody gave it to this service by hand.`;
}

function isOtherVersion({ running, lastRun }: StatusInput): boolean {
  const version = tagOf(running, 'version');
  return version !== undefined && Boolean(lastRun?.version) && lastRun?.version !== version;
}

/** The attempt that failed after the last installation and was rolled back to what runs now: an installation brings back what worked, not always what was there last. */
function goneBackFrom({ running, later, lastRun, place }: StatusInput): TaskDefinitionSnapshot | undefined {
  const since = (lastRun?.versionAt ?? 0) - skewMs;
  return later.find(
    (revision) =>
      isOfPlace(revision, place) &&
      isMarkedFailed(revision) &&
      sameRevision(tagOf(revision, 'replaces') ?? '', running?.arn ?? '') &&
      Date.parse(tagOf(revision, 'failedAt') ?? '') >= since,
  );
}

function otherVersion(input: StatusInput, cause: TaskDefinitionSnapshot | undefined): readonly string[] {
  if (!isOtherVersion(input) || cause) return [];
  const version = tagOf(input.running, 'version');
  return [
    `The records say that ${input.lastRun?.version} ran when the last installation ended, but ${version} runs: somebody changed it by hand, or a run was killed before it could write its record.`,
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
