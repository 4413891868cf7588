import type { Stamped } from '../event.ts';
import { sameFigures } from '../timeline/sample.ts';
import type { Sample } from '../timeline/sample.ts';
import { createTracker } from '../timeline/tracker.ts';
import type { RecordTimeline, RecordVerdict } from './record.ts';
import { iso } from './iso.ts';

interface Growing {
  readonly startedAt: number;
  readonly samples: Sample[];
  readonly events: { readonly t: number; readonly message: string }[];
}

/** The timelines of all services, in the order in which they appeared, and the verdicts on them. */
export function timelinesOf(events: readonly Stamped[]): {
  readonly timelines: readonly RecordTimeline[];
  readonly verdicts: readonly RecordVerdict[];
} {
  const tracker = createTracker();
  const services = new Map<string, Growing>();
  const verdicts: RecordVerdict[] = [];
  for (const { at, event } of events) {
    if (event.kind === 'snapshot') {
      const { sample, news, startedAt } = tracker.snapshot(event);
      const service = services.get(event.snapshot.name) ?? { startedAt, samples: [], events: [] };
      services.set(event.snapshot.name, service);
      add(service.samples, sample);
      service.events.push(...news.map((one) => ({ t: one.at - startedAt, message: one.message })));
    } else if (event.kind === 'verdict') {
      const stage = tracker.verdict(event.service);
      const zero = tracker.startOf(event.service);
      const t = zero === undefined ? null : Math.max(0, at - zero);
      verdicts.push({ service: event.service, stage, ...event.verdict, t });
    }
  }
  const timelines = [...services].map(([service, { startedAt, samples, events: news }]) => ({
    service,
    startedAt: iso(startedAt),
    samples,
    events: news,
  }));
  return { timelines, verdicts };
}

/** Of a row of polls that saw the same, the first and the last stay: an hour of waiting is two samples. */
function add(samples: Sample[], sample: Sample): void {
  const last = samples.at(-1);
  const before = samples.at(-2);
  const inRow =
    last !== undefined && before !== undefined && sameFigures(last, sample) && sameFigures(before, sample);
  if (inRow) samples.pop();
  samples.push(sample);
}
