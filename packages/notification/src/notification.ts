// What people are told of a run: the one sentence, what it is about, and where to look further. Its JSON form is an interface: docs/notifications.md.
import { serviceConsole, statusOfRecord, type RecordBuild, type RunRecord } from '@bamboo-ecs/report';
import { createHash } from 'node:crypto';

export const notificationSchema = 1;

export interface Notification {
  readonly schema: typeof notificationSchema;
  readonly kind: 'bamboo-ecs.run';
  /** The same for every attempt to tell of this run, and of no other: receivers know repetitions by it. */
  readonly id: string;
  readonly tone: 'good' | 'neutral' | 'careful' | 'bad';
  /** A few words: `Failed, the version before is back`. */
  readonly status: string;
  readonly outcome: string;
  readonly exitCode: number | null;
  /** One sentence: what happened and why. */
  readonly sentence: string;
  readonly todo: string | null;
  readonly rollback: string | null;
  readonly leftRunning: string | null;
  /** The likely cause of a failure. */
  readonly cause: { readonly code: string; readonly sentence: string } | null;
  readonly program: string;
  readonly command: string;
  readonly project: string | null;
  readonly version: string | null;
  readonly versionBefore: string | null;
  readonly environment: string | null;
  readonly cluster: string | null;
  readonly region: string | null;
  readonly account: string | null;
  readonly services: readonly string[];
  readonly build: RecordBuild;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly seconds: number;
  /** Addresses; `record` and `release` may be others than https (`s3://`, `file:`). */
  readonly links: {
    readonly record: string | null;
    readonly release: string | null;
    readonly deployment: string | null;
    readonly build: string | null;
    readonly service: string | null;
  };
}

/** `recordAddress`: where the page of this run was published, if it was. Secrets are masked in a record already. */
export function notificationOf(record: RunRecord, recordAddress: string | null): Notification {
  const { tone, words } = statusOfRecord(record);
  const [diagnosis] = record.diagnoses;
  const arn = record.timelines[0]?.arn ?? null;
  return {
    schema: notificationSchema,
    kind: 'bamboo-ecs.run',
    id: idOf(record),
    tone,
    status: words,
    outcome: record.outcome,
    exitCode: record.exitCode,
    sentence: record.sentence,
    todo: record.todo,
    rollback: record.rollback,
    leftRunning: record.exitCode === 75 || record.exitCode === 9 ? record.leftRunning : null,
    cause: diagnosis === undefined ? null : { code: diagnosis.cause, sentence: diagnosis.sentence },
    program: record.program,
    command: record.command,
    project: record.project,
    version: record.version,
    versionBefore: record.plans.at(-1)?.versionBefore ?? null,
    environment: record.environment ?? record.deployment.environment,
    cluster: record.cluster,
    region: record.region,
    account: record.account,
    services: record.services,
    build: record.build,
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    seconds: Math.max(0, Math.round((Date.parse(record.finishedAt) - Date.parse(record.startedAt)) / 1000)),
    links: {
      record: recordAddress,
      release: record.releaseUrl,
      deployment: record.deployment.resultsUrl,
      build: record.build.url,
      service: arn === null ? null : serviceConsole(arn),
    },
  };
}

function idOf({
  startedAt,
  finishedAt,
  project,
  version,
  environment,
  cluster,
  sentence,
}: RunRecord): string {
  const parts = JSON.stringify([startedAt, finishedAt, project, version, environment, cluster, sentence]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 32);
}

/** `hid-generator 1.0.16.RELEASE in QA`, as much of it as is known. */
export function subjectOf({ project, version, environment, program, command }: Notification): string {
  const what = [project, version].filter((part) => part !== null).join(' ');
  return `${what === '' ? `${program} ${command}`.trim() : what}${environment === null ? '' : ` in ${environment}`}`;
}
