// What is told of one place, in words: for the log and for the page.
import type { FailedAttempt, ServiceStatus, StatusPause } from '@bamboo-ecs/rollout';
import { duration, utc } from './duration.ts';

/** At which stage it waits, until when, and what ECS does by itself then. `at`: now, milliseconds since the epoch. */
export function pauseSentence({ hook, stage, expiresAt, otherwise }: StatusPause, at: number): string {
  const where = stage === null ? '' : ` at ${stage}`;
  const does = otherwise === 'CONTINUE' ? 'goes on with it' : 'rolls it back';
  const until =
    expiresAt === null
      ? ` Without one ECS ${does} by itself.`
      : ` Without one ECS ${does} by itself at ${utc(expiresAt)}${expiresAt > at ? ` (in ${duration(expiresAt - at)})` : ''}.`;
  return `it waits${where} for somebody's decision (hook ${hook}).${until}`;
}

/** Names and values, of what is known. */
export function statusFacts(status: ServiceStatus, at: number): readonly (readonly [string, string])[] {
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
