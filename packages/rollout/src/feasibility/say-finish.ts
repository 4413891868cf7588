// How a rollout goes that comes to its end.
import type { JsonObject } from '@bamboo-ecs/release';
import type { Forecast } from '../forecast.ts';
import { pauseHooks } from '../pause-hooks.ts';
import type { Course } from './course.ts';
import type { ForecastInput } from './forecast-input.ts';
import type { Interpretation, Scene } from './scene.ts';
import { plural } from './words.ts';

/** One sentence. Capacity and duration stand in members of the forecast of their own. */
export function sayFinish(
  { action }: ForecastInput,
  { scene, blind }: Interpretation,
  { steps, waves }: Course,
): string {
  const what = action === 'create' ? 'The service comes up' : 'The rollout finishes';
  const lots = waves > 1 ? `, its new tasks in ${waves} lots` : '';
  const limits =
    blind === undefined
      ? ''
      : ` by minimumHealthyPercent and maximumPercent alone; whether there is room for them is not known: ${blind}`;
  const empty = scene.seats.length === 0 && action === 'update' ? ' (no task runs now)' : '';
  return `${what} in ${plural(steps.length, 'step')}${lots}${empty}${limits}.`;
}

/** `10 s for the scheduler to look …, 2 lots`: what the expected duration is made of. */
export function durationParts({ times }: Scene, { waves }: Course): readonly string[] {
  return [
    ...(waves > 1 ? [`${waves} lots of tasks one after the other`] : []),
    'half a minute to start a task',
    ...times.parts,
  ];
}

/** A person's decision takes as long as it takes. */
export function expectedPlus(service: JsonObject): Pick<Forecast, 'expectedPlus'> {
  const count = pauseHooks(service).length;
  return count === 0 ? {} : { expectedPlus: `the wait at the PAUSE ${count === 1 ? 'hook' : 'hooks'}` };
}
