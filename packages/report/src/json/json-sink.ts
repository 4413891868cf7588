import { endedWell, isAsItShouldBe } from '@bamboo-ecs/rollout';
import type { Level, RunEvent } from '../event.ts';
import { isGood } from '../exit-code.ts';
import { iso } from '../record/iso.ts';
import type { Sink } from '../reporter.ts';
import { createTracker } from '../timeline/tracker.ts';
import type { Tracker } from '../timeline/tracker.ts';

export interface JsonSinkOptions {
  /** Gets one line without its end. */
  readonly write: (line: string) => void;
}

/**
 * One JSON object on each line: `{time, level, kind, …}`, then the members of the event. A snapshot is told in figures
 * with the service events that it adds; everything else as it is. The members stand in the package's README.
 */
export function jsonSink({ write }: JsonSinkOptions): Sink {
  const tracker = createTracker();
  return ({ at, event }) => {
    const { kind, ...members } = event.kind === 'snapshot' ? figures(event, tracker) : stage(event, tracker);
    write(JSON.stringify({ time: iso(at), level: levelOf(event), kind, ...members }));
  };
}

function figures(
  event: Extract<RunEvent, { kind: 'snapshot' }>,
  tracker: Tracker,
): { readonly kind: string } {
  const { deployment, snapshot } = event;
  const { sample, stage, news } = tracker.snapshot(event);
  const { cluster, name: service, status } = snapshot;
  const events = news.map((one) => ({ time: iso(one.at), message: one.message }));
  return Object.assign({ kind: 'snapshot', service, cluster, status, deployment, stage }, sample, { events });
}

/** A verdict says of what it is one: the rollout, or the roll-back after it. */
function stage(event: RunEvent, tracker: Tracker): { readonly kind: string } {
  if (event.kind !== 'verdict') return event;
  return Object.assign({}, event, { stage: tracker.verdict(event.service) });
}

function levelOf(event: RunEvent): Level {
  switch (event.kind) {
    case 'message':
      return event.level;
    case 'problems':
      return event.problems.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
    case 'check':
      return event.failure === undefined ? 'info' : 'error';
    case 'verdict':
      return endedWell(event.verdict.kind) ? 'info' : 'error';
    case 'diagnosis':
      return 'error';
    case 'summary':
      return isGood(event.exitCode) ? 'info' : 'error';
    case 'snapshot':
      return 'detail';
    case 'status':
      return isAsItShouldBe(event.status) ? 'info' : 'warning';
    case 'history':
    case 'start':
    case 'settings':
    case 'phase':
    case 'plan':
      break;
  }
  return 'info';
}
