// Facts to status: one look at ECS, the tags, and what the records say.
import { revisionName, sameRevision } from '../arn.ts';
import { primaryOf } from '../deployments.ts';
import { isOfPlace, type Place } from '../places/place.ts';
import { isBakePending, isMarkedFailed, isWithdrawn, tagOf } from '../planning/tags.ts';
import { utc } from '../judging/words.ts';
import type { ServiceSnapshot, TaskDefinitionSnapshot } from '../snapshot.ts';
import { driftOf, type LastRun } from './drift.ts';
import { healthOf, targetCounts } from './health.ts';
import type { FailedAttempt, ServiceStatus } from './status.ts';

export interface StatusInput {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly project: string | null;
  readonly place: Place;
  readonly service: ServiceSnapshot;
  /** The revision of the PRIMARY deployment with its tags; null when it could not be read. */
  readonly running: TaskDefinitionSnapshot | null;
  /** Revisions of the family that are newer than it. */
  readonly later: readonly TaskDefinitionSnapshot[];
  /** Others of the family, as far as they were looked at. */
  readonly earlier?: readonly TaskDefinitionSnapshot[];
  /** What the records say; null where none could be read. */
  readonly lastRun: LastRun | null;
  /** One line for each difference between the service and what was applied to it. */
  readonly differences: readonly string[];
  readonly notes: readonly string[];
}

export function serviceStatus(input: StatusInput): ServiceStatus {
  const { service, running, place } = input;
  const primary = primaryOf(service);
  const reference = primary?.taskDefinition || service.taskDefinition;
  const { health, sentence } = healthOf(input);
  const [event] = service.events;
  return {
    project: tagOf(running, 'project') ?? input.project,
    environment: place.environment,
    cluster: place.cluster,
    service: place.service,
    health,
    sentence,
    version: tagOf(running, 'version') ?? null,
    identity: tagOf(running, 'identity') ?? null,
    build: { key: tagOf(running, 'buildKey') ?? null, number: tagOf(running, 'buildNumber') ?? null },
    taskDefinition: reference === '' ? null : revisionName(reference),
    deployment: primary?.id ?? null,
    since: primary?.createdAt ?? null,
    desired: service.desired,
    running: service.running,
    pending: service.pending,
    rolloutState: primary?.rolloutState ?? null,
    rolloutStateReason: primary?.rolloutStateReason ?? null,
    lastEvent: event ? { at: event.at, message: event.message } : null,
    targets: targetCounts(service),
    drift: health === 'absent' ? [] : driftOf(input),
    attempts: attemptsOf(input),
    notes: [...input.notes, ...bakeNotes(running)],
  };
}

function bakeNotes(running: TaskDefinitionSnapshot | null): readonly string[] {
  if (!isBakePending(running)) return [];
  const steadyAt = Date.parse(tagOf(running, 'steadyAt') ?? '');
  const since = Number.isNaN(steadyAt) ? '' : `, steady since ${utc(steadyAt)}`;
  return [
    `It is not baked yet${since}: where no installation is at it now, one was cut off, and the same installation again does it.`,
  ];
}

function attemptsOf(input: StatusInput): readonly FailedAttempt[] {
  const { later, earlier = [], place } = input;
  return [
    ...later.filter((revision) => isMarkedFailed(revision) || isWithdrawn(revision)),
    ...earlier.filter((revision) => isMarkedFailed(revision) && isSince(revision, input)),
  ]
    .filter((revision) => isOfPlace(revision, place))
    .toSorted((left, right) => failedAt(right) - failedAt(left) || right.revision - left.revision)
    .map((revision) => ({
      version: tagOf(revision, 'version') ?? '',
      taskDefinition: revisionName(revision.arn),
      outcome: tagOf(revision, 'outcome') ?? '',
      cause: tagOf(revision, 'cause') ?? null,
      buildNumber: tagOf(revision, 'buildNumber') ?? null,
      failedAt: tagOf(revision, 'failedAt') ?? null,
    }));
}

/** Milliseconds since the epoch; 0 where nobody noted it. */
function failedAt(revision: TaskDefinitionSnapshot): number {
  return Date.parse(tagOf(revision, 'failedAt') ?? '') || 0;
}

/**
 * Did it fail after what runs now had become steady? The deployment's age does not tell: a roll-back begins another one. Where the
 * records do not say when that was, what it was to replace does: only a revision that is tried anew is to replace a later one.
 */
function isSince(revision: TaskDefinitionSnapshot, { running, lastRun }: StatusInput): boolean {
  if (!running) return false;
  const at = failedAt(revision);
  if (at > 0 && lastRun?.versionAt && lastRun.version === tagOf(running, 'version'))
    return at > lastRun.versionAt;
  return (['replaces', 'returnedFrom'] as const).some((name) =>
    sameRevision(tagOf(revision, name) ?? '', running.arn),
  );
}
