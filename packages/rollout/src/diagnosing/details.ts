// What a sentence about a cause can name: the container, its limit, its image, its log.
import type { JsonObject } from '@bamboo-ecs/release';
import type { Cause } from '../causes/cause.ts';
import { numberOf, objectOf, objectsOf, textOf } from '../json.ts';
import type { ContainerSnapshot, DeploymentSnapshot, ServiceSnapshot } from '../snapshot.ts';

/** Beyond AWS's causes: what is left when none is seen. */
export type DiagnosisCause = Cause | 'not-started' | 'slow' | 'slow-drain' | 'superseded' | 'unclear';

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
  /** Fixed host ports, `8080`. */
  readonly hostPorts: readonly number[];
  /** Where its output is, one sentence. */
  readonly log: string;
  /** How many stopped tasks show this cause. */
  readonly count: number;
  /** AWS's own words for it, one line. */
  readonly text: string;
  readonly taskDefinition: JsonObject | null;
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
}

export function detailsOf(input: DetailsInput): Details {
  const { container, taskDefinition } = input;
  const definitions = objectsOf(taskDefinition, 'containerDefinitions');
  const definition =
    definitions.find((one) => textOf(one, 'name') === container?.name) ??
    (definitions.length === 1 ? definitions[0] : undefined);
  const name = container?.name ?? (definition && textOf(definition, 'name'));
  return {
    snapshot: input.snapshot,
    ours: input.ours,
    container: name ? `container ${name}` : 'a container',
    exitCode: container?.exitCode,
    image: textOf(definition, 'image') ?? container?.image ?? 'its image',
    memoryLimit: memoryLimit(definition, taskDefinition),
    hostPorts: definitions.flatMap(fixedPorts),
    log: logOf(definition, name, input.task),
    count: input.count,
    text: input.text,
    taskDefinition,
  };
}

function memoryLimit(definition: JsonObject | undefined, taskDefinition: JsonObject | null): string {
  const limit =
    numberOf(definition, 'memory') ?? numberOf(taskDefinition, 'memory') ?? textOf(taskDefinition, 'memory');
  return limit === undefined ? '' : ` of ${limit}${/[a-z]/iu.test(String(limit)) ? '' : ' MiB'}`;
}

function fixedPorts(container: JsonObject): number[] {
  return objectsOf(container, 'portMappings')
    .map((mapping) => numberOf(mapping, 'hostPort') ?? 0)
    .filter((port) => port > 0);
}

/** The stream is `prefix/container/task id` ("Specifying a log configuration", awslogs-stream-prefix, ECS Developer Guide). */
function logOf(
  definition: JsonObject | undefined,
  container: string | undefined,
  task: string | undefined,
): string {
  const log = objectOf(definition, 'logConfiguration');
  const driver = textOf(log, 'logDriver');
  if (driver === undefined)
    return "Read the container's output on its instance (docker logs); the task definition names no log driver.";
  const options = objectOf(log, 'options');
  const group = textOf(options, 'awslogs-group');
  if (driver !== 'awslogs' || group === undefined)
    return `Read the container's output where its log driver ${driver} sends it.`;
  const prefix = textOf(options, 'awslogs-stream-prefix');
  if (!prefix) return `Read the container's output in the log group ${group}.`;
  const stream =
    container && task
      ? `stream ${prefix}/${container}/${task.slice(task.lastIndexOf('/') + 1)}`
      : `streams ${prefix}/…`;
  return `Read the container's output in the log group ${group}, ${stream}.`;
}
