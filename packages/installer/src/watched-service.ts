// One service while it is watched: what has been seen of it, and its verdict.
import {
  isEcsError,
  judge,
  ownStoppedTasks,
  sameRevision,
  type DeploymentSnapshot,
  type EcsError,
  type ServiceSnapshot,
  type TaskSnapshot,
  type Verdict,
} from '@bamboo-ecs/rollout';
import { FailureWatch } from './failure-watch.ts';
import { enrich } from './looks.ts';
import { ownDeployment } from './own-deployment.ts';
import { PauseTime } from './pause.ts';
import { Progress } from './progress.ts';
import type { Target } from './target.ts';
import type { WatchPorts } from './watch-ports.ts';

/**
 * A hundred to a pair of calls. Those of earlier rollouts stay listed for an hour and may come first: where none of so many is ours, and
 * ECS counts failures of ours, more are asked for.
 */
const stoppedLimits = { first: 400, most: 1600 };

export class WatchedService {
  readonly target: Target;
  verdict: Verdict | null = null;
  /** The last one seen; null before ECS answered. */
  snapshot: ServiceSnapshot | null = null;
  stopped: readonly TaskSnapshot[] = [];
  /** What to do, where AWS said why it does not answer. */
  hint: string | undefined;
  readonly #ports: WatchPorts;
  readonly #watchedSince: number;
  readonly #failures = new FailureWatch();
  readonly #paused = new PauseTime();
  /** Looks in a row that did not show ours. */
  #missed = 0;
  /** When ECS created our deployment, by its clock, as first seen. */
  #createdAt: number | undefined;
  /** How many tasks were wanted when it was first seen COMPLETED. */
  #completedWith: number | undefined;
  readonly #progress = new Progress();
  /** As ECS counts them. */
  #failed = 0;
  #stoppedLimit = stoppedLimits.first;

  constructor(ports: WatchPorts, target: Target) {
    this.#ports = ports;
    this.#watchedSince = ports.clock.now();
    this.target = target;
  }

  /** The time at a PAUSE hook does not count: it is not the rollout that takes it. */
  get deadline(): number {
    return this.target.deadline + this.#paused.ms;
  }

  /** Ours was not in the last answer: the next one tells whether that was an old one, and is asked for soon. */
  get isInDoubt(): boolean {
    return this.#missed === 1;
  }

