import { endedWell } from '@bamboo-ecs/rollout';
import type { RunEvent } from '../event.ts';
import type { Sink } from '../reporter.ts';
import { diagnosisLines } from './diagnosis.ts';
import { duration } from './duration.ts';
import { historyLines } from './history.ts';
import { hanging } from './layout.ts';
import { paintFor } from './paint.ts';
import type { Paint } from './paint.ts';
import { planLines } from './plan.ts';
import { plain } from './plain.ts';
import { problemLines } from './problems.ts';
import { settingsLines } from './settings.ts';
import { statusLines } from './status.ts';
import { summaryLines } from './summary.ts';
import { createWatchLines } from './watch-lines.ts';

export interface TextSinkOptions {
  /** Gets one line without its end. */
  readonly write: (line: string) => void;
  /** Colours by ANSI sequences: only for a terminal, Bamboo shows them as they are. */
  readonly colour: boolean;
  /** Begin each line with the time of day in UTC, for places that, unlike Bamboo, add no time of their own. */
  readonly clock?: boolean;
}

/**
 * The log of a run as people read it: headings, settings, problems, plan, progress, verdict, diagnosis, and last of all
 * the summary. No timers: what is printed, and when, comes from the events alone.
 */
export function textSink({ write, colour, clock = false }: TextSinkOptions): Sink {
  const linesOf = createTextLines(paintFor(colour));
  return ({ at, event }) => {
    const time = clock ? `${new Date(at).toISOString().slice(11, 19)} ` : '';
    for (const line of linesOf(event, at)) write(`${time}${line}`.trimEnd());
  };
}

function createTextLines(paint: Paint): (event: RunEvent, at: number) => readonly string[] {
  const watch = createWatchLines();
  const planned = new Set<string>();
  const reasons = new Set<string>();
  const causes = new Map<string, string>();
  let startedAt: number | undefined;

  return (event, at) => {
    switch (event.kind) {
      case 'start':
        startedAt = at;
        return [paint.heading(plain(`bamboo-ecs ${event.program} ${event.version}: ${event.command}`))];
      case 'settings':
        return ['', paint.heading('== Settings =='), ...settingsLines(event, paint)];
      case 'phase':
        return ['', paint.heading(`== ${plain(event.title)} ==`)];
      case 'message':
        return messageLines(event, paint);
      case 'problems':
        return problemLines(event.problems, paint);
      case 'check':
        return event.failure === undefined
          ? [] // The phase says what it did; that a check passed is for the JUnit report.
          : hanging('  FAILED: ', `${event.name}: ${event.failure}`).map(paint.bad);
      case 'plan':
        planned.add(event.plan.service);
        reasons.add(event.plan.reason);
        return planLines(event.plan, paint);
      case 'snapshot':
        return watch.snapshot(event, planned.size > 1);
      case 'verdict':
        // The plan has just said it, and the summary follows.
        if (event.verdict.kind === 'unchanged' && reasons.has(event.verdict.reason)) return [];
        return verdictLines(
          event,
          `  ${watch.elapsed(event.service, at)}`,
          watch.verdict(event.service),
          paint,
        );
      case 'diagnosis':
        causes.set(event.service, event.diagnosis.sentence);
        return diagnosisLines(event.service, event.diagnosis, watch.startOf(event.service), paint);
      case 'status':
        return statusLines(event.status, at, paint);
      case 'history':
        return historyLines(event, paint);
      case 'summary':
        break;
    }
    const took = startedAt === undefined ? undefined : duration(at - startedAt);
    return summaryLines(event, { took, causes: [...causes] }, paint);
  };
}

function messageLines(
  { level, text }: Extract<RunEvent, { kind: 'message' }>,
  paint: Paint,
): readonly string[] {
  switch (level) {
    case 'info':
      return hanging('  ', text);
    case 'detail':
      return hanging('    ', text).map(paint.faint);
    case 'warning':
      return hanging('  WARNING: ', text).map(paint.careful);
    case 'error':
      break;
  }
  return hanging('  ERROR: ', text).map(paint.bad);
}

function verdictLines(
  { service, verdict }: Extract<RunEvent, { kind: 'verdict' }>,
  indent: string,
  stage: 'rollout' | 'roll-back',
  paint: Paint,
): readonly string[] {
  const good = endedWell(verdict.kind);
  const what = stage === 'rollout' ? 'Verdict on' : 'Roll-back of';
  const text = `${what} ${service}: ${verdict.kind.toUpperCase()}. ${verdict.reason}`;
  return hanging(indent, text).map(good ? paint.good : paint.bad);
}
