import type { Stamped } from '../event.ts';
import { sameFigures } from '../timeline/sample.ts';
import type { Sample } from '../timeline/sample.ts';
import { createTracker } from '../timeline/tracker.ts';
import type { SnapshotEvent } from '../timeline/news.ts';
import type { Stage } from '../timeline/tracker.ts';
import type { RecordDeployment, RecordTimeline, RecordVerdict } from './record.ts';
import { iso } from './iso.ts';

interface Growing {
  readonly startedAt: number;
  arn: string | null;
  readonly deployments: Map<string, RecordDeployment>;
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
      const { sample, news, startedAt, stage } = tracker.snapshot(event);
      const service = services.get(event.snapshot.name) ?? newTimeline(startedAt);
      services.set(event.snapshot.name, service);
      noteArns(service, event, stage);
      add(service.samples, sample);
      service.events.push(...news.map((one) => ({ t: one.at - startedAt, message: one.message })));
    } else if (event.kind === 'verdict') {
      const stage = tracker.verdict(event.service);
      const zero = tracker.startOf(event.service);
      const t = zero === undefined ? null : Math.max(0, at - zero);
      verdicts.push({ service: event.service, stage, ...event.verdict, t });
    }
  }
  const timelines = [...services].map(
    ([service, { startedAt, arn, deployments, samples, events: news }]) => ({
      service,
      arn,
      deployments: [...deployments.values()],
      startedAt: iso(startedAt),
      samples,
      events: news,
    }),
  );
  return { timelines, verdicts };
}

function newTimeline(startedAt: number): Growing {
  return { startedAt, arn: null, deployments: new Map(), samples: [], events: [] };
}

/** What the ARNs are is known from the first poll that tells them; a service deployment appears a little later. */
function noteArns(service: Growing, { deployment, snapshot }: SnapshotEvent, stage: Stage): void {
  if (snapshot.arn !== '') service.arn = snapshot.arn;
  if (deployment === null) return;
  const found = snapshot.deployments.find(({ id }) => id === deployment);
  const known = service.deployments.get(deployment);
  service.deployments.set(deployment, {
    stage: known?.stage ?? stage,
    id: deployment,
    taskDefinition: found?.taskDefinition ?? known?.taskDefinition ?? null,
    serviceDeployment: snapshot.serviceDeployment?.arn ?? known?.serviceDeployment ?? null,
  });
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
