// What a sentence about a cause can name: the container, its limit, its image, its log.
import type { JsonObject } from '@bamboo-ecs/release';
import type { AlarmSnapshot } from '../alarm-port.ts';
import type { Cause } from '../causes/cause.ts';
import { deniedCall, type DeniedCall } from './denied-call.ts';
import { oneLine } from './one-line.ts';
import type { HealthCause } from './say-health.ts';
import type { LogTail } from '../diagnosis.ts';
import type { ClusterRoom } from '../feasibility/room.ts';
import { isList, member, numberOf, objectOf, objectsOf, textOf } from '../json.ts';
import { lastWords, type LastWords } from '../logs/last-words.ts';
import { logPlace } from '../logs/log-place.ts';
import type {
  ContainerSnapshot,
  DeploymentSnapshot,
  ServiceEventSnapshot,
  ServiceSnapshot,
  TaskSnapshot,
} from '../snapshot.ts';

/** Beyond AWS's causes: what is left when none is seen. */
export type DiagnosisCause =
  | Cause
  | HealthCause
  | 'bake-alarm'
  | 'not-started'
  | 'slow'
  | 'slow-drain'
  | 'superseded'
  | 'unclear';

export interface Details {
  readonly snapshot: ServiceSnapshot;
  readonly ours: DeploymentSnapshot | undefined;
  /** `container web`, or `a container` where it is not known. */
  readonly container: string;
  readonly exitCode: number | undefined;
  /** As the task definition names it, else as the task does. */
  readonly image: string;
  /** `of 256 MiB`, or empty. */
  readonly memoryLimit: string;
  /** `memoryReservation 128 MiB` of a container that has no limit, neither its own nor the task's; else empty. */
  readonly softMemory: string;
  /** ` (curl -f http://localhost/)`, the container's own health check, or empty. */
  readonly healthCheck: string;
  /** ` (subnets subnet-1, subnet-2; assignPublicIp DISABLED)`, of tasks with interfaces of their own, or empty. */
  readonly network: string;
  /** Fixed host ports, `8080`. */
  readonly hostPorts: readonly number[];
  /** Where its output is, one sentence; empty where its last words are shown. */
  readonly log: string;
  /** What the program said last, where it is known. */
  readonly said: LastWords | null;
  /** How many stopped tasks show this cause. */
  readonly count: number;
  /** AWS's own words for it, one line. */
  readonly text: string;
  /** Who was denied what, where they say it. */
  readonly denied: DeniedCall | null;
  readonly taskDefinition: JsonObject | null;
  readonly logs: readonly LogTail[];
  readonly room: ClusterRoom | null;
  /** Of a bake: those that ring. */
  readonly rung: readonly AlarmSnapshot[];
  /** How long the stopped tasks ran until ECS found them unhealthy, or until they stopped, milliseconds. */
  readonly lives: readonly number[];
}

export interface DetailsInput {
  readonly snapshot: ServiceSnapshot;
  readonly ours: DeploymentSnapshot | undefined;
  readonly taskDefinition: JsonObject | null;
  readonly container: ContainerSnapshot | undefined;
  /** ARN of the last stopped task that shows the cause. */
  readonly task: string | undefined;
  readonly count: number;
  readonly text: string;
  /** The same, not cut. */
  readonly whole: string;
  readonly logs: readonly LogTail[];
  readonly stopped: readonly TaskSnapshot[];
  readonly events: readonly ServiceEventSnapshot[];
  readonly room: ClusterRoom | null;
  readonly rung: readonly AlarmSnapshot[];
}

