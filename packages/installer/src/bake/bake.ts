// Bake: after a rollout was steady it is watched on for a while, before the verdict.
import type { RunContext } from '@bamboo-ecs/program';
import {
  duration,
  isEcsError,
  judgeBake,
  nextPollDelay,
  ownStoppedTasks,
  revisionName,
  utc,
  type EcsPort,
  type ServiceSnapshot,
  type TaskSnapshot,
  type Verdict,
} from '@bamboo-ecs/rollout';
import { BakeAlarms } from './bake-alarms.ts';
import { BakeMemory, type Baked } from './bake-memory.ts';
import { ownDeployment } from '../own-deployment.ts';
import { FailureWatch } from '../failure-watch.ts';
import { healthLook } from '../health-look.ts';
import { enrich, type Look } from '../looks.ts';
import type { InstallerPorts } from '../ports.ts';
import type { Target } from '../target.ts';
import type { Watched } from '../watch.ts';
import { isShown } from '../watched-service.ts';

const stoppedLimit = 400;
/** As for the watch before: AWS may fail to answer for so long before the outcome is unknown. */
const silenceLimitMs = 120_000;

export class Bake {
  readonly #context: RunContext;
  readonly #ports: InstallerPorts;
  readonly #ecs: EcsPort;
  readonly #ms: number;
  readonly #alarms: BakeAlarms | null;
  readonly #memory: BakeMemory;
  readonly #told = new Set<string>();

  private constructor(
    context: RunContext,
    ports: InstallerPorts,
    ecs: EcsPort,
    ms: number,
    alarms: BakeAlarms | null,
    memory: BakeMemory,
  ) {
    this.#context = context;
    this.#ports = ports;
    this.#ecs = ecs;
    this.#ms = ms;
    this.#alarms = alarms;
    this.#memory = memory;
  }

  /** Right after the change was sent, so that what rings already is known. Null when the setting `bake` is off. */
  static async open(
    context: RunContext,
    ports: InstallerPorts,
    ecs: EcsPort,
    baked: Baked,
  ): Promise<Bake | null> {
    const ms = context.settings.duration('bake') ?? 0;
    const names = context.settings.names('bake-alarms');
    if (ms === 0) {
      if (names.length > 0)
        context.say('bake-alarms is set, but bake is not: the alarms are not watched.', 'warning');
      return null;
    }
    const memory = new BakeMemory(context, ecs, baked);
    await memory.expect();
    const alarms = await BakeAlarms.open(context, ports, memory.begunAt);
    const watched = names.length > 0 ? ` (alarms ${names.join(', ')})` : '';
    context.say(`Bake: once it is steady it is watched for ${duration(ms)} more${watched}.`);
    return new Bake(context, ports, ecs, ms, alarms, memory);
  }

