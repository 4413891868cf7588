// The tags of a revision: what it is, for whom, and what it replaces.
import type { JsonObject } from '@bamboo-ecs/release';
import { plainName } from '../arn.ts';
import { isList, member } from '../json.ts';
import { tagKeys } from '../plan.ts';
import type { TaskDefinitionSnapshot } from '../snapshot.ts';
import { attributesNote } from './attributes-note.ts';
import type { WantedService } from '../wanted/wanted-service.ts';

export type Tags = Readonly<Record<string, string>>;

/** What the revision would replace. */
export interface Replaced {
  /** `family:revision` */
  readonly revision: string | undefined;
  readonly deployment: string | undefined;
  /** The desired count of the service, where it is ours to set. */
  readonly desired?: number | undefined;
  /** The attributes of the service before, those that are changed; undefined: there is nothing to go back to. */
  readonly attributes?: JsonObject | undefined;
}

/** `bakes`: it counts as proven only once its bake is over; a run that is killed before that is understood by it. */
export function revisionTags(
  wanted: WantedService,
  applied: string,
  replaced: Replaced,
  bakes = false,
): Tags {
  const values: Readonly<Record<keyof typeof tagKeys, string | null | undefined>> = {
    project: wanted.project,
    version: wanted.version,
    identity: wanted.identity,
    applied,
    environment: wanted.environment,
    cluster: plainName(wanted.cluster),
    service: wanted.service,
    buildKey: wanted.buildKey,
    buildNumber: wanted.buildNumber,
    replaces: referenceTag(replaced.revision),
    replacesDeployment: replaced.deployment,
    replacesDesired: replaced.desired === undefined ? null : String(replaced.desired),
    replacesAttributes: null,
    returnedFrom: null,
    outcome: bakes ? 'baking' : null,
    steadyAt: null,
    cause: null,
    failedAt: null,
  };
  const tags: Record<string, string> = {};
  for (const [name, key] of Object.entries(tagKeys)) {
    const value = values[name as keyof typeof tagKeys];
    if (value) tags[key] = tagValue(value);
  }
  if (!replaced.attributes) return tags;
  const own = member(wanted.taskDefinition, 'tags');
  const taken = (isList(own) ? own.length : 0) + Object.keys(tags).length;
  return { ...tags, ...attributesNote(replaced.attributes, roomBeside(taken)) };
}

/** "Tagging your Amazon ECS resources": 50 tags per resource. */
export const mostTags = 50;
/** Those that a run may write onto a revision later on: outcome, cause, times, where from. */
const laterTags = 5;

/** So many tags more there is room for beside others. */
export function roomBeside(taken: number): number {
  return Math.max(0, mostTags - laterTags - taken);
}

const longestTag = 256;

/** A reference cut short would name another revision: one that does not fit is left out. */
export function referenceTag(reference: string | undefined): string | undefined {
  return reference !== undefined && reference.length <= longestTag ? reference : undefined;
}

/**
 * A tag value as AWS accepts it: letters, numbers, spaces and `+ - = . _ : / @`, at most 256 characters
 * ("Tagging your Amazon ECS resources"). Environments in Bamboo may be called anything.
 */
export function tagValue(text: string): string {
  return Array.from(text.replace(/[^\p{L}\p{N}\p{Zs}+\-=._:/@]/gu, '_'))
    .slice(0, longestTag)
    .join('');
}

export function tagOf(
  revision: TaskDefinitionSnapshot | null,
  name: keyof typeof tagKeys,
): string | undefined {
  const key = tagKeys[name];
  return revision && Object.hasOwn(revision.tags, key) ? revision.tags[key] : undefined;
}

/** Was this revision registered for exactly this release, environment, cluster and service? */
export function isSameRelease(
  revision: TaskDefinitionSnapshot | null,
  wanted: WantedService,
  applied: string,
): boolean {
  return (
    tagOf(revision, 'applied') === applied &&
    tagOf(revision, 'environment') === (wanted.environment ? tagValue(wanted.environment) : undefined) &&
    tagOf(revision, 'cluster') === tagValue(plainName(wanted.cluster)) &&
    tagOf(revision, 'service') === tagValue(wanted.service)
  );
}

/** A run has seen it fail, and has gone back or was about to. */
export function isMarkedFailed(revision: TaskDefinitionSnapshot | null): boolean {
  return tagOf(revision, 'outcome') === 'failed' || isBeingRolledBack(revision);
}

/** Somebody has gone back from it by hand. */
export function isWithdrawn(revision: TaskDefinitionSnapshot | null): boolean {
  return tagOf(revision, 'outcome') === 'withdrawn';
}

/** The desired count that the service had before this revision; undefined when it says none, or none that ECS knows. */
export function replacedDesired(revision: TaskDefinitionSnapshot | null): number | undefined {
  const text = tagOf(revision, 'replacesDesired');
  return text !== undefined && /^\d{1,6}$/u.test(text) ? Number(text) : undefined;
}

/** A run has seen it fail and was about to go back: whether it did is seen by what is PRIMARY. */
export function isBeingRolledBack(revision: TaskDefinitionSnapshot | null): boolean {
  return tagOf(revision, 'outcome') === 'rolling-back';
}

/** A run was to bake it and has not seen the bake to its end. */
export function isBakePending(revision: TaskDefinitionSnapshot | null): boolean {
  return tagOf(revision, 'outcome') === 'baking';
}
