// The last words of failed containers: asked for as soon as a task is seen to have stopped, because both are soon gone.
import type { RunContext } from '@bamboo-ecs/program';
import {
  logPlace,
  logTail,
  runningTargets,
  tailLimits,
  tailTargets,
  type LogsPort,
  type LogTail,
  type TailTarget,
  type TaskSnapshot,
  type WantedService,
} from '@bamboo-ecs/rollout';
import type { InstallerPorts } from './ports.ts';
import { programMask } from './program-secrets.ts';

interface Read {
  readonly tail: LogTail;
  /** Nothing was there yet: the log driver may have been slower than ECS. */
  readonly again: boolean;
}

/** So many are asked for while the watch goes on, and so many in all. */
const most = { early: 4, inAll: 10 } as const;

export class LastWords {
  readonly #context: RunContext;
  readonly #ports: Pick<InstallerPorts, 'openLogs'>;
  readonly #taskDefinition: WantedService['taskDefinition'];
  readonly #mask: (text: string) => string;
  readonly #tails = new Map<string, Promise<Read>>();
  #port: Promise<LogsPort> | undefined;
  #asked = 0;

  constructor(
    context: RunContext,
    ports: Pick<InstallerPorts, 'openLogs'>,
    { taskDefinition }: Pick<WantedService, 'taskDefinition'>,
  ) {
    this.#context = context;
    this.#ports = ports;
    this.#taskDefinition = taskDefinition;
    const own = programMask(taskDefinition);
    this.#mask = (text) => own(context.mask(text));
  }

  /** Hides what of the program's secrets somebody else quotes. */
  get mask(): (text: string) => string {
    return this.#mask;
  }

  /** Begins to ask for those that are new; waits for nothing. */
  see(stopped: readonly TaskSnapshot[]): void {
    for (const target of tailTargets(stopped)) {
      if (this.#tails.size >= most.early) return;
      if (!this.#tails.has(keyOf(target))) void this.#ask(target);
    }
  }

  /** Those of the stopped tasks, oldest first, or, when none has stopped, of those that run. */
  async of(stopped: readonly TaskSnapshot[], running: readonly TaskSnapshot[]): Promise<readonly LogTail[]> {
    const targets = tailTargets(stopped);
    const wanted = targets.length > 0 ? targets : runningTargets(running);
    const read = wanted.map(async (target) => {
      const before = await (this.#tails.get(keyOf(target)) ?? this.#ask(target));
      return before.again ? this.#ask(target) : before;
    });
    return (await Promise.all(read)).map(({ tail }) => tail);
  }

  #ask(target: TailTarget): Promise<Read> {
    const read = this.#read(target);
    this.#tails.set(keyOf(target), read);
    return read;
  }

  async #read({ container, task, runtimeId }: TailTarget): Promise<Read> {
    const place = logPlace({
      taskDefinition: this.#taskDefinition,
      container,
      task,
      ...(runtimeId === undefined ? {} : { runtimeId }),
    });
    const base = { container, task, mask: this.#mask };
    const none = (where: string, note: string): Read => ({
      tail: logTail({ ...base, where, answer: { kind: 'none', why: 'failed', note } }),
      again: false,
    });
    if (place.kind === 'elsewhere') return none(place.where, place.note);
    const { openLogs } = this.#ports;
    if (this.#context.settings.text('last-words') === 'off')
      return none(place.where, 'It was not read: last-words is off.');
    if (!openLogs || this.#asked >= most.inAll) return none(place.where, 'It was not read.');
    this.#asked += 1;
    try {
      this.#port ??= openLogs(this.#context);
      const port = await this.#port;
      const answer = await port.lastLines(place.stream, tailLimits.asked);
      const nothing = answer.kind === 'lines' ? answer.lines.length === 0 : answer.why === 'missing';
      return { tail: logTail({ ...base, where: place.where, answer }), again: nothing };
    } catch (error) {
      // It is asked for beside the watch, which must not end by it.
      return none(
        place.where,
        `It could not be read: ${error instanceof Error ? error.message : String(error)}.`,
      );
    }
  }
}

function keyOf({ container, task }: TailTarget): string {
  return `${task} ${container}`;
}
