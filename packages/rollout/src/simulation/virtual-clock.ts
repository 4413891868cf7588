// Time that passes only when everybody waits: minutes of a rollout in milliseconds of a test.
import type { Clock } from '../clock.ts';

/** What moves with the clock. */
export interface Timed {
  advanceTo(nowMs: number): void;
}

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

// Taken when the module is loaded, so that faked timers of a test do not stop the clock.
const soon = setImmediate;

/**
 * `sleep` moves the time and everything bound to the clock, and resolves. Of several sleepers the earliest is woken first, and
 * time moves only after all that was runnable has run. Real input and output beside a sleeper needs `hold`, or time runs away.
 */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  #holds = 0;
  #pumping = false;
  readonly #sleepers: Sleeper[] = [];
  readonly #bound: Timed[] = [];

  constructor(startMs: number, ...bound: readonly Timed[]) {
    this.#now = startMs;
    for (const timed of bound) this.bind(timed);
  }

  bind(timed: Timed): void {
    timed.advanceTo(this.#now);
    this.#bound.push(timed);
  }

  now(): number {
    return this.#now;
  }

  /** Moves time forward without waiting for anybody; sleepers that are due then wake in their order. */
  advance(ms: number): void {
    this.#moveTo(this.#now + Math.max(0, ms));
    this.#pump();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = {
        at: this.#now + (ms > 0 ? ms : 0),
        order: this.#order++,
        wake: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      const abort = (): void => {
        const index = this.#sleepers.indexOf(sleeper);
        if (index >= 0) this.#sleepers.splice(index, 1);
        resolve();
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#sleepers.push(sleeper);
      this.#pump();
    });
  }

  /** Time stands still until the returned function is called: for real input and output beside sleepers. */
  hold(): () => void {
    this.#holds += 1;
    let held = true;
    return () => {
      if (held) this.#holds -= 1;
      held = false;
      this.#pump();
    };
  }

  #pump(): void {
    if (this.#pumping || this.#holds > 0 || this.#sleepers.length === 0) return;
    this.#pumping = true;
    soon(() => {
      this.#pumping = false;
      if (this.#holds > 0) return;
      this.#wakeNext();
      this.#pump();
    });
  }

  #wakeNext(): void {
    const [next] = this.#sleepers.toSorted((left, right) => left.at - right.at || left.order - right.order);
    if (next === undefined) return;
    this.#sleepers.splice(this.#sleepers.indexOf(next), 1);
    this.#moveTo(next.at);
    next.wake();
  }

  #moveTo(at: number): void {
    if (at <= this.#now) return;
    this.#now = at;
    for (const timed of this.#bound) timed.advanceTo(at);
  }
}
