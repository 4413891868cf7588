// CloudWatch Logs: what the simulated containers write, read only.
import { describeLogGroups } from './log-groups.ts';
import { numberOf, outputStreams, textOf } from '@bamboo-ecs/rollout/simulation';
import type { EcsSimulation, JsonObject, OutputLine, OutputStream } from '@bamboo-ecs/rollout/simulation';
import { jsonAnswer, jsonError, jsonBody } from './wire.ts';
import type { WireAnswer } from './wire.ts';

export const logsTarget = 'Logs_20140328';

type LogsOperation = (streams: readonly OutputStream[], request: JsonObject) => WireAnswer;

const operations: Readonly<Record<string, LogsOperation>> = {
  GetLogEvents: getLogEvents,
  DescribeLogStreams: describeLogStreams,
};

/** Errors have AWS's codes and texts ("GetLogEvents", "DescribeLogStreams", "DescribeLogGroups", CloudWatch Logs API Reference). */
export function handleLogsRequest(simulation: EcsSimulation, target: string, body: string): WireAnswer {
  const operation = target.slice(logsTarget.length + 1);
  const act = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (act === undefined && operation !== 'DescribeLogGroups')
    return jsonError('UnknownOperationException', `The stand-in does not know ${target}.`);
  const request = jsonBody(body);
  if (request === null) return jsonError('SerializationException', 'The request is not valid JSON.');
  if (act === undefined) return describeLogGroups(simulation.world, request);
  const group =
    textOf(request, 'logGroupName') ?? textOf(request, 'logGroupIdentifier')?.replace(/^.*:log-group:/u, '');
  if (!group)
    return jsonError('InvalidParameterException', 'One of logGroupName and logGroupIdentifier is required.');
  const streams = outputStreams(simulation.world, group);
  if (streams === null)
    return jsonError('ResourceNotFoundException', 'The specified log group does not exist.');
  return act(streams, request);
}

const mostEvents = 10_000;

/**
 * Without a token: from the end, unless `startFromHead`. A token names a place in the stream; at an end of it the same token comes
 * back, as on AWS.
 */
function getLogEvents(streams: readonly OutputStream[], request: JsonObject): WireAnswer {
  const stream = streams.find(({ name }) => name === textOf(request, 'logStreamName'));
  if (stream === undefined)
    return jsonError('ResourceNotFoundException', 'The specified log stream does not exist.');
  const limit = numberOf(request, 'limit') ?? mostEvents;
  if (!Number.isInteger(limit) || limit < 1 || limit > mostEvents)
    return jsonError('InvalidParameterException', `limit must be between 1 and ${mostEvents}.`);
  const [from, to] = [numberOf(request, 'startTime') ?? -Infinity, numberOf(request, 'endTime') ?? Infinity];
  const lines = stream.lines.filter(({ at }) => at >= from && at < to);
  const token = /^([fb])\/(\d+)$/u.exec(textOf(request, 'nextToken') ?? '');
  if (textOf(request, 'nextToken') !== undefined && token === null)
    return jsonError('InvalidParameterException', 'The specified nextToken is invalid.');
  const [begin, end] = windowOf(lines.length, limit, token, request['startFromHead'] === true);
  return jsonAnswer({
    events: lines.slice(begin, end).map(eventOf),
    nextForwardToken: `f/${end}`,
    nextBackwardToken: `b/${begin}`,
  });
}

function windowOf(
  count: number,
  limit: number,
  token: RegExpExecArray | null,
  fromHead: boolean,
): readonly [number, number] {
  const at = Math.min(Number(token?.[2] ?? (fromHead ? 0 : count)), count);
  const forward = token === null ? fromHead : token[1] === 'f';
  return forward ? [at, Math.min(count, at + limit)] : [Math.max(0, at - limit), at];
}

function eventOf({ at, text }: OutputLine): JsonObject {
  return { timestamp: at, message: text, ingestionTime: at };
}

function describeLogStreams(streams: readonly OutputStream[], request: JsonObject): WireAnswer {
  const prefix = textOf(request, 'logStreamNamePrefix') ?? '';
  const found = streams.filter(({ name }) => name.startsWith(prefix));
  const byTime = textOf(request, 'orderBy') === 'LastEventTime';
  const lastOf = ({ lines }: OutputStream): number => lines.at(-1)?.at ?? 0;
  const sorted = found.toSorted((left, right) =>
    byTime ? lastOf(left) - lastOf(right) : left.name < right.name ? -1 : 1,
  );
  if (request['descending'] === true) sorted.reverse();
  const limit = Math.min(50, numberOf(request, 'limit') ?? 50);
  const start = Number(/^s\/(\d+)$/u.exec(textOf(request, 'nextToken') ?? '')?.[1] ?? 0);
  const page = sorted.slice(start, start + limit);
  const more = start + limit < sorted.length ? { nextToken: `s/${start + limit}` } : {};
  return jsonAnswer({
    logStreams: page.map((stream) => ({
      logStreamName: stream.name,
      firstEventTimestamp: stream.lines[0]?.at ?? 0,
      lastEventTimestamp: lastOf(stream),
      creationTime: stream.lines[0]?.at ?? 0,
    })),
    ...more,
  });
}
