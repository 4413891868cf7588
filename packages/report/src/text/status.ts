import { isAsItShouldBe, type ServiceStatus, type StatusPause } from '@bamboo-ecs/rollout';
import { hanging, nameAndValue } from './layout.ts';
import type { Paint } from './paint.ts';
import { pauseSentence, statusFacts } from './status-facts.ts';

/** What runs at one place: a heading with the answer, the facts, then whatever is not as it should be. */
export function statusLines(status: ServiceStatus, at: number, paint: Paint): readonly string[] {
  const { environment, service, cluster, health, sentence } = status;
  const where = `${environment === null ? '' : `${environment}: `}${service} in ${cluster}`;
  const tone = isAsItShouldBe(status) ? paint.good : health === 'in-progress' ? paint.careful : paint.bad;
  return [
    '',
    ...hanging('  ', where).map(paint.heading),
    ...hanging('  ', `${health.toUpperCase()}: ${sentence}`).map(tone),
    ...(status.pauses ?? []).flatMap((pause) => pauseLines(pause, at, paint)),
    ...nameAndValue(statusFacts(status, at), '    '),
    ...status.drift.flatMap((text) => hanging('    CHANGED: ', text)).map(paint.bad),
    ...status.notes.flatMap((text) => hanging('    ', text)).map(paint.faint),
  ];
}

/** The commands are for copying: each on a line of its own, never broken. */
function pauseLines(pause: StatusPause, at: number, paint: Paint): readonly string[] {
  return [
    ...hanging('    PAUSED: ', pauseSentence(pause, at)),
    `    To go on: ${pause.goOn}`,
    `    To go back: ${pause.goBack}`,
  ].map(paint.careful);
}
