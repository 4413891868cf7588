// Lifecycle hooks: Lambda functions that answer, pauses that somebody ends.
import { uuid } from '../ids.ts';
import { numberOf, objectOf, textOf } from '../members.ts';
import type { HookState, ServiceDeploymentState, ServiceState } from '../service-state.ts';
import { wake } from '../world.ts';
import type { World } from '../world.ts';
import { hooksOf } from './steps.ts';

/** DeploymentLifecycleHookTimeoutConfiguration: a day, then ROLLBACK. */
const defaults = { minutes: 1440, action: 'ROLLBACK' } as const;

export type HooksEnd = 'waiting' | 'done' | { readonly failed: string };

/** The hooks of a stage begin. */
export function beginHooks(world: World, record: ServiceDeploymentState, stage: string): void {
  record.hooks = hooksOf(record.configuration, stage).map((hook): HookState => {
    const type = textOf(hook, 'targetType') === 'PAUSE' ? 'PAUSE' : 'AWS_LAMBDA';
    const timeout = objectOf(hook, 'timeoutConfiguration');
    const minutes = numberOf(timeout, 'timeoutInMinutes') ?? defaults.minutes;
    return {
      id: uuid(world, 'hook'),
      type,
      target: textOf(hook, 'hookTargetArn') ?? null,
      status: type === 'PAUSE' ? 'AWAITING_ACTION' : 'IN_PROGRESS',
      beganAt: world.now,
      expiresAt: world.now + minutes * world.settings.pace.minuteMs,
      timeoutAction: textOf(timeout, 'action') === 'CONTINUE' ? 'CONTINUE' : defaults.action,
    };
  });
}

/** What has become of the hooks of the stage; wakes the scheduler when there is something to see next. */
export function mindHooks(world: World, service: ServiceState, record: ServiceDeploymentState): HooksEnd {
  let waiting = false;
  for (const hook of record.hooks) {
    const due = hook.type === 'AWS_LAMBDA' ? answer(world, hook) : hook.expiresAt;
    if (isOpen(hook) && world.now >= hook.expiresAt) {
      hook.status = 'TIMED_OUT';
      if (hook.timeoutAction === 'ROLLBACK') return { failed: `Lifecycle hook ${nameOf(hook)} timed out.` };
    }
    if (hook.status === 'FAILED') return { failed: `Lifecycle hook ${nameOf(hook)} failed.` };
    if (!isOpen(hook)) continue;
    waiting = true;
    wake(world, service, Math.max(0, Math.min(due, hook.expiresAt) - world.now));
  }
  return waiting ? 'waiting' : 'done';
}

/** When the function answers; it may have done so now. */
function answer(world: World, hook: HookState): number {
  const script = scriptOf(world, hook.target ?? '');
  const at = hook.beganAt + script.afterMs;
  if (hook.status === 'IN_PROGRESS' && world.now >= at) hook.status = script.status;
  // IN_PROGRESS: "Amazon ECS runs the function again after 30 seconds".
  return hook.status === 'IN_PROGRESS' && at <= world.now ? world.now + 30_000 : at;
}

function scriptOf(
  world: World,
  target: string,
): { readonly status: HookState['status']; readonly afterMs: number } {
  const name = target.slice(target.lastIndexOf(':') + 1);
  const script = world.state.hooks.get(target) ?? world.state.hooks.get(name);
  return script ?? { status: 'SUCCEEDED', afterMs: world.settings.pace.hookMs };
}

function isOpen({ status }: HookState): boolean {
  return status === 'IN_PROGRESS' || status === 'AWAITING_ACTION';
}

function nameOf({ target, id }: HookState): string {
  return target === null ? id : target.slice(target.lastIndexOf(':') + 1);
}
