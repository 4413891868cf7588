// The second, smaller plot: what the load balancers say of the targets, on the same time.
import type { Sample, TargetFigures } from '../../timeline/sample.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { counts } from './axes.ts';
import type { Frame } from './scale.ts';
import { stepArea } from './steps.ts';

interface Seen extends TargetFigures {
  readonly t: number;
}

/** From bottom to top. */
export const healthLayers = ['healthy', 'initial', 'unhealthy', 'draining', 'other'] as const;

export function healthPlot(samples: readonly Sample[], frame: Frame): Html {
  const seen = healthOf(samples);
  const upTo =
    (layers: number) =>
    (one: Seen): number =>
      healthLayers.slice(0, layers).reduce((sum, layer) => sum + one[layer], 0);
  return html`<text x="${frame.left - 26}" y="${frame.top - 8}">targets</text
    >${counts(frame, 3)}${healthLayers.map(
      (layer, index) =>
        html`<path
          class="target ${layer}"
          d="${stepArea(seen, upTo(index), upTo(index + 1), { ...frame, from: seen[0]?.t ?? 0 })}"
        />`,
    )}<line class="axis" x1="${frame.left}" x2="${frame.right}" y1="${frame.bottom}" y2="${frame.bottom}" />`;
}

/** Not every poll asks the load balancers: what they said holds until they are asked again. */
export function healthOf(samples: readonly Sample[]): readonly Seen[] {
  const seen: Seen[] = [];
  for (const { t, targets } of samples) {
    const figures = targets ?? seen.at(-1);
    if (figures !== undefined) seen.push({ ...figures, t });
  }
  return seen;
}
