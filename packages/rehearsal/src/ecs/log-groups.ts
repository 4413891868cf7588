// CloudWatch Logs: which log groups there are.
import { namedLogGroups, numberOf, textOf } from '@bamboo-ecs/rollout/simulation';
import type { JsonObject, World } from '@bamboo-ecs/rollout/simulation';
import { jsonAnswer, jsonError } from './wire.ts';
import type { WireAnswer } from './wire.ts';

const mostGroups = 50;

/**
 * In the order of names. A group that is asked for by its whole name is there, as if it were made just then, until the control API
 * says that it is not ("DescribeLogGroups", CloudWatch Logs API Reference).
 */
export function describeLogGroups(world: World, request: JsonObject): WireAnswer {
  const prefix = textOf(request, 'logGroupNamePrefix');
  const pattern = textOf(request, 'logGroupNamePattern');
  if (prefix !== undefined && pattern !== undefined)
    return invalid('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
  if (prefix !== undefined && !/^[.\-_/#A-Za-z0-9]{1,512}$/u.test(prefix))
    return invalid(
      String.raw`1 validation error detected: Value at 'logGroupNamePrefix' failed to satisfy constraint: Member must satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+`,
    );
  const limit = numberOf(request, 'limit') ?? mostGroups;
  if (!Number.isInteger(limit) || limit < 1 || limit > mostGroups)
    return invalid(`limit must be between 1 and ${mostGroups}.`);
  const token = textOf(request, 'nextToken');
  const start = Number(/^g\/(\d{1,9})$/u.exec(token ?? 'g/0')?.[1] ?? NaN);
  if (Number.isNaN(start)) return invalid('The specified nextToken is invalid.');

  const found = groupsOf(world, prefix).filter(
    (name) => name.startsWith(prefix ?? '') && (pattern === undefined || name.includes(pattern)),
  );
  return jsonAnswer({
    logGroups: found.slice(start, start + limit).map((name) => groupNamed(world, name)),
    ...(start + limit < found.length ? { nextToken: `g/${start + limit}` } : {}),
  });
}

function groupsOf(world: World, asked: string | undefined): readonly string[] {
  const told = world.state.logGroups;
  const names = new Set([...namedLogGroups(world), ...told.keys()]);
  if (asked !== undefined) names.add(asked);
  return [...names].filter((name) => told.get(name) !== false).toSorted();
}

function groupNamed({ settings }: World, name: string): JsonObject {
  const arn = `arn:aws:logs:${settings.region}:${settings.account}:log-group:${name}`;
  return {
    logGroupName: name,
    creationTime: settings.startMs,
    metricFilterCount: 0,
    storedBytes: 0,
    arn: `${arn}:*`,
    logGroupArn: arn,
    logGroupClass: 'STANDARD',
  };
}

function invalid(message: string): WireAnswer {
  return jsonError('InvalidParameterException', message);
}
