// A rollout that gets stuck: why, and what would get it to its end.
import type { JsonObject } from '@bamboo-ecs/release';
import type { Forecast } from '../forecast.ts';
import { objectsOf, textOf } from '../json.ts';
import { changesThatWork } from './changes.ts';
import { courseOf } from './course.ts';
import type { Course } from './course.ts';
import type { ForecastInput } from './forecast-input.ts';
import type { Foretold } from './foretold.ts';
import { roomFindings } from './room-findings.ts';
import type { Interpretation, Scene } from './scene.ts';
import { whyStuck } from './why-stuck.ts';

/** Candidates for a change are tried for services of up to so many tasks. */
const mostTasksTried = 60;

/** `lowest` is left to the caller, who knows what serves beside the scene. */
export function foretellStuck(
  input: ForecastInput,
  { scene, doubts, growth }: Interpretation,
  course: Course,
  lowest: Pick<Forecast, 'lowest'>,
): Foretold {
  const why = whyStuck(scene, course);
  const small = Math.max(scene.desired, scene.seats.length) <= mostTasksTried;
  const classic = hasClassic(input.service);
  const changes = small
    ? changesThatWork({ scene, lacks: why.lacks, classic, fixedTask: input.goesBack === true })
    : [];
  const [first, ...others] = changes.map(({ text }) => text);
  const forecast: Forecast = {
    outcome: 'stuck',
    sentence: why.sentence,
    steps: course.steps,
    ...lowest,
    ...(first !== undefined && { change: first }),
    ...(others.length > 0 && { otherChanges: others }),
  };
  const wantsRoom = why.lacks.size > 0;
  const hopeful = wantsRoom && courseOf(optimistic(scene)).outcome !== 'stuck';
  const all = [
    ...(wantsRoom ? growth : []),
    ...doubts,
    ...(hopeful ? ['Instances that are not ACTIVE or whose agent is not connected may come back.'] : []),
  ];
  const findings = [roomFindings.stuck(forecast, all, input), ...roomFindings.gaps(input.room)];
  return { forecast, findings, parts: [], moreWouldHelp: wantsRoom };
}

/** The same cluster with everything back that may come back by itself. */
function optimistic(scene: Scene): Scene {
  const back = scene.instances?.map((instance) => ({
    ...instance,
    status: 'ACTIVE',
    agentConnected: true,
  }));
  return { ...scene, instances: back ?? null };
}

function hasClassic(service: JsonObject): boolean {
  return objectsOf(service, 'loadBalancers').some((one) => textOf(one, 'loadBalancerName') !== undefined);
}