export function detailsOf(input: DetailsInput): Details {
  const { container, taskDefinition } = input;
  const definitions = objectsOf(taskDefinition, 'containerDefinitions');
  const definition =
    definitions.find((one) => textOf(one, 'name') === container?.name) ??
    (definitions.length === 1 ? definitions[0] : undefined);
  const name = container?.name ?? (definition && textOf(definition, 'name'));
  const said = lastWords(tailsOf(input));
  const limit = memoryLimit(definition, taskDefinition);
  const reservation = numberOf(definition, 'memoryReservation');
  return {
    snapshot: input.snapshot,
    ours: input.ours,
    container: name ? `container ${name}` : 'a container',
    exitCode: container?.exitCode,
    image: textOf(definition, 'image') ?? container?.image ?? 'its image',
    memoryLimit: limit,
    softMemory: reservation === undefined || limit !== '' ? '' : `memoryReservation ${reservation} MiB`,
    healthCheck: healthCheckOf(definition),
    network: networkOf(input.snapshot),
    hostPorts: definitions.flatMap(fixedPorts),
    log: said ? '' : (tailsOf(input)[0]?.note ?? logOf(input, name)),
    said,
    count: input.count,
    text: input.text,
    denied: deniedCall(input.whole),
    taskDefinition,
    logs: tailsOf(input),
    room: input.room,
    rung: input.rung,
    lives: input.stopped.flatMap((task) => lifeOf(task, input.events)),
  };
}

/** A task is drained for minutes after it was found unhealthy: that is not its life. */
function lifeOf(
  { arn, startedAt, stoppedAt }: TaskSnapshot,
  events: readonly ServiceEventSnapshot[],
): number[] {
  const id = arn.slice(arn.lastIndexOf('/') + 1);
  const found = events.find(({ message }) => message.includes(id) && /unhealthy|failed/iu.test(message));
  const end = found?.at ?? stoppedAt;
  return startedAt === undefined || end === undefined ? [] : [end - startedAt];
}

function memoryLimit(definition: JsonObject | undefined, taskDefinition: JsonObject | null): string {
  const limit =
    numberOf(definition, 'memory') ?? numberOf(taskDefinition, 'memory') ?? textOf(taskDefinition, 'memory');
  return limit === undefined ? '' : ` of ${limit}${/[a-z]/iu.test(String(limit)) ? '' : ' MiB'}`;
}

/** Its command and how long it may fail ("HealthCheck", ECS API Reference; the defaults are documented there). */
function healthCheckOf(definition: JsonObject | undefined): string {
  const check = objectOf(definition, 'healthCheck');
  const command = member(check, 'command');
  if (!check || !isList(command)) return '';
  const words = command.flatMap((word) =>
    typeof word === 'string' && !/^CMD(?:-SHELL)?$/u.test(word) ? [word] : [],
  );
  const number = (name: string, otherwise: number): number => numberOf(check, name) ?? otherwise;
  return ` (${oneLine(words.join(' '))}; every ${number('interval', 30)} s, time-out ${number('timeout', 5)} s, ${number('retries', 3)} retries, startPeriod ${number('startPeriod', 0)} s)`;
}

/** "AwsVpcConfiguration", ECS API Reference. */
function networkOf({ definition }: ServiceSnapshot): string {
  const own = objectOf(objectOf(definition, 'networkConfiguration'), 'awsvpcConfiguration');
  const texts = (name: string): string => {
    const list = member(own, name);
    return isList(list)
      ? list
          .filter((one) => typeof one === 'string')
          .slice(0, 5)
          .join(', ')
      : '';
  };
  const parts = [
    ['subnets', texts('subnets')],
    ['security groups', texts('securityGroups')],
    ['assignPublicIp', textOf(own, 'assignPublicIp') ?? ''],
  ].flatMap(([name, value]) => (value ? [`${name} ${oneLine(value)}`] : []));
  return parts.length > 0 ? ` (${parts.join('; ')})` : '';
}

function fixedPorts(container: JsonObject): number[] {
  return objectsOf(container, 'portMappings')
    .map((mapping) => numberOf(mapping, 'hostPort') ?? 0)
    .filter((port) => port > 0);
}

/** Of the container that is blamed, where one is; the latest task first. */
function tailsOf({ logs, container }: DetailsInput): readonly LogTail[] {
  const own = logs.filter((tail) => container === undefined || tail.container === container.name);
  return own.toReversed();
}

function logOf({ taskDefinition, task, container }: DetailsInput, name: string | undefined): string {
  if (name === undefined || taskDefinition === null)
    return "Read the container's output where its log driver sends it (docker logs on its instance, where it has none).";
  const place = logPlace({
    taskDefinition,
    container: name,
    task: task ?? '…',
    ...(container?.runtimeId === undefined ? {} : { runtimeId: container.runtimeId }),
  });
  return place.kind === 'stream' ? `Read the container's output in the ${place.where}.` : place.note;
}
