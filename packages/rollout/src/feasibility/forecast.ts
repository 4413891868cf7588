// What will come of a rollout: simulated on the cluster's real room, or by the limits alone where that is not known.
import type { Forecast } from '../forecast.ts';
import { EcsSimulationError } from '../simulation/simulation-error.ts';
import { courseOf } from './course.ts';
import type { Course } from './course.ts';
import { foretellStuck } from './foretell-stuck.ts';
import type { ForecastInput } from './forecast-input.ts';
import { forecastBesides } from './forecast-besides.ts';
import type { Foretold } from './foretold.ts';
import { roomFindings } from './room-findings.ts';
import { durationParts, expectedPlus, sayFinish } from './say-finish.ts';
import { interpret, isRolling } from './scene.ts';
import type { Interpretation } from './scene.ts';

/** More tasks or instances than these are not simulated: a plan must not take seconds. */
const mostTasks = 300;
const mostInstances = 1000;
/** Each start of a task looks at every instance. */
const mostLooks = 90_000;

/** Pure, and the same for the same input. Never throws for what a descriptor or AWS says. */
export function forecast(input: ForecastInput): Foretold {
  const read = interpret(input);
  const { scene } = read;
  const tasks = Math.max(scene.desired, scene.seats.length);
  const instances = scene.instances?.length ?? 0;
  if (tasks > mostTasks || instances > mostInstances || tasks * instances > mostLooks) {
    return unknown(
      `So many tasks (${tasks}) on so many instances (${instances}) are not simulated: at most ${mostTasks}, and ${mostInstances}.`,
      input,
    );
  }
  if (scene.desired === 0 && !scene.daemon)
    return unknown('The desired count is 0: nothing will be started.', input);
  try {
    return isRolling(input.service) ? rolling(input, read) : forecastBesides(input, read);
  } catch (error) {
    if (!(error instanceof EcsSimulationError)) throw error;
    return unknown(`The rollout cannot be simulated: ${error.message}`, input);
  }
}

function unknown(sentence: string, { room }: ForecastInput): Foretold {
  const forecastOf: Forecast = { outcome: 'unknown', sentence, steps: [] };
  return { forecast: forecastOf, findings: roomFindings.gaps(room), parts: [] };
}

function rolling(input: ForecastInput, read: Interpretation): Foretold {
  const { scene } = read;
  const course = courseOf(scene);
  const lowest = lowestOf(read, course);
  if (course.outcome === 'endless') return unknown('The simulated rollout came to no end.', input);
  if (course.outcome === 'stuck') return foretellStuck(input, read, course, lowest);
  return {
    forecast: {
      outcome: 'finishes',
      sentence: sayFinish(input, read, course),
      steps: course.steps,
      ...lowest,
      expectedMs: course.ms + scene.times.strategySeconds * 1000,
      ...expectedPlus(input.service),
    },
    findings: [
      ...roomFindings.finishing(input, course),
      ...roomFindings.leftOut(read),
      ...roomFindings.gaps(input.room),
    ],
    waves: course.waves,
    parts: durationParts(scene, course),
  };
}

/** Of a service that has nothing running there is no capacity to lose. */
function lowestOf({ scene }: Interpretation, { lowest }: Course): Pick<Forecast, 'lowest'> {
  if (scene.seats.length === 0) return {};
  return { lowest: { running: lowest, desired: scene.desired || scene.seats.length } };
}
