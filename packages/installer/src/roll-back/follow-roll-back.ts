// Follows a roll-back, ours or ECS's own, to its verdict.
import {
  drainsOnly,
  isEcsError,
  isRolledBack,
  nextPollDelay,
  sameRevision,
  tagKeys,
  type DeploymentSnapshot,
  type ServiceSnapshot,
} from '@bamboo-ecs/rollout';
import { primaryOf, shortArn } from '../apply-plan.ts';
import { ownDeployment } from '../own-deployment.ts';
import type { RollbackInput, RollbackOutcome } from './roll-back-types.ts';
import { sentences } from '../sentence.ts';
import { judgedBy } from '../targets.ts';
import { watchOne } from '../watch-phase.ts';
import type { Target } from '../target.ts';

/** ECS begins its roll-back within seconds after it has failed a deployment; after this long it is not believed any more. */
const patienceMs = 120_000;

/**
 * ECS rolls back by itself. Right after it was told, or has failed the deployment, PRIMARY may still be ours: only what
 * comes in its place is watched. Null when nothing comes.
 */
export async function followEcs(
  input: RollbackInput,
  taskDefinition: string,
): Promise<RollbackOutcome | null> {
  const { context, ports, planned, watched } = input;
  const ours = watched.target.deployment ?? (watched.snapshot ? primaryOf(watched.snapshot) : undefined);
  context.note({
    leftRunning: `ECS rolls ${planned.plan.service} back to ${nameOf(input, taskDefinition)}.`,
  });
  const startedAt = context.now();
  for (;;) {
    const waited = context.now() - startedAt;
    const now = await serviceNow(input, waited >= patienceMs);
    const primary = now?.deployments.find(({ status }) => status === 'PRIMARY');
    if (now && primary && primary.id !== ours) {
      const taken = sameRevision(primary.taskDefinition, taskDefinition)
        ? null
        : takenBy(input, now, primary);
      if (taken) return taken;
      return followRollback(input, {
        deployment: primary.id,
        taskDefinition: primary.taskDefinition,
        // ECS may put an old deployment back in its place: what happened to it before is not of the roll-back.
        startedAt,
        adopted: true,
      });
    }
    if (waited >= patienceMs && (waited >= input.timeoutMs || !(await goesBack(input, ours)))) return null;
    await ports.clock.sleep(nextPollDelay(waited), context.signal);
    context.stopIfAsked();
  }
}

/**
 * What has come is not what is gone back to, is younger than what failed, and ECS does not say that it goes back to it: the service is
 * somebody else's now.
 */
function takenBy(
  { watched: { target } }: RollbackInput,
  { deployments, events }: ServiceSnapshot,
  primary: DeploymentSnapshot,
): RollbackOutcome | null {
  const ours = deployments.find(({ id }) => id === target.deployment);
  const isYounger = primary.createdAt >= (ours?.createdAt ?? target.startedAt);
  const texts = [
    ...events.map(({ message }) => message),
    ...deployments.map((one) => one.rolloutStateReason ?? ''),
  ];
  const isNamed = texts.some((text) => /roll(?:ing|ed) back/iu.test(text) && text.includes(primary.id));
  if (primary.id === target.primaryBefore || !isYounger || isNamed) return null;
  const what = `${primary.id} of ${shortArn(primary.taskDefinition)}`;
  return {
    kind: 'failed',
    short: 'superseded',
    superseded: true,
    sentence: `The roll-back was overtaken, the service is somebody else's now: another deployment, ${what}, is PRIMARY.`,
  };
}

/** Traffic that is shifted back step by step takes its time: then ECS says that it is at it. */
async function goesBack({ ecs, planned }: RollbackInput, ours: string | undefined): Promise<boolean> {
  if (ours === undefined) return false;
  const { cluster, service } = planned.plan;
  try {
    const found = await ecs.describeServiceDeployment(cluster, service, ours);
    return found !== null && isRolledBack(found) && found.status !== 'ROLLBACK_FAILED';
  } catch (error) {
    if (!isEcsError(error)) throw error;
    return false;
  }
}

