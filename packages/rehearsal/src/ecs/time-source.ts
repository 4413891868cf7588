// The simulation's time beside real time: as fast, faster, or standing still.

export class TimeSource {
  #speed: number;
  #realStart: number;
  #simulatedStart: number;
  readonly #real: () => number;

  /** `real` is a clock in milliseconds, `performance.now` unless told. */
  constructor(startMs: number, speed = 1, real: () => number = () => performance.now()) {
    this.#real = real;
    this.#speed = checkedSpeed(speed);
    this.#realStart = real();
    this.#simulatedStart = startMs;
  }

  now(): number {
    return this.#simulatedStart + (this.#real() - this.#realStart) * this.#speed;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Simulated milliseconds per real one, from now on; 0 stops the time. Throws a RangeError. */
  set speed(speed: number) {
    const now = this.now();
    this.#speed = checkedSpeed(speed);
    this.#simulatedStart = now;
    this.#realStart = this.#real();
  }

  /** Moves the simulated time on at once. */
  skip(ms: number): void {
    this.#simulatedStart += Math.max(0, ms);
  }
}

function checkedSpeed(speed: number): number {
  if (Number.isFinite(speed) && speed >= 0 && speed <= 100_000) return speed;
  throw new RangeError('The speed must be a number from 0 to 100000.');
}
