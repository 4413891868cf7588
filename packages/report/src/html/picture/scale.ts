// From milliseconds and tasks to places in the picture.

export interface Frame {
  /** The plot itself, in the picture's units. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** What the first poll saw is drawn from here on, milliseconds. */
  readonly from: number;
  /** What the plot's right and upper edges stand for. */
  readonly milliseconds: number;
  readonly tasks: number;
}

export function xOf(frame: Frame, t: number): number {
  const share = Math.min(1, Math.max(0, t / frame.milliseconds));
  return round(frame.left + share * (frame.right - frame.left));
}

export function yOf(frame: Frame, tasks: number): number {
  const share = Math.min(1, Math.max(0, tasks / frame.tasks));
  return round(frame.bottom - share * (frame.bottom - frame.top));
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

const timeSteps: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 6, 12, 24, 48, 168].map((count) => count * hour),
];

/** Round times from zero on, at most `most` of them. */
export function timeTicks(milliseconds: number, most: number): readonly number[] {
  const step = timeSteps.find((candidate) => milliseconds / candidate < most) ?? milliseconds / most;
  return ticks(milliseconds, step);
}

/** Whole numbers of tasks from zero on, at most `most` of them: steps of 1, 2, 5, 10, 20, 50, … */
export function taskTicks(tasks: number, most: number): readonly number[] {
  let step = 1;
  for (let factor = 1; tasks / step >= most; factor *= 10) {
    step =
      [1, 2, 5, 10].map((digit) => digit * factor).find((candidate) => tasks / candidate < most) ??
      10 * factor;
  }
  return ticks(tasks, step);
}

function ticks(last: number, step: number): readonly number[] {
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, index) => index * step);
}

/** A tenth of a unit is enough, and keeps the page small. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