  /** What else there is to see in this poll. */
  async lookFurther(snapshot: ServiceSnapshot): Promise<ServiceSnapshot> {
    return enrich(this.#ports.looks ?? [], this.target, snapshot, (text) => this.#tellOnce(text));
  }

  /** Takes one poll in: reads the stopped tasks when there may be new ones, and judges. */
  async see(snapshot: ServiceSnapshot): Promise<void> {
    const { deployment, adopted, startedAt } = this.target;
    this.snapshot = snapshot;
    this.#paused.see(snapshot, this.#ports.clock.now());
    this.#ports.onSnapshot(this.target, snapshot);
    const ours = ownDeployment(this.target, snapshot);
    this.#missed = isShown(ours, this.target) ? 0 : this.#missed + 1;
    this.#createdAt ??= deployment === null ? undefined : ours?.createdAt;
    if (ours) this.#notice(ours, snapshot.at);
    // By ECS's clock where it is known: ours may be minutes off.
    const since = adopted ? startedAt : (this.#createdAt ?? startedAt);
    if (this.#failures.mayHaveFailed(snapshot, ours, since)) await this.#readStopped();
    this.verdict = this.#judge(snapshot);
    // Where nothing is told of what happens between two polls, a task that crashed meanwhile shows only among the stopped ones.
    const silent = snapshot.desired > 0 && !snapshot.events.some(({ at }) => at >= since);
    if (this.verdict?.kind !== 'steady' || !silent) return;
    await this.#readStopped();
    this.verdict = this.#judge(snapshot);
  }

  /** A poll that reached some clusters has given their services a verdict, perhaps: that stays. */
  giveUp(error: EcsError): void {
    this.verdict ??= { kind: 'unknown', reason: `AWS could not be asked any more: ${error.message}.` };
    if (error.hint !== undefined) this.hint = error.hint;
  }

  #notice({ rolloutState, desired, running, failed }: DeploymentSnapshot, at: number): void {
    this.#failed = failed;
    if (rolloutState === 'COMPLETED') this.#completedWith ??= desired;
    else this.#completedWith = undefined;
    this.#progress.see({ running, desired }, at);
  }

  #judge(snapshot: ServiceSnapshot): Verdict | null {
    const { target } = this;
    return judge({
      snapshot,
      deployment: target.deployment,
      taskDefinition: target.taskDefinition,
      startedAt: target.startedAt,
      deadline: this.deadline,
      now: this.#ports.clock.now(),
      watchedSince: this.#watchedSince,
      missed: this.#missed,
      stopped: this.stopped,
      adopted: target.adopted,
      onPause: target.onPause ?? 'wait',
      ...(this.#createdAt === undefined ? {} : { createdAt: this.#createdAt }),
      ...(this.#completedWith === undefined ? {} : { completedWith: this.#completedWith }),
      ...(this.#progress.at === undefined ? {} : { progressAt: this.#progress.at }),
      ...(target.version === undefined ? {} : { version: target.version }),
      ...(target.primaryBefore === undefined ? {} : { primaryBefore: target.primaryBefore }),
      ...(target.failAfter === undefined ? {} : { settings: { crashLoopAfter: target.failAfter } }),
      ...(target.continued === undefined ? {} : { continued: target.continued }),
    });
  }

  /** Those known so far stay when they cannot be read: the counts and the time go on to be judged. */
  async #readStopped(): Promise<void> {
    const { cluster, service } = this.target;
    try {
      const known = new Map(this.stopped.map((task) => [task.arn, task]));
      for (const task of await this.#listStopped(cluster, service)) known.set(task.arn, task);
      this.stopped = [...known.values()];
      this.#ports.onStopped?.(this.target, this.stopped);
    } catch (error) {
      if (!isEcsError(error)) throw error;
      if (error.hint !== undefined) this.hint = error.hint;
      this.#tellOnce(
        `Stopped tasks could not be read, so a crash loop is only seen by its time-out: ${error.message}.${error.hint ? ` ${error.hint}` : ''}`,
      );
    }
  }

  async #listStopped(cluster: string, service: string): Promise<readonly TaskSnapshot[]> {
    for (;;) {
      const limit = this.#stoppedLimit;
      const tasks = await this.#ports.ecs.listTasks(cluster, service, 'STOPPED', limit);
      const own = ownStoppedTasks(tasks, this.target);
      const more = own.length === 0 && tasks.length >= limit && limit < stoppedLimits.most;
      if (!more || this.#failed === 0) return this.#ports.mask ? own.map(maskedBy(this.#ports.mask)) : own;
      this.#stoppedLimit = limit * 2;
    }
  }

  #tellOnce(text: string): void {
    if (this.#failures.isNews(text)) this.#ports.onTrouble(text);
  }
}

/** Their reasons, as they will be told. */
export function maskedBy(mask: (text: string) => string): (task: TaskSnapshot) => TaskSnapshot {
  return (task) => ({
    ...task,
    ...(task.stoppedReason === undefined ? {} : { stoppedReason: mask(task.stoppedReason) }),
    containers: task.containers.map((one) =>
      one.reason === undefined ? one : { ...one, reason: mask(one.reason) },
    ),
  });
}

/** Without a deployment of ours the revision has to do. */
export function isShown(
  found: DeploymentSnapshot | undefined,
  { deployment, taskDefinition }: Pick<Target, 'deployment' | 'taskDefinition'>,
): boolean {
  if (!found) return false;
  return deployment !== null || sameRevision(found.taskDefinition, taskDefinition);
}
