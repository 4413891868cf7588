// The alarms of the setting bake-alarms: do they exist, and which of them ring?
import type { RunContext } from '@bamboo-ecs/program';
import { utc, type AlarmPort, type AlarmSnapshot, type Finding } from '@bamboo-ecs/rollout';
import type { LookAround } from '../look-around.ts';
import type { InstallerPorts } from '../ports.ts';

/** Before anything is changed: an alarm that does not exist would never ring. */
export const lookAtAlarms: LookAround = async (context, ports) => {
  const names = context.settings.names('bake-alarms');
  if (names.length === 0 || ports.openAlarms === undefined) return { findings: [] };
  const { alarms, note } = await (await ports.openAlarms(context)).describeAlarms(names);
  if (alarms === null) {
    const message = `Whether the alarms of bake-alarms exist could not be asked: ${note ?? 'CloudWatch did not answer.'}`;
    return { findings: [{ check: 'bake-alarm', level: 'note', message }] };
  }
  const there = new Set(alarms.map(({ name }) => name));
  const findings = names
    .filter((name) => !there.has(name))
    .map((name): Finding => ({
      check: 'bake-alarm',
      level: 'error',
      message: `The alarm ${name} of bake-alarms does not exist in this account and region.`,
      hint: 'Create it, or correct its name (upper and lower case count).',
    }));
  return { findings };
};

/** Alarms while a release is rolled out and baked: those that rang before it was begun are not held against it. */
export class BakeAlarms {
  readonly #context: RunContext;
  readonly #port: AlarmPort;
  readonly #names: readonly string[];
  readonly #told = new Set<string>();
  readonly #before = new Set<string>();

  private constructor(context: RunContext, port: AlarmPort, names: readonly string[]) {
    this.#context = context;
    this.#port = port;
    this.#names = names;
  }

  /**
   * Null where no alarms are named. `begunAt`: of a rollout that was begun by an earlier run, when that was, by ECS's clock: what has
   * come to ring since may well be its doing.
   */
  static async open(
    context: RunContext,
    ports: InstallerPorts,
    begunAt: number | null,
  ): Promise<BakeAlarms | null> {
    const names = context.settings.names('bake-alarms');
    if (names.length === 0 || ports.openAlarms === undefined) return null;
    const found = new BakeAlarms(context, await ports.openAlarms(context), [...new Set(names)]);
    for (const { name, state, since } of await found.#ask()) {
      if (state !== 'ALARM') continue;
      if (begunAt !== null && since !== undefined && since >= begunAt) {
        context.say(`The alarm ${name} rings since ${utc(since)}, after the rollout was begun.`, 'warning');
        continue;
      }
      found.#before.add(name);
      context.say(`The alarm ${name} rings already: it is not held against this release.`, 'warning');
    }
    return found;
  }

  /** The states of those that did not ring before; of one that rang and was quiet once, too. */
  async now(): Promise<readonly AlarmSnapshot[]> {
    const alarms = await this.#ask();
    for (const { name, state } of alarms) if (state !== 'ALARM') this.#before.delete(name);
    return alarms.filter(({ name }) => !this.#before.has(name));
  }

  async #ask(): Promise<readonly AlarmSnapshot[]> {
    const { alarms, note } = await this.#port.describeAlarms(this.#names);
    if (alarms !== null) return alarms;
    const text = `The alarms could not be asked, so they are not watched: ${note ?? 'CloudWatch did not answer.'}`;
    if (!this.#told.has(text)) this.#context.say(text, 'warning');
    this.#told.add(text);
    return [];
  }
}
