import type { RecordTimeline, RecordVerdict } from '../../record/record.ts';
import { clockTime, duration } from '../../text/duration.ts';
import { withoutService } from '../../timeline/service-event.ts';
import type { Sample } from '../../timeline/sample.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { picture } from '../picture/picture.ts';

/** More service events than this are folded away. */
const mostOpenEvents = 25;

/** The rollout of one service: picture, legend, what ECS said, and the figures for those who cannot see the picture. */
export function rollout(timeline: RecordTimeline, verdicts: readonly RecordVerdict[], index: number): Html {
  const own = verdicts.filter(({ service }) => service === timeline.service);
  const description = describe(timeline, own);
  const shapes = ['wide', 'narrow'] as const;
  return html`<section class="long">
    <h2>Rollout <span class="of">of ${timeline.service}</span></h2>
    <figure>
      ${legend(timeline.samples)}
      ${shapes.map((shape) => picture(timeline, own, { shape, id: `hatch-${index}-${shape}`, description }))}
      <figcaption class="muted">${description}</figcaption>
    </figure>
    ${events(timeline)} ${figures(timeline.samples)}
  </section>`;
}

/** The picture in words. */
function describe({ samples }: RecordTimeline, verdicts: readonly RecordVerdict[]): string {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return 'ECS was never polled.';
  const restored = samples.some((sample) => sample.restored > 0);
  const most = samples.reduce((sum, sample) => Math.max(sum, sample.new), 0);
  const parts = [
    `new tasks from ${first.new} to ${last.new}${most > last.new ? ` (at most ${most})` : ''}`,
    `old from ${first.old} to ${last.old}`,
    ...(restored ? [`restored to ${last.restored}`] : []),
    `desired ${last.desired}`,
    last.failed === 1 ? '1 task failed' : `${last.failed} tasks failed`,
  ];
  const ends = verdicts.map(({ stage, kind, t }) =>
    t === null ? '' : `; ${stage} ${kind} after ${duration(t)}`,
  );
  return `Running tasks over ${duration(last.t)}: ${parts.join(', ')}${ends.join('')}.`;
}

function legend(samples: readonly Sample[]): Html {
  const entries = [
    html`<li>
      <svg viewBox="0 0 22 12" aria-hidden="true"><rect class="new" width="22" height="12" /></svg>new
    </li>`,
    samples.some(({ old }) => old > 0) &&
      html`<li>
        <svg viewBox="0 0 22 12" aria-hidden="true"><rect class="old" width="22" height="12" /></svg>old
      </li>`,
    samples.some(({ pending }) => pending > 0) &&
      html`<li>
        <svg viewBox="0 0 22 12" aria-hidden="true"><rect class="starting" width="22" height="12" /></svg
        >starting
      </li>`,
    samples.some(({ restored }) => restored > 0) &&
      html`<li>
        <svg viewBox="0 0 22 12" aria-hidden="true">
          <rect class="restored restored-ground" width="22" height="12" />
          <path class="restored-hatch" d="M4,12L10,0M10,12L16,0M16,12L22,0" /></svg
        >restored by the roll-back
      </li>`,
    html`<li>
      <svg viewBox="0 0 22 12" aria-hidden="true"><path class="desired" d="M0,6H22" /></svg>desired
    </li>`,
    samples.some(({ failed }) => failed > 0) &&
      html`<li>
        <svg viewBox="0 0 22 12" aria-hidden="true"><path class="failed" d="M7,2l8,8m0,-8l-8,8" /></svg>failed
        tasks
      </li>`,
  ];
  return html`<ul class="legend">
    ${entries}
  </ul>`;
}

function events({ events: all, service }: RecordTimeline): Html {
  if (all.length === 0) return html`<p class="muted">ECS reported no event during this run.</p>`;
  const rows = all.map(
    ({ t, message }, index) =>
      html`<tr>
        <td class="figure">${index + 1}</td>
        <td class="time">${label(t)}</td>
        <td>${withoutService(message, service)}</td>
      </tr>`,
  );
  const table = html`<table>
    <thead>
      <tr>
        <th class="figure">No.</th>
        <th>Time</th>
        <th>Event</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
  return html`<details${all.length <= mostOpenEvents && html` open`}><summary>What ECS reported (${all.length})</summary>${table}</details>`;
}

function figures(samples: readonly Sample[]): Html {
  const rows = samples.map(
    (one) =>
      html`<tr>
        <td class="time">${label(one.t)}</td>
        ${[one.new, one.old, one.restored, one.pending, one.desired, one.failed].map(
          (value) => html`<td class="figure">${value}</td>`,
        )}
      </tr>`,
  );
  const heads = ['New', 'Old', 'Restored', 'Pending', 'Desired', 'Failed'];
  return html`<details>
    <summary>The picture as a table</summary>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Time</th>
            ${heads.map((head) => html`<th class="figure">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </details>`;
}

function label(t: number): string {
  return t < 0 ? `-${clockTime(-t)}` : `+${clockTime(t)}`;
}
