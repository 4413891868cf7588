import {
  isAsItShouldBe,
  type FailedAttempt,
  type ServiceStatus,
  type StatusPause,
} from '@bamboo-ecs/rollout';
import { duration, utc } from './duration.ts';
import { hanging, nameAndValue } from './layout.ts';
import type { Paint } from './paint.ts';

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
    ...nameAndValue(facts(status, at), '    '),
    ...status.drift.flatMap((text) => hanging('    CHANGED: ', text)).map(paint.bad),
    ...status.notes.flatMap((text) => hanging('    ', text)).map(paint.faint),
  ];
}

/** The commands are for copying: each on a line of its own, never broken. */
function pauseLines(
  { hook, stage, expiresAt, otherwise, goOn, goBack }: StatusPause,
  at: number,
  paint: Paint,
): readonly string[] {
  const where = stage === null ? '' : ` at ${stage}`;
  const does = otherwise === 'CONTINUE' ? 'goes on with it' : 'rolls it back';
  const until =
    expiresAt === null
      ? ` Without one ECS ${does} by itself.`
      : ` Without one ECS ${does} by itself at ${utc(expiresAt)}${expiresAt > at ? ` (in ${duration(expiresAt - at)})` : ''}.`;
  return [
    ...hanging('    PAUSED: ', `it waits${where} for somebody's decision (hook ${hook}).${until}`),
    `    To go on: ${goOn}`,
    `    To go back: ${goBack}`,
  ].map(paint.careful);
}

function facts(status: ServiceStatus, at: number): readonly (readonly [string, string])[] {
  const { version, taskDefinition, build, since, deployment, rolloutState, lastEvent } = status;
  const built = [build.key, build.number === null ? null : `build ${build.number}`].filter(
    (part) => part !== null,
  );
  return [
    ...row('Release', [version, taskDefinition === null ? null : `as ${taskDefinition}`]),
    ...row('Built by', built.length > 0 ? [built.join(', ')] : []),
    ...row('Since', since === null ? [] : [`${utc(since)}, for ${duration(at - since)}`]),
    ...row('Deployment', [
      deployment,
      rolloutState,
      rolloutState === 'COMPLETED' ? null : status.rolloutStateReason,
    ]),
    ...status.targets.map(
      ({ id, healthy, all }) => ['Targets', `${healthy} of ${all} healthy in ${id}`] as const,
    ),
    ...row('Last event', lastEvent === null ? [] : [`${utc(lastEvent.at)}: ${lastEvent.message}`]),
    ...status.attempts.slice(0, 5).map((attempt) => {
      const number = attempt.buildNumber === null ? '' : `, build ${attempt.buildNumber}`;
      return [
        'Not steady',
        `${attempt.version} (${attempt.taskDefinition}${number}): ${whyNot(attempt)}`,
      ] as const;
    }),
  ];
}

function whyNot({ outcome, cause, failedAt }: FailedAttempt): string {
  const when = failedAt === null ? '' : ` at ${utc(Date.parse(failedAt))}`;
  return `${outcome}${cause === null ? '' : `, ${cause}`}${when}`;
}

function row(name: string, parts: readonly (string | null)[]): readonly (readonly [string, string])[] {
  const text = parts.filter((part) => part !== null && part !== '').join(' ');
  return text === '' ? [] : [[name, text]];
}
