// What the simulation is given, as a value that a candidate for a change varies in one member.
import type { JsonObject } from '@bamboo-ecs/release';
import { numberOf, objectsOf, textOf } from '../json.ts';
import { deploymentLimits, deploymentStrategy } from '../limits.ts';
import { sameRevision } from '../arn.ts';
import type { ExpectedTimes } from '../watching/expected-times.ts';
import { expectedTimes } from '../watching/expected-times.ts';
import { capacityOf, dividedAmong } from './capacity.ts';
import { canEvaluate } from './constraints.ts';
import type { ForecastInput } from './forecast-input.ts';
import { plainDefinition } from './plain-definition.ts';
import type { InstanceRoom } from './room.ts';

export interface Scene {
  /** Null: no placement is simulated, every task finds room. */
  readonly instances: readonly InstanceRoom[] | null;
  /** ARN of the instance of each task that runs now; null: on none that is known. */
  readonly seats: readonly (string | null)[];
  /** Null: the service is to be created, or nothing is known of what runs. */
  readonly oldTask: JsonObject | null;
  readonly newTask: JsonObject;
  readonly daemon: boolean;
  readonly desired: number;
  readonly minimumPercent: number;
  readonly maximumPercent: number;
  readonly constraints: readonly JsonObject[];
  readonly strategy: readonly JsonObject[];
  readonly times: ExpectedTimes;
}

export interface Interpretation {
  readonly scene: Scene;
  /** Why the room is not known, when it is not and would matter. */
  readonly blind?: string;
  /** Why a refusal would be rash: one sentence each. */
  readonly doubts: readonly string[];
  /** Why there may be more room soon; of no use to a rollout that its limits hold up. */
  readonly growth: readonly string[];
  /** What is not part of the simulation and may hold up a rollout that finishes in it: one sentence each. */
  readonly leftOut: readonly string[];
}

export function interpret(input: ForecastInput): Interpretation {
  const { service, before, room } = input;
  const desired = numberOf(service, 'desiredCount') ?? (input.action === 'update' ? before.desired : 0);
  const limits = deploymentLimits(service, desired);
  const capacity = capacityOf(service, room);
  const seated = seatsOf(input, capacity.kind === 'instances');
  const constraints = constraintsOf(input);
  const blind = capacity.kind === 'unknown' ? capacity.why : seated.blind;
  const scene: Scene = {
    instances: capacity.kind === 'instances' && blind === undefined ? capacity.instances : null,
    seats: seated.seats,
    oldTask: input.oldTask && plainDefinition(input.oldTask, constraints.drop),
    newTask: plainDefinition(input.newTask, constraints.drop),
    daemon: textOf(service, 'schedulingStrategy') === 'DAEMON',
    desired,
    minimumPercent: limits.minimumPercent,
    maximumPercent: limits.maximumPercent,
    constraints: objectsOf(service, 'placementConstraints').filter(
      (one) => !isDropped(one, constraints.drop),
    ),
    strategy: objectsOf(service, 'placementStrategy'),
    times: expectedTimes({
      service,
      taskDefinition: input.newTask,
      ...(input.deregistrationDelaySeconds !== undefined && {
        deregistrationDelaySeconds: input.deregistrationDelaySeconds,
      }),
    }),
  };
  const doubts = [
    ...seated.doubts,
    ...constraints.doubts,
    ...unsettled(input),
    ...(scene.daemon ? ['How ECS places a DAEMON beside other tasks is not simulated in full.'] : []),
  ];
  const growth = capacity.kind === 'instances' ? capacity.doubts : [];
  const divided = dividedAmong(service);
  const leftOut = [
    ...constraints.doubts,
    ...(scene.instances !== null && divided.length > 0
      ? [
          `How ECS divides the tasks among ${divided.join(', ')} (base, weight) is not simulated: each must have room for its share.`,
        ]
      : []),
  ];
  return { scene, doubts, growth, leftOut, ...(blind !== undefined && { blind }) };
}

/** ROLLING replaces within the limits; the other strategies start the whole new set beside the old one. */
export function isRolling(service: JsonObject): boolean {
  return deploymentStrategy(service) === 'ROLLING';
}

interface Seated {
  readonly seats: readonly (string | null)[];
  readonly blind?: string;
  readonly doubts: readonly string[];
}

function seatsOf({ action, before, room, oldTask }: ForecastInput, placed: boolean): Seated {
  if (action === 'create') return { seats: [], doubts: [] };
  const unplaced = Array.from({ length: Math.max(0, before.running) }, () => null);
  if (!placed) return { seats: unplaced, doubts: [] };
  const tasks = room?.tasks;
  if (tasks === undefined)
    return { seats: unplaced, blind: 'on which instances its tasks run is not known', doubts: [] };
  if (tasks.length > 0 && oldTask === null)
    return { seats: unplaced, blind: 'what the tasks that run take is not known', doubts: [] };
  if (tasks.some(({ containerInstance }) => containerInstance === undefined))
    return { seats: unplaced, blind: 'its tasks do not say on which instance they run', doubts: [] };
  const other = tasks.filter(({ taskDefinition }) => !sameRevision(taskDefinition, before.taskDefinition));
  const listed = new Set(room?.instances?.map(({ arn }) => arn));
  const elsewhere = tasks.filter(({ containerInstance = '' }) => !listed.has(containerInstance)).length;
  return {
    seats: tasks.map(({ containerInstance }) => containerInstance ?? null),
    doubts: [
      ...(other.length > 0 ? [`${other.length} of its tasks run another revision.`] : []),
      ...(elsewhere > 0
        ? [`${elsewhere} of its tasks run on instances that the cluster does not list.`]
        : []),
      ...(tasks.length === before.running ? [] : ['The number of its tasks is changing.']),
    ],
  };
}

/** A service whose tasks come and go while it is looked at may get unstuck by that. */
function unsettled({ before }: ForecastInput): string[] {
  if (before.status !== 'ACTIVE') return [];
  const running = before.deployments.filter(({ running: count, pending }) => count + pending > 0);
  if (running.length > 1) return ['Another deployment of the service still has tasks.'];
  return before.running === before.desired && before.pending === 0
    ? []
    : [`${before.running} of ${before.desired} tasks run now, ${before.pending} are pending.`];
}

interface Constraints {
  readonly drop: ReadonlySet<string>;
  readonly doubts: readonly string[];
}

function constraintsOf({ service, newTask, oldTask }: ForecastInput): Constraints {
  const all = [service, newTask, oldTask].flatMap((one) => objectsOf(one, 'placementConstraints'));
  const unread = all
    .map((one) => textOf(one, 'expression'))
    .filter((text) => text !== undefined && !canEvaluate(text));
  const drop = new Set(unread.flatMap((text) => text ?? []));
  return { drop, doubts: [...drop].map((text) => `The placement constraint ${text} is not evaluated.`) };
}

function isDropped(constraint: JsonObject, drop: ReadonlySet<string>): boolean {
  return drop.has(textOf(constraint, 'expression') ?? '');
}
