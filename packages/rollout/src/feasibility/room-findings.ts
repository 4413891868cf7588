// What a forecast means for the plan: findings of the check `room`.
import type { Finding } from '../finding.ts';
import type { Forecast } from '../forecast.ts';
import { fullGroups } from './capacity.ts';
import type { Course } from './course.ts';
import type { ForecastInput } from './forecast-input.ts';
import type { ClusterRoom } from './room.ts';
import type { Interpretation } from './scene.ts';

const check = 'room';

export const roomFindings = { stuck, finishing, leftOut, gaps };

/** Refused only without a doubt: a rollout that might have worked after all is worse to refuse than one that hangs is to allow. */
function stuck(
  forecast: Forecast,
  doubts: readonly string[],
  { goesBack }: Pick<ForecastInput, 'goesBack'>,
): Finding {
  const change = changeHint(forecast);
  if (doubts.length === 0) {
    return {
      check,
      level: 'error',
      message: forecast.sentence,
      hint: `${change} ${goesBack ? backHint : '(skip-checks=room installs all the same.)'}`,
    };
  }
  return { check, level: 'warning', message: `${forecast.sentence} ${doubts.join(' ')}`, hint: change };
}

/** What a roll-back would send is tried first; where it gets stuck and the service's own limits do not, those stay. */
const backHint =
  'Make it first (limits and count: aws ecs update-service), then run this again: a roll-back keeps what the service has where what the release said would get stuck. (skip-checks=room goes back all the same.)';

function changeHint({ change, otherChanges = [] }: Forecast): string {
  if (change === undefined) return 'No single change of limits, ports, sizes or a few instances helps.';
  const others = otherChanges.length > 0 ? ` Or, each alone: ${otherChanges.join('; ')}.` : '';
  return `The smallest change that works: ${change}.${others}`;
}

function finishing({ action, before }: ForecastInput, { lowest }: Course): Finding[] {
  if (action === 'create' || before.running === 0 || lowest > 0) return [];
  return [
    {
      check,
      level: 'warning',
      message: 'For a while no task serves: every old one stops before the first new one is up.',
      hint: 'Raise minimumHealthyPercent if there is room for a new task beside the old ones.',
    },
  ];
}

/** The promise of a finish, with what it does not know. Where the room is not known that is said already. */
function leftOut({ leftOut: sentences, scene }: Pick<Interpretation, 'leftOut' | 'scene'>): Finding[] {
  return scene.instances === null ? [] : sentences.map((message) => ({ check, level: 'note', message }));
}

function gaps(room: ClusterRoom | null): Finding[] {
  const full = room === null ? [] : fullGroups(room);
  return [...(room?.gaps ?? []), ...full].map((message) => ({ check, level: 'note', message }));
}
