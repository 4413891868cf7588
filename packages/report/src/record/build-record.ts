import { planSteps, type Plan } from '@bamboo-ecs/rollout';
import type { RunEvent, Stamped } from '../event.ts';
import { exitMeaning } from '../exit-code.ts';
import { createMasker, maskDeep } from '../mask/masker.ts';
import type { Mask } from '../mask/masker.ts';
import { createdBy } from '../plan/created-by.ts';
import { iso } from './iso.ts';
import { timelinesOf } from './record-timeline.ts';
import { recordSchema } from './record.ts';
import type { RecordFacts, RecordPlan, RunRecord } from './record.ts';

/**
 * Makes the record of a run from its events and from what the program knows besides. The events are masked already
 * (`createReporter`); `mask` is for the facts.
 */
export function buildRecord(
  events: readonly Stamped[],
  facts: RecordFacts,
  mask: Mask = createMasker([]),
): RunRecord {
  return { ...recordOfFacts(facts, mask), ...recordOfEvents(events) };
}

/** The record as a file: two blanks of indentation, a line end at the end. */
export function recordJson(record: RunRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

type FactMembers = 'schema' | keyof RecordFacts;

function recordOfFacts(facts: RecordFacts, mask: Mask): Pick<RunRecord, FactMembers> {
  const { program, startedAt, finishedAt, ...rest } = facts;
  const texts = maskDeep(rest, mask);
  return {
    schema: recordSchema,
    program,
    programVersion: texts.programVersion,
    command: texts.command,
    project: texts.project ?? null,
    version: texts.version ?? null,
    identity: texts.identity ?? null,
    manifestSha256: texts.manifestSha256 ?? null,
    environment: texts.environment ?? null,
    cluster: texts.cluster ?? null,
    region: texts.region ?? null,
    account: texts.account ?? null,
    services: texts.services ?? [],
    build: {
      key: texts.build?.key ?? null,
      number: texts.build?.number ?? null,
      url: texts.build?.url ?? null,
      revision: texts.build?.revision ?? null,
      branch: texts.build?.branch ?? null,
    },
    deployment: {
      environment: texts.deployment?.environment ?? null,
      resultsUrl: texts.deployment?.resultsUrl ?? null,
    },
    releaseUrl: texts.releaseUrl ?? null,
    leftRunning: texts.leftRunning ?? null,
    rollback: texts.rollback ?? null,
    startedAt: iso(startedAt),
    finishedAt: iso(finishedAt),
  };
}

function recordOfEvents(events: readonly Stamped[]): Omit<RunRecord, FactMembers> {
  const summary = all(events, 'summary').at(-1)?.event;
  const statuses = all(events, 'status').map(({ event }) => event.status);
  return {
    exitCode: summary?.exitCode ?? null,
    exitMeaning: summary === undefined ? 'the run broke off' : exitMeaning(summary.exitCode),
    outcome: summary?.outcome ?? 'broken off',
    sentence: summary?.sentence ?? 'The run broke off before its summary.',
    todo: summary?.todo ?? null,
    summary: summary?.rows ?? [],
    phases: all(events, 'phase').map(({ at, event: { name, title } }) => ({ name, title, at: iso(at) })),
    plans: all(events, 'plan').map(({ event }) => planOf(event.plan)),
    ...timelinesOf(events),
    diagnoses: all(events, 'diagnosis').map(({ event: { service, diagnosis } }) => ({
      service,
      cause: diagnosis.cause,
      sentence: diagnosis.sentence,
      advice: diagnosis.advice,
      evidence: diagnosis.evidence,
      ...(diagnosis.confidence !== undefined && { confidence: diagnosis.confidence }),
      ...(diagnosis.logs !== undefined && { logs: diagnosis.logs }),
    })),
    ...(statuses.length > 0 && { statuses }),
    problems: all(events, 'problems').flatMap(({ event }) => event.problems),
    checks: all(events, 'check').map(({ event: { suite, name, failure, seconds } }) => ({
      suite,
      name,
      failure: failure ?? null,
      seconds: seconds ?? null,
    })),
    warnings: all(events, 'message').flatMap(({ at, event: { level, text } }) =>
      level === 'warning' || level === 'error' ? [{ at: iso(at), level, text }] : [],
    ),
    settings: all(events, 'settings').flatMap(({ event }) => event.settings),
  };
}

type Kind = RunEvent['kind'];
type StampedOf<K extends Kind> = { readonly at: number; readonly event: Extract<RunEvent, { kind: K }> };

function all<K extends Kind>(events: readonly Stamped[], kind: K): readonly StampedOf<K>[] {
  return events.filter((stamped): stamped is StampedOf<K> => stamped.event.kind === kind);
}

/** Without the requests: the differences say what changes, and secret-looking values are hidden in those. */
function planOf(plan: Plan): RecordPlan {
  return {
    service: plan.service,
    cluster: plan.cluster,
    action: plan.action,
    reason: plan.reason,
    hint: plan.hint ?? null,
    versionBefore: plan.versionBefore ?? null,
    version: plan.version ?? null,
    rollbackTo: plan.rollbackTo ?? null,
    differences: plan.differences,
    notes: plan.notes,
    created: createdBy(plan),
    steps: planSteps(plan),
    findings: plan.findings ?? [],
    forecast: plan.forecast ?? null,
  };
}
