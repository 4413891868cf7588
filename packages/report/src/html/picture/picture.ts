import type { RecordPhase, RecordTimeline, RecordVerdict } from '../../record/record.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { areas } from './areas.ts';
import { axes } from './axes.ts';
import { layoutOf } from './frame.ts';
import type { Shape } from './frame.ts';
import { healthPlot } from './health.ts';
import { eventMarks, failureMarks } from './marks.ts';
import { phaseStrip, spansOf } from './phases.ts';
import { verdictMarks } from './verdict-marks.ts';

export interface PictureOptions {
  readonly shape: Shape;
  /** Unique on the page. */
  readonly id: string;
  /** What the picture shows, in words: a title, and a description. */
  readonly title: string;
  readonly description: string;
  /** Of the verdicts on this service, and of the run. */
  readonly verdicts: readonly RecordVerdict[];
  readonly phases: readonly RecordPhase[];
}

/** The rollout as a picture: running tasks over time, stacked; failed tasks, service events and verdicts as marks. */
export function picture(timeline: RecordTimeline, options: PictureOptions): Html {
  const { shape, id, verdicts } = options;
  const layout = layoutOf(timeline, verdicts, shape);
  const { width, height, frame, health } = layout;
  const spans = spansOf(options.phases, Date.parse(timeline.startedAt), frame.milliseconds);
  return html`<svg
    class="${shape}"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-labelledby="${id}-title ${id}-text"
  >
    <title id="${id}-title">${options.title}</title>
    <desc id="${id}-text">${options.description}</desc>
    <defs>
      <pattern
        id="${id}-hatch"
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="6" height="6" class="restored-ground" />
        <line x1="0" y1="0" x2="0" y2="6" class="restored-hatch" />
      </pattern>
    </defs>
    ${phaseStrip(spans, layout)}${axes(layout)}${areas(timeline.samples, frame, `${id}-hatch`)}${eventMarks(timeline, layout)}${failureMarks(timeline.samples, layout)}${verdictMarks(verdicts, layout)}${health !== null && healthPlot(timeline.samples, health)}
  </svg>`;
}
