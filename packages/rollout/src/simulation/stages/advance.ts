// A deployment goes from stage to stage.
import { failDeployment } from '../circuit-breaker.ts';
import { recordOf } from '../service-deployments.ts';
import type { DeploymentState, ServiceDeploymentState, ServiceState } from '../service-state.ts';
import { areUp, isSettled } from '../settled-tasks.ts';
import type { World } from '../world.ts';
import { primaryOf, wake } from '../world.ts';
import { beginHooks, mindHooks } from './hooks.ts';
import { stepsOf, strategyOf, type StageStep } from './steps.ts';

/** Takes every step that is done; one that fails ends the deployment. A roll-back has no stages of its own. */
export function advanceStages(world: World, service: ServiceState, desired: number): void {
  const found = inProgress(service);
  if (found === null) return;
  const { primary, record } = found;
  const steps = stepsOf(record.configuration, world.settings.pace);
  for (;;) {
    const step = steps[record.step];
    if (step === undefined || step.kind === 'clean-up') {
      if (step !== undefined) enter(world, record, step);
      return;
    }
    enter(world, record, step);
    const done = isDone(world, service, { primary, record, step, desired });
    if (done === 'failed' || !done) return;
    record.step += 1;
    record.stepAt = null;
    record.updatedAt = world.now;
    service.settledAt = null;
  }
}

function inProgress(
  service: ServiceState,
): { readonly primary: DeploymentState; readonly record: ServiceDeploymentState } | null {
  const primary = primaryOf(service);
  if (primary === undefined || primary.progress !== 'IN_PROGRESS' || primary.rollbackOf !== null) return null;
  const record = recordOf(service, primary);
  return record === undefined ? null : { primary, record };
}

function enter(world: World, record: ServiceDeploymentState, step: StageStep): void {
  if (record.stepAt !== null) return;
  record.stepAt = world.now;
  record.stage = step.stage;
  if (step.kind === 'hooks') beginHooks(world, record, step.stage);
  if (step.production !== undefined) record.productionWeight = step.production;
  if (step.test !== undefined) record.testWeight = step.test;
}

interface Doing {
  readonly primary: DeploymentState;
  readonly record: ServiceDeploymentState;
  readonly step: StageStep;
  readonly desired: number;
}

function isDone(
  world: World,
  service: ServiceState,
  { primary, record, step, desired }: Doing,
): boolean | 'failed' {
  switch (step.kind) {
    case 'scale-up':
      return strategyOf(record.configuration) === 'ROLLING'
        ? isSettled(world, service, primary, desired)
        : areUp(world, service, primary, desired);
    case 'bake': {
      const left = (record.stepAt ?? world.now) + (step.ms ?? 0) - world.now;
      if (left > 0) wake(world, service, left);
      return left <= 0;
    }
    case 'hooks': {
      const end = mindHooks(world, service, record);
      if (typeof end === 'string') return end === 'done';
      failDeployment(world, service, primary, {
        event: 'lifecycle hook failed.',
        reason: 'ECS deployment lifecycle hook: ',
        record: end.failed,
        rollback: true,
      });
      return 'failed';
    }
    case 'shift':
      return true;
    case 'clean-up':
      return false;
  }
}

/** Before the stage SCALE_UP no new task is started. */
export function mayScaleUp(world: World, service: ServiceState): boolean {
  const found = inProgress(service);
  if (found === null) return true;
  const steps = stepsOf(found.record.configuration, world.settings.pace);
  return found.record.step >= steps.findIndex(({ kind }) => kind === 'scale-up');
}

/** All that is left to do is to tell that it is done. */
export function isAtEnd(world: World, service: ServiceState): boolean {
  const found = inProgress(service);
  if (found === null) return true;
  return found.record.step >= stepsOf(found.record.configuration, world.settings.pace).length - 1;
}

/** Both revisions run whole until the stage CLEAN_UP: the old tasks are not replaced one by one. */
export function keepsBoth(world: World, service: ServiceState): boolean {
  const found = inProgress(service);
  if (found === null || strategyOf(found.record.configuration) === 'ROLLING') return false;
  return !isAtEnd(world, service);
}