/** Undefined when ECS could not be asked this time. */
async function serviceNow(
  { context, ecs, planned }: RollbackInput,
  lastTime: boolean,
): Promise<ServiceSnapshot | undefined> {
  const { cluster, service } = planned.plan;
  try {
    const [now] = await ecs.describeServices(cluster, [service]);
    return now;
  } catch (error) {
    const passing = isEcsError(error) && (error.kind === 'throttled' || error.kind === 'unreachable');
    if (!passing || lastTime) throw error;
    context.say(`ECS could not be asked: ${error.message}`, 'warning');
    return undefined;
  }
}

/** Has another deployment taken the place of ours, or has ECS failed it? */
export function rolledBackAlready(now: ServiceSnapshot, ours: string): boolean {
  const failed = now.deployments.find(({ id }) => id === ours)?.rolloutState === 'FAILED';
  return failed || primaryOf(now) !== ours;
}

type Followed = Pick<Target, 'deployment' | 'taskDefinition' | 'startedAt' | 'adopted' | 'primaryBefore'>;

export async function followRollback(input: RollbackInput, followed: Followed): Promise<RollbackOutcome> {
  const { context, ports, ecs, planned, timeoutMs } = input;
  const { cluster, service } = planned.plan;
  const version = versionOf(input, followed.taskDefinition);
  const target: Target = {
    cluster,
    service,
    deadline: context.now() + timeoutMs,
    ...judgedBy(context),
    ...(version === undefined ? {} : { version }),
    ...followed,
  };
  const { verdict, snapshot } = await watchOne(context, ports, ecs, target, { goesBack: true });
  const back = nameOf(input, followed.taskDefinition);
  if (verdict.kind === 'steady') {
    context.note({ leftRunning: `${service} runs ${back} again.` });
    const count = snapshot ? `, ${snapshot.running} of ${snapshot.desired} tasks run` : '';
    return {
      kind: 'back',
      short: `back on ${back}`,
      sentence: `${back} is back and steady${count}.`,
      taskDefinition: followed.taskDefinition,
    };
  }
  const restored = snapshot && ownDeployment(target, snapshot);
  const draining = verdict.kind === 'timed-out' && restored ? drainsOnly(snapshot, restored) : 0;
  if (restored && draining > 0) {
    const left = `${draining} ${draining === 1 ? 'task' : 'tasks'} of the release that failed`;
    context.note({ leftRunning: `${service} runs ${back} again; ECS still drains ${left}.` });
    return {
      kind: 'back',
      short: `back on ${back}`,
      sentence: `${back} is back: ${restored.running} of ${restored.desired} tasks run it. ECS still drains ${left}.`,
      taskDefinition: followed.taskDefinition,
    };
  }
  return {
    taskDefinition: followed.taskDefinition,
    superseded: verdict.kind === 'superseded',
    kind: verdict.kind === 'unknown' ? 'unknown' : 'failed',
    short: `to ${back}: ${verdict.kind}`,
    sentence: sentences(
      verdict.kind === 'superseded'
        ? `The roll-back to ${back} was overtaken, the service is somebody else's now`
        : `The roll-back to ${back} ended ${verdict.kind}`,
      verdict.reason,
    ),
  };
}

/** `hid-generator:2 (1.0.15.RELEASE)`, as the verdicts say it. */
export function nameOf(input: RollbackInput, taskDefinition: string): string {
  const version = versionOf(input, taskDefinition);
  return version === undefined ? shortArn(taskDefinition) : `${shortArn(taskDefinition)} (${version})`;
}

/** Known of the revision that ran when the plan was made. */
function versionOf({ planned }: RollbackInput, taskDefinition: string): string | undefined {
  const { current } = planned;
  return current && sameRevision(current.arn, taskDefinition) ? current.tags[tagKeys.version] : undefined;
}
