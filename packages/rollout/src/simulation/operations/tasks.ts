// RunTask and StopTask.
import type { JsonObject } from '@bamboo-ecs/release';
import { findCluster, findTask, usableDefinition } from '../find.ts';
import { numberOf, objectsOf, textOf } from '../members.ts';
import { place } from '../placement.ts';
import type { PlacementFailure } from '../placement.ts';
import { invalid } from '../simulation-error.ts';
import { deregisterTargets } from '../targets.ts';
import { needOf } from '../task-need.ts';
import { startTask } from '../task-start.ts';
import type { TaskState } from '../task-state.ts';
import { stopTask } from '../task-stop.ts';
import { wakeServiceOf } from '../world.ts';
import type { World } from '../world.ts';
import { launchTypeOf } from './service-request.ts';
import { tagsOf } from './tags.ts';

export interface RunResult {
  readonly tasks: readonly TaskState[];
  /** `arn` and `reason` of each. */
  readonly failures: readonly JsonObject[];
}

const reasons = {
  attribute: 'ATTRIBUTE',
  cpu: 'RESOURCE:CPU',
  memory: 'RESOURCE:MEMORY',
  gpu: 'RESOURCE:GPU',
  port: 'RESOURCE:PORTS',
  agent: 'AGENT',
} as const;

/** Fewer tasks than asked for when they do not fit: the rest are failures (AWS: api_failures_messages). */
export function runTask(world: World, request: JsonObject): RunResult {
  const cluster = findCluster(world, textOf(request, 'cluster'));
  const definition = usableDefinition(world, textOf(request, 'taskDefinition') ?? '');
  const count = numberOf(request, 'count') ?? 1;
  if (!Number.isInteger(count) || count < 1 || count > 10) throw invalid('count must be from 1 to 10.');
  const launchType = launchTypeOf(request);
  const tasks: TaskState[] = [];
  const failures: JsonObject[] = [];
  while (tasks.length + failures.length < count) {
    const common = {
      cluster: cluster.name,
      service: null,
      startedBy: textOf(request, 'startedBy') ?? '',
      group: textOf(request, 'group') ?? `family:${definition.family}`,
      launchType,
      definition,
      tags: tagsOf(request),
    };
    if (launchType !== 'EC2') {
      tasks.push(startTask(world, { ...common, placed: null, zone: `${world.settings.region}a` }));
      continue;
    }
    const placed = place(world, cluster, needOf(definition.definition), {
      constraints: objectsOf(request, 'placementConstraints'),
      strategy: objectsOf(request, 'placementStrategy'),
      taken: new Set(),
      siblings: tasks,
    });
    if ('lack' in placed) failures.push(failureOf(placed));
    else tasks.push(startTask(world, { ...common, placed, zone: placed.instance.zone }));
  }
  return { tasks, failures };
}

function failureOf(failure: PlacementFailure): JsonObject {
  if (failure.lack === 'no-instances') throw invalid('No Container Instances were found in your cluster.');
  return { arn: failure.instance.arn, reason: reasons[failure.lack] };
}

/** SIGTERM at once, without a drain; the service replaces the task. */
export function stopTaskByUser(world: World, request: JsonObject): TaskState {
  const cluster = findCluster(world, textOf(request, 'cluster'));
  const task = findTask(world, cluster, textOf(request, 'task') ?? '');
  const service = task.service === null ? undefined : world.state.services.get(task.service);
  if (service !== undefined && task.desiredStatus === 'RUNNING') deregisterTargets(world, service, [task]);
  const stoppedReason = textOf(request, 'reason') ?? 'Task stopped by user';
  stopTask(world, task, { stopCode: 'UserInitiated', stoppedReason }, false);
  wakeServiceOf(world, task);
  return task;
}
