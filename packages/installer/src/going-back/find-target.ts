// Where a roll-back goes to: the release that was steady before, or the one that is named.
import type { RunContext } from '@bamboo-ecs/program';
import { inParallel } from '@bamboo-ecs/repository';
import {
  isEcsError,
  isOfPlace,
  nextBack,
  revisionName,
  sameRevision,
  tagKeys,
  type EcsPort,
  type LookedUp,
  type TaskDefinitionSnapshot,
} from '@bamboo-ecs/rollout';
import { refusal, type PlaceNow } from './one-place.ts';

export interface Found {
  /** Null: the release has no revision that ECS could run; it is installed anew. */
  readonly revision: TaskDefinitionSnapshot | null;
  /** The desired count while it was steady; undefined when nobody noted it. */
  readonly desired: number | undefined;
}

/** Steps back along the tags. */
const mostSteps = 50;
/** Revisions that are looked at for a version, the newest first. */
const mostListed = 200;
const atOnce = 8;

/** Without a version: the one that was steady before. Throws exit 4 where there is none, or it is gone. */
export async function steadyBefore(ecs: EcsPort, now: PlaceNow): Promise<Found> {
  const running = now.running;
  if (running === null)
    throw refusal(
      'unknown-revision',
      'ECS does not know the revision that runs, so nothing says what ran before it.',
      'Name the version to go back to with --to.',
    );
  if (running.tags[tagKeys.version] === undefined) return lastOfOurs(ecs, now, running);
  const trail: LookedUp[] = [];
  while (trail.length < mostSteps) {
    const next = nextBack(running, trail);
    if (next.kind === 'none')
      throw refusal('nothing-before', `There is nothing to go back to: ${next.reason}`, nothingHint);
    if (next.kind === 'gone') throw gone(next.reference, next.revision);
    if (next.kind === 'to')
      return { revision: next.revision, desired: notedBy([running, ...revisionsOf(trail)], next.revision) };
    trail.push({ reference: next.reference, revision: await ecs.describeTaskDefinition(next.reference) });
  }
  throw refusal('too-far', `The last ${mostSteps} releases all failed or were withdrawn.`, nothingHint);
}

const nothingHint =
  'Install the release that you want by its version (ecs.release, with ecs.allow.downgrade=true for an older one), or name it with --to.';

/** Somebody gave the service a revision by hand: what ran before is the newest of ours. */
async function lastOfOurs(ecs: EcsPort, now: PlaceNow, running: TaskDefinitionSnapshot): Promise<Found> {
  const found = await searchOurs(ecs, now, running.family, (revision) => !failedOrWithdrawn(revision));
  if (found.match) return { revision: found.match, desired: notedBy(found.seen, found.match) };
  throw refusal(
    'nothing-before',
    `${revisionName(running.arn)} was not registered by the installer, and no steady release of its family is known here.`,
    nothingHint,
  );
}

/** The newest revision of a version at this place; none: its release must be installed anew. */
export async function byVersion(
  context: RunContext,
  ecs: EcsPort,
  now: PlaceNow,
  version: string,
): Promise<Found> {
  const family = now.running?.family ?? '';
  const isIt = (revision: TaskDefinitionSnapshot): boolean => revision.tags[tagKeys.version] === version;
  const { match, seen } = await searchOurs(
    ecs,
    now,
    family,
    (revision) => isIt(revision) && (context.settings.flag('force') || !failed(revision)),
  );
  if (match) return { revision: match, desired: notedBy(seen, match) };
  const bad = seen.find((revision) => isIt(revision) && failed(revision));
  if (bad)
    throw refusal(
      'failed-before',
      `${version} (${revisionName(bad.arn)}) was installed here before and failed.`,
      'Name another version, or set force to try it again.',
    );
  return { revision: null, desired: undefined };
}

/** From the newest on, a few at a time, until one fits. A role that may not list them follows the tags instead. */
async function searchOurs(
  ecs: EcsPort,
  { place, running }: PlaceNow,
  family: string,
  fits: (revision: TaskDefinitionSnapshot) => boolean,
): Promise<{ match: TaskDefinitionSnapshot | null; seen: readonly TaskDefinitionSnapshot[] }> {
  const seen: TaskDefinitionSnapshot[] = [];
  const usable = (revision: TaskDefinitionSnapshot): boolean =>
    revision.status === 'ACTIVE' && isOfPlace(revision, place) && revision.arn !== running?.arn;
  for await (const batch of batches(ecs, family, running)) {
    seen.push(...batch);
    const match = batch.find((revision) => usable(revision) && fits(revision));
    if (match) return { match, seen: running ? [running, ...seen] : seen };
  }
  return { match: null, seen };
}

async function* batches(
  ecs: EcsPort,
  family: string,
  running: TaskDefinitionSnapshot | null,
): AsyncGenerator<readonly TaskDefinitionSnapshot[]> {
  let arns: readonly string[] | null = null;
  try {
    arns = family === '' ? [] : await ecs.listTaskDefinitions(family, mostListed);
  } catch (error) {
    if (!isEcsError(error) || (error.kind !== 'access-denied' && error.kind !== 'unsupported')) throw error;
  }
  if (arns === null) {
    yield* along(ecs, running);
    return;
  }
  for (let start = 0; start < arns.length; start += atOnce) {
    const batch = arns.slice(start, start + atOnce);
    const revisions = await inParallel(batch, atOnce, async (arn) => ecs.describeTaskDefinition(arn));
    yield revisions.filter((revision) => revision !== null);
  }
}

async function* along(
  ecs: EcsPort,
  running: TaskDefinitionSnapshot | null,
): AsyncGenerator<readonly TaskDefinitionSnapshot[]> {
  const passed = new Set<string>();
  let before = running?.tags[tagKeys.replaces];
  while (before !== undefined && !passed.has(before) && passed.size < mostSteps) {
    passed.add(before);
    const revision = await ecs.describeTaskDefinition(before);
    if (revision) yield [revision];
    before = revision?.tags[tagKeys.replaces];
  }
}

function revisionsOf(trail: readonly LookedUp[]): readonly TaskDefinitionSnapshot[] {
  return trail.flatMap(({ revision }) => revision ?? []);
}

/** The revision that replaced it has noted the desired count before. */
function notedBy(
  seen: readonly TaskDefinitionSnapshot[],
  target: TaskDefinitionSnapshot,
): number | undefined {
  const after = seen.find(({ tags }) => sameRevision(tags[tagKeys.replaces] ?? '', target.arn));
  const text = after?.tags[tagKeys.replacesDesired];
  return text !== undefined && /^\d{1,6}$/u.test(text) ? Number(text) : undefined;
}

function failed({ tags }: TaskDefinitionSnapshot): boolean {
  return ['failed', 'rolling-back'].includes(tags[tagKeys.outcome] ?? '');
}

function failedOrWithdrawn(revision: TaskDefinitionSnapshot): boolean {
  return failed(revision) || revision.tags[tagKeys.outcome] === 'withdrawn';
}

function gone(reference: string, revision: TaskDefinitionSnapshot | null): Error {
  const version = revision?.tags[tagKeys.version];
  const what = version === undefined ? reference : `${version} (${reference})`;
  const how = revision === null ? 'is not known to ECS any more' : `is deregistered (${revision.status})`;
  return refusal(
    'gone',
    `${what} was steady before, but ${how}: ECS cannot go back to it, and nothing older is gone back to unasked.`,
    version === undefined
      ? 'Name the version that you want with --to: it is installed anew from the repository.'
      : `Run it again with --to ${version}: that release is then installed anew from the repository. Or name an older version that is still there.`,
  );
}
