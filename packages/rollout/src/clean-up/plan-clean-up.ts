// Which revisions are old enough to go, and which must stay whatever their age.
import { sameRevision } from '../arn.ts';
import { isOfPlace, type Place } from '../places/place.ts';
import { isMarkedFailed, isWithdrawn, tagOf } from '../planning/tags.ts';
import type { ServiceSnapshot, TaskDefinitionSnapshot, TaskSnapshot } from '../snapshot.ts';

export interface CleanUpInput {
  readonly place: Place;
  /** Read after the installation has become steady. */
  readonly service: ServiceSnapshot;
  /** ACTIVE revisions of the family with their tags, newest first. */
  readonly revisions: readonly TaskDefinitionSnapshot[];
  /** What is meant to run of the family in this cluster, whoever started it. */
  readonly tasks: readonly TaskSnapshot[];
  /** So many revisions of this place stay, those in use and the way back among them. */
  readonly keep: number;
  /** At most so many go at once. */
  readonly most: number;
}

export interface CleanUp {
  /** ARNs, the oldest first. */
  readonly deregister: readonly string[];
  /** How many more are old enough, beyond `most`. */
  readonly left: number;
}

/**
 * Only revisions that the installer registered for this place go. One that a deployment or a task has, or that is the way back,
 * stays whatever its age: ECS can go back to no revision that is deregistered.
 */
export function planCleanUp(input: CleanUpInput): CleanUp {
  const ours = input.revisions
    .filter((revision) => revision.status === 'ACTIVE' && isOfPlace(revision, input.place))
    .toSorted((left, right) => right.revision - left.revision);
  const needed = inUse(input);
  const isNeeded = ({ arn }: TaskDefinitionSnapshot): boolean =>
    needed.some((reference) => sameRevision(reference, arn));
  const free = Math.max(0, input.keep - ours.filter(isNeeded).length);
  const old = ours
    .filter((revision) => !isNeeded(revision))
    .slice(free)
    .map(({ arn }) => arn)
    .toReversed();
  return { deregister: old.slice(0, input.most), left: Math.max(0, old.length - input.most) };
}

function inUse({ service, revisions, tasks }: CleanUpInput): readonly string[] {
  const running = [
    service.taskDefinition,
    ...service.deployments.map(({ taskDefinition }) => taskDefinition),
  ];
  return [
    ...running,
    ...running.flatMap((reference) => wayBack(reference, revisions)),
    ...tasks.map(({ taskDefinition }) => taskDefinition),
  ];
}

/** What a revision replaced, and further back past failed and withdrawn ones to the one that was steady. */
function wayBack(from: string, revisions: readonly TaskDefinitionSnapshot[]): readonly string[] {
  const passed: string[] = [];
  let at = from;
  for (;;) {
    const here = revisions.find(({ arn }) => sameRevision(arn, at)) ?? null;
    const before = tagOf(here, 'replaces');
    if (before === undefined || passed.some((one) => sameRevision(one, before))) return passed;
    passed.push(before);
    const revision = revisions.find(({ arn }) => sameRevision(arn, before)) ?? null;
    if (!isMarkedFailed(revision) && !isWithdrawn(revision)) return passed;
    at = before;
  }
}
