import { xOf, yOf } from './scale.ts';
import type { Frame } from './scale.ts';

/** Something that was seen at a time and holds until the next was. */
interface Seen {
  /** Milliseconds since the change. */
  readonly t: number;
}

type Figure<T> = (seen: T) => number;

/** Places of one poll in the picture, with the right edge as the end of the last. */
interface Step<T> {
  readonly from: number;
  readonly to: number;
  readonly seen: T;
}

/** The outline of a figure over time, as an SVG path from the first poll to the right edge. */
export function stepLine<T extends Seen>(polls: readonly T[], figure: Figure<T>, frame: Frame): string {
  return outline(stepsOf(polls, frame), figure, frame);
}

/** The area between two outlines, as closed SVG paths; where they touch there is none, not even a line. */
export function stepArea<T extends Seen>(
  polls: readonly T[],
  lower: Figure<T>,
  upper: Figure<T>,
  frame: Frame,
): string {
  const runs: Step<T>[][] = [];
  let run: Step<T>[] | undefined;
  for (const step of stepsOf(polls, frame)) {
    if (upper(step.seen) <= lower(step.seen)) {
      run = undefined;
    } else if (run === undefined) {
      run = [step];
      runs.push(run);
    } else {
      run.push(step);
    }
  }
  return runs.map((steps) => `${outline(steps, upper, frame)}${back(steps, lower, frame)}Z`).join('');
}

function stepsOf<T extends Seen>(polls: readonly T[], frame: Frame): readonly Step<T>[] {
  return polls.map((seen, index) => {
    const next = polls[index + 1];
    const from = xOf(frame, index === 0 ? Math.min(frame.from, seen.t) : seen.t);
    return { from, to: next === undefined ? frame.right : xOf(frame, next.t), seen };
  });
}

function outline<T>(steps: readonly Step<T>[], figure: Figure<T>, frame: Frame): string {
  const [first, ...flats] = flatsOf(steps, figure, frame);
  if (first === undefined) return '';
  return `M${first.from},${first.y}H${first.to}${flats.map(({ y, to }) => `V${y}H${to}`).join('')}`;
}

function back<T>(steps: readonly Step<T>[], figure: Figure<T>, frame: Frame): string {
  const flats = flatsOf(steps, figure, frame).toReversed();
  return flats.map(({ y, from }) => `V${y}H${from}`).join('');
}

/** Polls in a row with the same figure are one line: a rollout of hours stays a small page. */
function flatsOf<T>(steps: readonly Step<T>[], figure: Figure<T>, frame: Frame) {
  const flats: { readonly from: number; to: number; readonly y: number }[] = [];
  for (const { from, to, seen } of steps) {
    const y = yOf(frame, figure(seen));
    const last = flats.at(-1);
    if (last?.y === y) last.to = to;
    else flats.push({ from, to, y });
  }
  return flats;
}
