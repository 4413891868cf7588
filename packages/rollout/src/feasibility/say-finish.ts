// How a rollout goes that comes to its end, in one sentence.
import type { Course } from './course.ts';
import type { ForecastInput } from './forecast-input.ts';
import type { Interpretation } from './scene.ts';
import { duration, plural } from './words.ts';

export function sayFinish(
  { action }: ForecastInput,
  { scene, blind }: Interpretation,
  course: Course,
): string {
  const what = action === 'create' ? 'The service comes up' : 'The rollout finishes';
  const ms = course.ms + scene.times.strategySeconds * 1000;
  const steps = `in ${plural(course.steps.length, 'step')} and about ${duration(ms)}`;
  const limits =
    blind === undefined ? '' : ` by the limits alone; whether its tasks find room is not known: ${blind}`;
  if (action === 'create' || scene.seats.length === 0) return `${what} ${steps}${limits}.`;
  const least =
    course.lowest === 0
      ? 'no task serves for a while'
      : `at least ${course.lowest} of ${plural(scene.desired, 'task')} serve${course.lowest === 1 ? 's' : ''} at any moment`;
  return `${what} ${steps}; ${least}${limits}.`;
}
