// What people are told of a run: the one sentence, what it is about, and where to look further. Its JSON form is an interface: docs/notifications.md.
import { serviceConsole, statusOfRecord, type RecordBuild, type RunRecord } from '@bamboo-ecs/report';
import { createHash } from 'node:crypto';
import { boundedAddress, boundedName, boundedText, longest } from './bounded.ts';

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

/**
 * `recordAddress`: where the page of this run was published, if it was. Secrets are masked in a record already. Every text
 * is bounded, so that no receiver refuses the message for its size.
 */
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
    outcome: boundedName(record.outcome),
    exitCode: record.exitCode,
    sentence: boundedText(record.sentence),
    todo: textOrNull(record.todo),
    rollback: textOrNull(record.rollback),
    leftRunning: record.exitCode === 75 || record.exitCode === 9 ? textOrNull(record.leftRunning) : null,
    cause:
      diagnosis === undefined
        ? null
        : { code: boundedName(diagnosis.cause), sentence: boundedText(diagnosis.sentence) },
    program: record.program,
    command: record.command,
    project: boundedName(record.project),
    version: boundedName(record.version),
    versionBefore: boundedName(record.plans.at(-1)?.versionBefore ?? null),
    environment: boundedName(record.environment ?? record.deployment.environment),
    cluster: boundedName(record.cluster),
    region: boundedName(record.region),
    account: boundedName(record.account),
    services: record.services.slice(0, longest.services).map((name) => boundedName(name)),
    build: boundedBuild(record.build),
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    seconds: Math.max(0, Math.round((Date.parse(record.finishedAt) - Date.parse(record.startedAt)) / 1000)),
    links: {
      record: boundedAddress(recordAddress),
      release: boundedAddress(record.releaseUrl),
      deployment: boundedAddress(record.deployment.resultsUrl),
      build: boundedAddress(record.build.url),
      service: arn === null ? null : serviceConsole(arn),
    },
  };
}

function textOrNull(text: string | null): string | null {
  return text === null ? null : boundedText(text);
}

function boundedBuild({ key, number, url, revision, branch }: RecordBuild): RecordBuild {
  return {
    key: boundedName(key),
    number: boundedName(number),
    url: boundedAddress(url),
    revision: boundedName(revision),
    branch: boundedName(branch),
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
