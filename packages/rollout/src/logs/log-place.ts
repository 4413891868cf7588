// Where the output of a container goes, from its log configuration and its task.
// "LogConfiguration" (ECS API Reference); "Send Amazon ECS logs to CloudWatch", "Send Amazon ECS logs to an AWS service or AWS
// Partner" (ECS Developer Guide); "Configure logging drivers" (Docker).
import type { JsonObject } from '@bamboo-ecs/release';
import { arnParts } from '../arn.ts';
import { isList, member, objectOf, objectsOf, textOf } from '../json.ts';
import type { LogStream } from '../logs-port.ts';
import { elsewhere, type LogElsewhere } from './log-elsewhere.ts';

export type LogPlace =
  /** CloudWatch Logs: it can be read. */
  { readonly kind: 'stream'; readonly stream: LogStream; readonly where: string } | LogElsewhere;

export interface LogPlaceInput {
  readonly taskDefinition: JsonObject | null;
  readonly container: string;
  /** ARN of the task. */
  readonly task: string;
  /** Docker's id of the container, where ECS told it. */
  readonly runtimeId?: string;
}

export function logPlace({ taskDefinition, container, task, runtimeId }: LogPlaceInput): LogPlace {
  const definitions = objectsOf(taskDefinition, 'containerDefinitions');
  const definition = definitions.find((one) => textOf(one, 'name') === container);
  if (definition === undefined)
    return {
      kind: 'elsewhere',
      where: 'unknown',
      note: `The task definition names no container ${container}.`,
    };
  const log = objectOf(definition, 'logConfiguration');
  const options = objectOf(log, 'options');
  const driver = textOf(log, 'logDriver');
  const id = lastOf(task);
  const stream =
    driver === 'awslogs'
      ? awslogs(options, container, id, runtimeId)
      : driver === 'awsfirelens'
        ? firelens(options, container, id)
        : null;
  if (stream) return { kind: 'stream', stream, where: streamText(stream, task) };
  return elsewhere({ driver, options, runtimeId, fargate: onFargate(taskDefinition) });
}

/** `prefix/container/task id`; without a prefix Docker's id of the container. */
function awslogs(
  options: JsonObject | undefined,
  container: string,
  task: string,
  runtimeId: string | undefined,
): LogStream | null {
  const group = textOf(options, 'awslogs-group');
  const prefix = textOf(options, 'awslogs-stream-prefix');
  const stream = prefix ? `${prefix}/${container}/${task}` : runtimeId;
  if (!group || !stream) return null;
  return inRegion(group, stream, textOf(options, 'awslogs-region'));
}

/**
 * FireLens tags what a container says with `<container>-firelens-<task id>`, and Fluent Bit's plugins for CloudWatch name the
 * stream by prefix and tag ("Amazon ECS custom log routing", "Example task definition: Routing logs to CloudWatch"). Names
 * that are made from a template are known to the router only.
 */
function firelens(options: JsonObject | undefined, container: string, task: string): LogStream | null {
  const plugin = textOf(options, 'Name') ?? textOf(options, '@type');
  const group = textOf(options, 'log_group_name');
  const name = textOf(options, 'log_stream_name');
  const prefix = textOf(options, 'log_stream_prefix');
  if (!plugin?.startsWith('cloudwatch') || !group) return null;
  const stream = name ?? (prefix === undefined ? undefined : `${prefix}${container}-firelens-${task}`);
  if (stream === undefined || /[$]/u.test(group + stream)) return null;
  return inRegion(group, stream, textOf(options, 'region'));
}

function inRegion(group: string, stream: string, region: string | undefined): LogStream {
  return { group, stream, ...(region ? { region } : {}) };
}

function streamText({ group, stream, region }: LogStream, task: string): string {
  const foreign = region !== undefined && region !== arnParts(task)?.region;
  return `log group ${group}, stream ${stream}${foreign ? `, region ${region}` : ''}`;
}

function onFargate(taskDefinition: JsonObject | null): boolean {
  const list = member(taskDefinition, 'requiresCompatibilities');
  return isList(list) && list.includes('FARGATE') && !list.includes('EC2');
}

function lastOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
