// What containers write, where their task definition sends it: CloudWatch Logs, for as long as the task is remembered.
import type { JsonObject } from '@bamboo-ecs/release';
import { lookUpDefinition } from './find.ts';
import { objectOf, objectsOf, textOf } from './members.ts';
import type { ContainerState, TaskState } from './task-state.ts';
import type { World } from './world.ts';

export interface OutputLine {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly text: string;
}

export interface OutputStream {
  readonly name: string;
  readonly lines: readonly OutputLine[];
}

/** A container that goes on running says one line so often, milliseconds. */
const paceMs = 100;

/** Every log group that a task definition names. */
export function namedLogGroups(world: World): ReadonlySet<string> {
  const definitions = [...world.state.taskDefinitions.values()].flat();
  const containers = definitions.flatMap(({ definition }) => objectsOf(definition, 'containerDefinitions'));
  return new Set(
    containers.flatMap((container) => {
      const log = objectOf(container, 'logConfiguration');
      const group = textOf(objectOf(log, 'options'), 'awslogs-group');
      return textOf(log, 'logDriver') === 'awslogs' && group ? [group] : [];
    }),
  );
}

/**
 * The streams of a log group that hold lines by now; null when the group is not there: no task definition names it, and nobody
 * has said that it is there, or somebody has said that it is not. Streams are named
 * `prefix/container/task id`, or by the container's runtime id when there is no prefix (ECS Developer Guide, "Example Amazon ECS
 * task definition: Route logs to CloudWatch").
 */
export function outputStreams(world: World, group: string): readonly OutputStream[] | null {
  if (!(world.state.logGroups.get(group) ?? namedLogGroups(world).has(group))) return null;
  return [...world.state.tasks.values()].flatMap((task) => streamsOf(world, task, group));
}

function streamsOf(world: World, task: TaskState, group: string): readonly OutputStream[] {
  const definition = lookUpDefinition(world, task.taskDefinition)?.definition ?? {};
  const described = objectsOf(definition, 'containerDefinitions');
  return task.containers.flatMap((container) => {
    const options = optionsOf(described.find((one) => textOf(one, 'name') === container.name) ?? {}, group);
    const lines = linesOf(world, task, container);
    if (options === null || lines.length === 0) return [];
    const prefix = textOf(options, 'awslogs-stream-prefix');
    const name = prefix ? `${prefix}/${container.name}/${task.id}` : container.id.replaceAll('-', '');
    return [{ name, lines }];
  });
}

/** The options of the container's log driver, when that is awslogs with this group. */
function optionsOf(container: JsonObject, group: string): JsonObject | null {
  const log = objectOf(container, 'logConfiguration');
  const options = objectOf(log, 'options');
  const fits = textOf(log, 'logDriver') === 'awslogs' && textOf(options, 'awslogs-group') === group;
  return fits ? options : null;
}

/** Spread over its life; of one that ends, the last line is its last word. */
function linesOf(world: World, { startedAt }: TaskState, { outcome }: ContainerState): readonly OutputLine[] {
  const output = 'output' in outcome ? (outcome.output ?? []) : [];
  if (startedAt === null || output.length === 0) return [];
  const step = outcome.kind === 'exits' ? outcome.afterMs / output.length : paceMs;
  return output
    .map((text, index) => ({ at: Math.floor(startedAt + step * (index + 1)), text }))
    .filter(({ at }) => at <= world.now);
}
