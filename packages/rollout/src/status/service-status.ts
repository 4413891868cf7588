// Facts to status: one look at ECS, the tags, and what the records say.
import { revisionName } from '../arn.ts';
import { primaryOf } from '../deployments.ts';
import { isOfPlace, type Place } from '../places/place.ts';
import { isMarkedFailed, isWithdrawn, tagOf } from '../planning/tags.ts';
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
    notes: input.notes,
  };
}

function attemptsOf({ later, place }: StatusInput): readonly FailedAttempt[] {
  return later
    .filter((revision) => isOfPlace(revision, place) && (isMarkedFailed(revision) || isWithdrawn(revision)))
    .toSorted((left, right) => right.revision - left.revision)
    .map((revision) => ({
      version: tagOf(revision, 'version') ?? '',
      taskDefinition: revisionName(revision.arn),
      outcome: tagOf(revision, 'outcome') ?? '',
      cause: tagOf(revision, 'cause') ?? null,
      buildNumber: tagOf(revision, 'buildNumber') ?? null,
      failedAt: tagOf(revision, 'failedAt') ?? null,
    }));
}
