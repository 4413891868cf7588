// What the runs to come must know of a bake: tags on the revision say that it is to be baked, since when, and that it has held.
import type { RunContext } from '@bamboo-ecs/program';
import {
  clockAhead,
  isBakePending,
  isEcsError,
  revisionName,
  tagKeys,
  type EcsPort,
  type ServiceSnapshot,
  type TaskDefinitionSnapshot,
  type TaskSnapshot,
} from '@bamboo-ecs/rollout';
import { ownDeployment } from '../own-deployment.ts';
import type { PlannedService } from '../planned-service.ts';
import type { Target } from '../target.ts';

/** Is a rollout of this run baked? */
export function isBakeSet({ settings }: RunContext): boolean {
  return (settings.duration('bake') ?? 0) > 0;
}

export interface Baked {
  readonly planned: PlannedService;
  readonly target: Target;
  /** A roll-back by hand, which says by tags of its own that it is not over. */
  readonly goesBack: boolean;
}

export class BakeMemory {
  readonly #context: RunContext;
  readonly #ecs: EcsPort;
  readonly #baked: Baked;
  /** Right after the change was sent. */
  readonly #openedAt: number;

  constructor(context: RunContext, ecs: EcsPort, baked: Baked) {
    this.#context = context;
    this.#ecs = ecs;
    this.#baked = baked;
    this.#openedAt = context.now();
  }

  /** The deployment was begun by an earlier run: when, by ECS's clock; else null. */
  get begunAt(): number | null {
    const { adopted, startedAt } = this.#baked.target;
    return adopted ? startedAt : null;
  }

  /** Before the watch. A rollout of our own says it from its registration on; one that is adopted may be of a run that baked nothing. */
  async expect(): Promise<void> {
    const { target, goesBack } = this.#baked;
    if (!target.adopted || goesBack || isBakePending(this.#revision)) return;
    await this.#note({ [tagKeys.outcome]: 'baking' });
  }

  /** Now, when `snapshot` was found steady. A bake that was cut off keeps its beginning. */
  async begun(snapshot: ServiceSnapshot, now: number): Promise<void> {
    if (this.cutOff(snapshot) !== null) return;
    const { target } = this.#baked;
    const createdAt = ownDeployment(target, snapshot)?.createdAt;
    // As for the judge: what ECS says of its tasks is by its own clock.
    const ahead = clockAhead({
      adopted: target.adopted,
      startedAt: target.startedAt,
      watchedSince: this.#openedAt,
      ...(createdAt !== undefined && { createdAt }),
    });
    await this.#note({ [tagKeys.steadyAt]: new Date(now + ahead).toISOString() });
  }

  async held(): Promise<void> {
    if (!this.#baked.goesBack) await this.#note({ [tagKeys.outcome]: 'baked' });
  }

  /**
   * When the rollout that an earlier run began was steady, by ECS's clock: as that run has noted it, else as ECS's event says. Null: it
   * was this run that has seen it come up, or nobody knows. A note from before this deployment is of an earlier attempt.
   */
  cutOff(snapshot: ServiceSnapshot): number | null {
    const { target, planned } = this.#baked;
    const ours = ownDeployment(target, snapshot);
    const found = planned.service.deployments.find(({ id }) => id === ours?.id);
    // It came up while this run watched: nothing of the bake was missed.
    if (!target.adopted || !ours || found?.rolloutState === 'IN_PROGRESS') return null;
    const noted = Date.parse(this.#revision?.tags[tagKeys.steadyAt] ?? '');
    if (noted >= ours.createdAt) return noted;
    const said = snapshot.events.find(
      ({ message }) => message.includes(`${ours.id})`) && /deployment completed/iu.test(message),
    );
    return said?.at ?? null;
  }

  /**
   * Stopped tasks that are not held against the release: those that stopped before it was steady, or, where a bake was cut off, outside
   * of it. What a bake would have seen that was cut off counts as if it had been seen.
   */
  forgiven(
    stopped: readonly TaskSnapshot[],
    snapshot: ServiceSnapshot,
    bakeMs: number,
  ): readonly TaskSnapshot[] {
    const since = this.cutOff(snapshot);
    if (since === null) return stopped;
    return stopped.filter(
      ({ stoppedAt }) => stoppedAt !== undefined && (stoppedAt <= since || stoppedAt > since + bakeMs),
    );
  }

  get #revision(): TaskDefinitionSnapshot | null {
    const { planned, target } = this.#baked;
    return target.adopted ? planned.current : null;
  }

  async #note(tags: Readonly<Record<string, string>>): Promise<void> {
    const { taskDefinition } = this.#baked.target;
    try {
      await this.#ecs.tagTaskDefinition(taskDefinition, tags);
    } catch (error) {
      if (!isEcsError(error)) throw error;
      const hint = error.hint ? ` ${error.hint}` : '';
      this.#context.say(
        `How far the bake is could not be noted on ${revisionName(taskDefinition)}, so a later run may not know whether it is over: ${error.message}.${hint}`,
        'warning',
      );
    }
  }
}