  /** Watches on. `watched` was steady. */
  async watch(watched: Watched): Promise<Watched> {
    const { target } = watched;
    const { clock } = this.#ports;
    this.#context.phase('bake', 'Bake');
    const steadyAt = clock.now();
    // Not every task that stopped until now was looked at: those are forgiven, too.
    const before = await this.#stopped(target, watched.stopped);
    let stoppedBefore = this.#forgiven(before ?? watched.stopped, watched);
    // Where they could not be read, those of the first answer may be from before: held against nobody.
    let isKnown = before !== null;
    const failures = new FailureWatch();
    const looks = this.#looks();
    let { snapshot } = watched;
    let stopped = before ?? watched.stopped;
    let silentSince: number | null = null;
    let missed = 0;
    let isNoted = false;
    this.#tellBegin(watched);
    for (;;) {
      const elapsed = clock.now() - steadyAt;
      const left = this.#ms - elapsed;
      const delay = nextPollDelay(missed === 1 ? 0 : elapsed);
      await clock.sleep(Math.min(delay, left > 0 ? left : Infinity), this.#context.signal);
      this.#context.stopIfAsked();
      try {
        const seen = await this.#poll(target, looks);
        if (!seen) continue;
        snapshot = seen;
        const last = clock.now() - steadyAt >= this.#ms;
        const ours = ownDeployment(target, seen);
        missed = isShown(ours, target) ? 0 : missed + 1;
        // At the end they are asked for in any case: some servers tell nothing else of a task that ended and is replaced.
        if (failures.mayHaveFailed(seen, ours, steadyAt) || last || !isKnown) {
          const found = await this.#stopped(target, stopped);
          stopped = found ?? stopped;
          if (found && !isKnown) stoppedBefore = this.#forgiven(found, watched);
          isKnown ||= found !== null;
        }
        silentSince = null;
        const verdict = judgeBake({
          ...target,
          snapshot: seen,
          now: clock.now(),
          missed,
          stopped,
          steadyAt,
          bakeMs: this.#ms,
          stoppedBefore,
          alarms: (await this.#alarms?.now()) ?? [],
        });
        if (verdict?.kind === 'steady') await this.#memory.held();
        if (verdict) return this.#ended({ ...watched, snapshot, stopped, verdict });
        // Only now: what a bake that was cut off has left has been judged.
        if (!isNoted) await this.#memory.begun(seen, steadyAt);
        isNoted = true;
      } catch (error) {
        if (!isEcsError(error)) throw error;
        silentSince ??= clock.now();
        this.#context.say(`ECS could not be asked: ${error.message}`, 'warning');
        const verdict = this.#givesUp(error.kind, clock.now() - silentSince, error.message);
        if (verdict) return this.#ended({ ...watched, snapshot, stopped, verdict });
      }
    }
  }

  #tellBegin({ target, snapshot }: Watched): void {
    const context = this.#context;
    const since = snapshot && this.#memory.cutOff(snapshot);
    if (since)
      context.say(
        `The rollout was steady at ${utc(since)}, and nobody has watched it since: it is baked whole, and what failed in the ${duration(this.#ms)} after that counts, as far as ECS still shows it.`,
      );
    context.note({
      leftRunning: `${target.service} runs ${revisionName(target.taskDefinition)}: it was steady, but its bake is not over.`,
    });
    context.todoWhenStopped = 'Run the same command again: it is baked whole before it counts as installed.';
  }

  #ended(watched: Watched): Watched {
    this.#context.todoWhenStopped = undefined;
    return watched;
  }

  #forgiven(stopped: readonly TaskSnapshot[], { snapshot }: Watched): ReadonlySet<string> {
    const all = snapshot ? this.#memory.forgiven(stopped, snapshot, this.#ms) : stopped;
    return new Set(all.map(({ arn }) => arn));
  }

  #looks(): readonly Look[] {
    const { openHealth } = this.#ports;
    if (openHealth === undefined) return this.#ports.openLooks?.(this.#context, this.#ecs) ?? [];
    const onNote = (note: string): void => {
      if (!this.#told.has(note)) this.#context.say(`Target health: ${note}`, 'detail');
      this.#told.add(note);
    };
    const health = healthLook({ open: async () => openHealth(this.#context), onNote, always: true });
    return [health, ...(this.#ports.openLooks?.(this.#context, this.#ecs) ?? [])];
  }

  async #poll(target: Target, looks: readonly Look[]): Promise<ServiceSnapshot | undefined> {
    const [found] = await this.#ecs.describeServices(target.cluster, [target.service]);
    if (!found) return undefined;
    const snapshot = await enrich(looks, target, found, (text) => this.#context.say(text, 'warning'));
    const { deployment, startedAt } = target;
    this.#context.emit({ kind: 'snapshot', deployment, snapshot, startedAt });
    return snapshot;
  }

  /** Null when they cannot be read. */
  async #stopped(target: Target, known: readonly TaskSnapshot[]): Promise<readonly TaskSnapshot[] | null> {
    try {
      const tasks = await this.#ecs.listTasks(target.cluster, target.service, 'STOPPED', stoppedLimit);
      const all = new Map(known.map((task) => [task.arn, task]));
      for (const task of ownStoppedTasks(tasks, target)) all.set(task.arn, task);
      return [...all.values()];
    } catch (error) {
      if (!isEcsError(error)) throw error;
      const text = `Stopped tasks could not be read, so a task that ends is only seen by the counts: ${error.message}`;
      if (!this.#told.has(text)) this.#context.say(text, 'warning');
      this.#told.add(text);
      return null;
    }
  }

  #givesUp(kind: string, silentMs: number, message: string): Verdict | null {
    const hopeless = kind === 'access-denied' || kind === 'credentials' || silentMs >= silenceLimitMs;
    if (!hopeless) return null;
    return {
      kind: 'unknown',
      reason: `It was steady, but during the bake AWS could not be asked any more: ${message}.`,
    };
  }
}
