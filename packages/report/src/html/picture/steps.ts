import type { Sample } from '../../timeline/sample.ts';
import { xOf, yOf } from './scale.ts';
import type { Frame } from './scale.ts';

type Figure = (sample: Sample) => number;

/** What a poll saw holds until the next one: places of the figure over time, with the right edge as the last. */
interface Step {
  readonly from: number;
  readonly to: number;
  readonly sample: Sample;
}

/** The outline of a figure over time, as an SVG path from the first sample to the right edge. */
export function stepLine(samples: readonly Sample[], figure: Figure, frame: Frame): string {
  return outline(stepsOf(samples, frame), figure, frame);
}

/** The area between two outlines, as closed SVG paths; where they touch there is none, not even a line. */
export function stepArea(samples: readonly Sample[], lower: Figure, upper: Figure, frame: Frame): string {
  const runs: Step[][] = [];
  let run: Step[] | undefined;
  for (const step of stepsOf(samples, frame)) {
    if (upper(step.sample) <= lower(step.sample)) {
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

function stepsOf(samples: readonly Sample[], frame: Frame): readonly Step[] {
  return samples.map((sample, index) => {
    const next = samples[index + 1];
    return { from: xOf(frame, sample.t), to: next === undefined ? frame.right : xOf(frame, next.t), sample };
  });
}

function outline(steps: readonly Step[], figure: Figure, frame: Frame): string {
  return steps
    .map(({ from, to, sample }, index) => {
      const y = yOf(frame, figure(sample));
      return index === 0 ? `M${from},${y}H${to}` : `V${y}H${to}`;
    })
    .join('');
}

function back(steps: readonly Step[], figure: Figure, frame: Frame): string {
  return steps
    .toReversed()
    .map(({ from, sample }) => `V${yOf(frame, figure(sample))}H${from}`)
    .join('');
}
