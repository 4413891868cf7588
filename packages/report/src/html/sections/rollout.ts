import type { RecordTimeline, RecordVerdict, RunRecord } from '../../record/record.ts';
import { clockTime, duration } from '../../text/duration.ts';
import { withoutService } from '../../timeline/service-event.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { shortName } from '../long-text.ts';
import { healthOf } from '../picture/health.ts';
import { picture } from '../picture/picture.ts';
import { figures } from './figures.ts';
import { legend } from './legend.ts';
import { linksOfService } from './links.ts';

/** More service events than this are folded away. */
const mostOpenEvents = 25;

/** The rollout of one service: picture, legend, what ECS said, and the figures for those who cannot see the picture. */
export function rollout(record: RunRecord, timeline: RecordTimeline, index: number): Html {
  const verdicts = record.verdicts.filter(({ service }) => service === timeline.service);
  const description = describe(timeline, verdicts);
  const title = `Running tasks of ${timeline.service} over time`;
  const shapes = ['wide', 'narrow'] as const;
  return html`<section class="long">
    <h2>Rollout <span class="of">of ${shortName(timeline.service)}</span></h2>
    <figure>
      ${legend(timeline.samples)}
      ${shapes.map((shape) => picture(timeline, { shape, id: `rollout-${index}-${shape}`, title, description, verdicts, phases: record.phases }))}
      <figcaption>${description}</figcaption>
    </figure>
    ${record.timelines.length > 1 && linksOfService(timeline)} ${events(timeline)} ${figures(timeline)}
  </section>`;
}

/** The picture in words. */
function describe({ samples }: RecordTimeline, verdicts: readonly RecordVerdict[]): string {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return 'ECS was never polled.';
  const restored = samples.some((sample) => sample.restored > 0);
  const most = samples.reduce((sum, sample) => Math.max(sum, sample.new), 0);
  const targets = healthOf(samples).at(-1);
  const parts = [
    `new tasks from ${first.new} to ${last.new}${most > last.new ? ` (at most ${most})` : ''}`,
    `old from ${first.old} to ${last.old}`,
    ...(restored ? [`restored to ${last.restored}`] : []),
    `desired ${last.desired}`,
    last.failed === 1 ? '1 task failed' : `${last.failed} tasks failed`,
    ...(targets === undefined
      ? []
      : [`at the end ${targets.healthy} healthy and ${targets.unhealthy} unhealthy targets`]),
  ];
  const ends = verdicts.map(({ stage, kind, t }) =>
    t === null ? '' : `; ${stage} ${kind} after ${duration(t)}`,
  );
  return `Running tasks over ${duration(last.t)}: ${parts.join(', ')}${ends.join('')}.`;
}

function events({ events: all, service }: RecordTimeline): Html {
  if (all.length === 0) return html`<p class="muted">ECS reported no event during this run.</p>`;
  return html`<details${all.length <= mostOpenEvents && html` open`}><summary>What ECS reported (${all.length})</summary><table>
    <thead>
      <tr>
        <th scope="col" class="figure">No.</th>
        <th scope="col">Time</th>
        <th scope="col">Event</th>
      </tr>
    </thead>
    <tbody>
      ${all.map(
        ({ t, message }, index) =>
          html`<tr>
            <td class="figure">${index + 1}</td>
            <td class="time">${t < 0 ? `-${clockTime(-t)}` : `+${clockTime(t)}`}</td>
            <td>${withoutService(message, service)}</td>
          </tr>`,
      )}
    </tbody>
  </table></details>`;
}
