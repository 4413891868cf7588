// BLUE_GREEN, LINEAR and CANARY: the whole new set is started beside the old one before anything stops.
import { deploymentStrategy } from '../limits.ts';
import { courseOf } from './course.ts';
import { foretellStuck } from './foretell-stuck.ts';
import type { ForecastInput } from './forecast-input.ts';
import type { Foretold } from './foretold.ts';
import { roomFindings } from './room-findings.ts';
import { durationParts, expectedPlus } from './say-finish.ts';
import type { Interpretation } from './scene.ts';
import { duration, plural } from './words.ts';

/** "Amazon ECS blue/green deployments": traffic moves when the new tasks are healthy, then the old ones go. */
export function forecastBesides(input: ForecastInput, read: Interpretation): Foretold {
  const { times, seats, desired } = read.scene;
  // The old tasks stay where they are: what is free is all there is.
  const scene = { ...read.scene, seats: [], oldTask: null };
  const course = courseOf(scene);
  const lowest = seats.length > 0 ? { lowest: { running: seats.length, desired } } : {};
  if (course.outcome !== 'finishes') return foretellStuck(input, { ...read, scene }, course, lowest);
  const expectedMs = course.ms + (times.drainSeconds + times.strategySeconds) * 1000;
  const blind = read.blind === undefined ? '' : `; whether they find room is not known: ${read.blind}`;
  const first = seats.length === 0;
  const tasks = plural(desired, first ? 'task' : 'new task');
  const start = `${tasks} start${desired === 1 ? 's' : ''}${first ? '' : ' beside the old'}`;
  const plus = expectedPlus(input.service);
  const wait = plus.expectedPlus === undefined ? '' : ` plus ${plus.expectedPlus}`;
  return {
    forecast: {
      outcome: 'finishes',
      sentence: `${deploymentStrategy(input.service)}: ${start}, and the rollout takes about ${duration(expectedMs)}${wait}${blind}.`,
      steps: course.steps,
      ...lowest,
      expectedMs,
      ...plus,
    },
    findings: [...roomFindings.leftOut(read), ...roomFindings.gaps(input.room)],
    waves: 1,
    parts: durationParts(scene, course),
  };
}
