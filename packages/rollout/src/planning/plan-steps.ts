// What a plan is going to do, in order, and what it costs in calls to ECS.
import { tagKeys, type Plan } from '../plan.ts';
import { revisionName } from '../arn.ts';
import { pauseHooks } from '../pause-hooks.ts';
import type { JsonObject, JsonValue } from '@bamboo-ecs/release';
import { isList, member, numberOf, objectOf, textOf } from '../json.ts';
import { duration } from '../judging/words.ts';
import { isRefused } from './describe-plan.ts';
import { nextPollDelay } from '../watching/next-poll-delay.ts';

export interface PlanStep {
  /** `register a revision of hid-generator` */
  readonly text: string;
  /** The call to ECS that it takes, `RegisterTaskDefinition`; absent for what ECS does by itself. */
  readonly operation?: string;
  /** How often it is called: exactly for a change, at most until the time-out for polls. Absent when nobody can say. */
  readonly calls?: number;
}

/** The steps of a plan that changes or watches something; none for the others. */
export function planSteps(plan: Plan): readonly PlanStep[] {
  const { action, request, service } = plan;
  if (isRefused(plan)) return [];
  if (action === 'adopt') return [watchStep(plan)];
  if (request === undefined || (action !== 'create' && action !== 'update')) return [];
  const create = action === 'create';
  return [
    ...revisionSteps(plan),
    {
      text: `${create ? 'create' : 'update'} the service ${service}, pinned to that revision`,
      operation: create ? 'CreateService' : 'UpdateService',
      calls: 1,
    },
    { text: effect(plan) },
    ...pauseSteps(request),
    watchStep(plan),
  ];
}

/** How often a watch of this length polls: after max(1 s, 12 % of the elapsed time), at most 15 s. */
export function pollsWithin(milliseconds: number): number {
  const longest = 7 * 24 * 3_600_000;
  let polls = 0;
  for (let elapsed = 0; elapsed <= Math.min(milliseconds, longest); polls += 1)
    elapsed += nextPollDelay(elapsed);
  return polls;
}

function revisionSteps({ adoptRevision, retag, register }: Plan): readonly PlanStep[] {
  if (adoptRevision === undefined) {
    const family = register === undefined ? undefined : textOf(register.request, 'family');
    const text = `register a revision of ${family ?? 'the task definition'}`;
    return [{ text, operation: 'RegisterTaskDefinition', calls: 1 }];
  }
  const name = revisionName(adoptRevision);
  const use: PlanStep = { text: `use ${name}, which is registered already` };
  if (retag === undefined) return [use];
  const what = tagKeys.returnedFrom in retag ? 'what is gone back from' : 'what it replaces';
  return [use, { text: `write onto it ${what}`, operation: 'TagResource', calls: 1 }];
}

/** What ECS does with the tasks: a revision that is pinned anew starts a deployment, whatever differs in it. */
function effect(plan: Plan): string {
  const { action, request, differences } = plan;
  const desired = numberOf(request ?? {}, 'desiredCount');
  const strategy = textOf(objectOf(request ?? {}, 'deploymentConfiguration'), 'strategy');
  const how = strategy === undefined || strategy === 'ROLLING' ? '' : ` (${strategy})`;
  if (action === 'create')
    return desired === undefined
      ? `ECS starts its tasks${how}`
      : `ECS starts ${desired === 1 ? '1 task' : `${desired} tasks`}${how}`;
  const count = differences.find(({ path }) => path === 'service.desiredCount');
  const scale = count === undefined ? '' : ` and goes from ${show(count.from)} to ${show(count.to)} tasks`;
  if (desired === 0) return 'ECS stops every running task; none is started, the desired count is 0';
  const replaces = `ECS replaces every running task${how}${scale}`;
  if (differences.length === 0) return `${replaces}: nothing differs, and yet it is a new deployment`;
  const only = differences.every(({ path }) => path.startsWith('service.'));
  if (!only) return replaces;
  const what = differences.length === 1 && count !== undefined ? 'the desired count' : 'the service';
  return `${replaces}: only ${what} differs, but a new revision is a new deployment`;
}

function listOf(value: JsonValue | undefined): readonly string[] {
  return isList(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** Where the rollout stands still until somebody decides. */
function pauseSteps(request: JsonObject): readonly PlanStep[] {
  const stages = pauseHooks(request).flatMap((hook) => listOf(member(hook, 'lifecycleStages')));
  if (stages.length === 0) return [];
  return [
    { text: `at ${stages.join(', ')} it waits for somebody to decide (PAUSE hook; installer continue)` },
  ];
}

function show(value: unknown): string {
  return typeof value === 'number' ? String(value) : 'unknown';
}

function watchStep({ forecast, timeoutMs }: Plan): PlanStep {
  const expected = forecast?.expectedMs;
  const plus = forecast?.expectedPlus === undefined ? '' : ` plus ${forecast.expectedPlus}`;
  const parts = [
    ...(expected === undefined ? [] : [`${words(expected)} expected${plus}`]),
    ...(timeoutMs === undefined ? [] : [`time-out ${words(timeoutMs)}`]),
  ];
  const text = `watch until it is steady${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`;
  const operation = 'DescribeServices';
  return timeoutMs === undefined ? { text, operation } : { text, operation, calls: pollsWithin(timeoutMs) };
}

/** Whole seconds, rounded down as in the lines of the forecast. */
function words(milliseconds: number): string {
  return duration(Math.floor(milliseconds / 1000) * 1000);
}
