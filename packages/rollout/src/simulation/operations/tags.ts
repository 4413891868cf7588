// Tags of clusters, services, task definitions, tasks and container instances.
import type { JsonObject } from '@bamboo-ecs/release';
import { lookUpDefinition } from '../find.ts';
import { objectsOf, textOf } from '../members.ts';
import { EcsSimulationError, invalid } from '../simulation-error.ts';
import type { Tags } from '../state.ts';
import type { World } from '../world.ts';

const most = 50;

/** The list `tags` of a request as key → value. Throws InvalidParameterException for what AWS refuses. */
export function tagsOf(request: JsonObject): Tags {
  const tags = new Map<string, string>();
  for (const tag of objectsOf(request, 'tags')) {
    const key = textOf(tag, 'key') ?? '';
    const value = textOf(tag, 'value') ?? '';
    if (key === '' || key.length > 128) throw invalid('Tag keys must be 1 to 128 characters long.');
    if (value.length > 256) throw invalid(`The value of tag ${key} is longer than 256 characters.`);
    if (/^aws:/iu.test(key)) throw invalid(`Tag keys must not begin with aws: (${key}).`);
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(key + value))
      throw invalid(`Tag ${key} has a character that is not allowed.`);
    if (tags.has(key)) throw invalid(`Duplicate tag key: ${key}.`);
    tags.set(key, value);
  }
  if (tags.size > most) throw invalid(`There can be at most ${most} tags.`);
  return Object.fromEntries(tags);
}

interface Tagged {
  tags: Tags;
}

/** Throws InvalidParameterException for an ARN that is not one of ours, or names nothing. */
export function findTagged(world: World, arn: string): Tagged {
  const parts = /^arn:[^:]+:ecs:[^:]*:[^:]*:(?<kind>[a-z-]+)\/(?<rest>.+)$/u.exec(arn)?.groups;
  if (parts === undefined) throw invalid(`Invalid ARN: ${arn}`);
  const rest = parts['rest'] ?? '';
  const found = find(world, parts['kind'] ?? '', rest, arn);
  if (found === undefined) {
    throw new EcsSimulationError('InvalidParameterException', 'The specified resource was not found.');
  }
  return found;
}

function find(world: World, kind: string, rest: string, arn: string): Tagged | undefined {
  const id = rest.slice(rest.lastIndexOf('/') + 1);
  switch (kind) {
    case 'cluster':
      return world.state.clusters.get(rest);
    case 'service': {
      const service = [...world.state.services.values()].find((candidate) => candidate.arn === arn);
      if (service === undefined && !rest.includes('/')) {
        throw invalid('Long arn format must be used for tagging operations');
      }
      return service;
    }
    case 'task':
      return world.state.tasks.get(id);
    case 'task-definition':
      return lookUpDefinition(world, rest);
    case 'container-instance':
      return [...world.state.clusters.values()]
        .flatMap(({ instances }) => instances)
        .find((instance) => instance.id === id);
    default:
      return undefined;
  }
}

export function tagResource(world: World, arn: string, request: JsonObject): void {
  const tagged = findTagged(world, arn);
  const tags = { ...tagged.tags, ...tagsOf(request) };
  if (Object.keys(tags).length > most) throw invalid(`There can be at most ${most} tags.`);
  tagged.tags = tags;
}

export function untagResource(world: World, arn: string, keys: readonly string[]): void {
  const tagged = findTagged(world, arn);
  tagged.tags = Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !keys.includes(key)));
}
